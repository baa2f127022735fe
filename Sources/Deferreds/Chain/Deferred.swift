/// A result that comes later: a handle on a chain of callbacks whose current result is a `Value`.
///
/// Adding a callback that changes the type gives a handle of the new type on the *same* chain. A
/// handler that was added through an older handle, and meets a value of another type, is not called;
/// the chain goes on with a ``StaleHandleError``.
///
/// A chain belongs to one isolation domain: a Deferred is not Sendable, and has no locks.
public struct Deferred<Value> {
  @usableFromInline let chain: Chain

  @inlinable
  init(chain: Chain) { self.chain = chain }

  /// Creates a chain that nothing has fired yet.
  ///
  /// - Parameter type: what its first result is, where the context does not say it.
  @inlinable
  public init(of type: Value.Type = Value.self) { chain = Chain.make(for: type) }

  @inlinable
  init(origin: ChainOrigin) { chain = Chain.make(for: Value.self, origin: origin) }

  /// Creates a chain that can be stopped.
  ///
  /// - Parameters:
  ///   - type: what the chain's first result is, where the context does not say it.
  ///   - canceller: is called, with the Deferred to be cancelled, when it is cancelled before it fires. If it
  ///     gives it no result, a ``CancelledError`` does. What it throws, `cancel` throws, and the chain
  ///     stays as it is.
  public init(of type: Value.Type = Value.self, canceller: @escaping (Deferred<Value>) throws -> Void) {
    self.init(origin: .deferred, canceller: canceller)
  }

  init(origin: ChainOrigin, canceller: @escaping (Deferred<Value>) throws -> Void) {
    let watched = Observation.current
    chain = Observation.with(nil) { Chain.make(for: Value.self) }
    chain.canceller = { try canceller(Deferred(chain: $0)) }
    watched?.adopt(chain, origin: origin)
  }
}

@available(*, unavailable) extension Deferred: Sendable {}

// MARK: Made with a result

extension Deferred {
  /// Returns a chain that has been called back with `value`.
  @inlinable
  public static func succeed(_ value: Value) -> Deferred {
    let deferred = Deferred(origin: .succeed)
    deferred.chain.succeed(.of(value))
    return deferred
  }

  /// Returns a chain that has been given `error`.
  public static func fail(
    _ error: any Error, file: String = #fileID, line: Int = #line
  ) -> Deferred {
    let deferred = Deferred(origin: .fail)
    let failure = Failure.same(error) ?? Failure(error, file: file, line: line)
    try? deferred.chain.fire(.failure(failure), file: file, line: line)
    return deferred
  }
}

// MARK: Firing

extension Deferred {
  /// Gives the chain its first result, and runs what has been added to it.
  ///
  /// - Throws: ``AlreadyCalledError`` if it has been called before; not, once, after a cancel.
  @inlinable
  public func callback(
    _ value: Value, file: String = #fileID, line: Int = #line
  ) throws(AlreadyCalledError) {
    try chain.fire(.of(value), file: file, line: line)
  }

  /// Gives the chain a Failure for its first result, and runs what has been added to it.
  ///
  /// - Throws: ``AlreadyCalledError`` if it has been called before; not, once, after a cancel.
  public func errback(
    _ error: any Error, file: String = #fileID, line: Int = #line
  ) throws(AlreadyCalledError) {
    let failure = Failure.same(error) ?? Failure(error, file: file, line: line)
    try chain.fire(.failure(failure), file: file, line: line)
  }
}

extension Deferred where Value == Void {
  @inlinable
  public func callback(file: String = #fileID, line: Int = #line) throws(AlreadyCalledError) {
    try callback((), file: file, line: line)
  }
  @inlinable
  public static func succeed() -> Deferred { succeed(()) }
}

// MARK: Pausing and cancelling

extension Deferred {
  /// Stops the chain before its next stage, until as many `unpause` have come as `pause`.
  ///
  /// A run that goes on right now is not stopped.
  public func pause() { chain.pause() }

  /// Takes back one `pause`.
  ///
  /// - Throws: ``UnmatchedUnpauseError`` if there is none. A chain of ``DynamicValue``s counts on
  ///   below zero instead, as Twisted's does, and never runs again; and where it waits, an unpause ends
  ///   the waiting, and the next handler gets the Deferred it waited for.
  public func unpause() throws(UnmatchedUnpauseError) { try chain.unpause() }

  /// Asks the chain to come to an end: calls its canceller, or gives it a ``CancelledError``; if it
  /// waits for another chain, cancels that.
  ///
  /// - Throws: what the canceller throws; ``CircularCancelError`` if the cancel comes back to itself.
  /// - Complexity: O(length of the row of chains that wait for each other), without recursion.
  public func cancel() throws { try chain.cancel() }
}
