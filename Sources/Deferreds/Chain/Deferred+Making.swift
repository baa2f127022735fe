// MARK: Calling a function

extension Deferred {
  /// Calls `body` now, and returns a chain with what it returns or throws.
  ///
  /// Twisted: `defer.maybeDeferred`. A function that returns a Deferred belongs to the next one, which the
  /// compiler could not tell without the attribute.
  @_disfavoredOverload
  public static func maybe(
    named name: String = "maybe", _ body: () throws -> Value
  ) -> Deferred { maybe(named: name) { StageResult<Value>.value(try body()) } }

  /// Calls `body` now, and returns the Deferred that it returns, or one with what it throws.
  public static func maybe(
    named name: String = "maybe", _ body: () throws -> Deferred
  ) -> Deferred { maybe(named: name) { StageResult<Value>.wait(try body()) } }

  /// Calls `body` now, and returns the Deferred it returns, or one with the value or Failure it gives.
  public static func maybe(
    named name: String = "maybe", _ body: () throws -> StageResult<Value>
  ) -> Deferred { flattening(callOutside("maybe", name, body)) }

  /// Calls `body` now, and returns a chain with what it returns or throws; a value that holds a Deferred
  /// is a value. Twisted: `defer.execute`.
  public static func execute(_ body: () throws -> Value) -> Deferred {
    do { return succeed(try body()) } catch { return fail(Failure.of(error)) }
  }

  /// The Deferred that a call gave, or a new one with its result.
  static func flattening(_ outcome: Outcome) -> Deferred {
    if let chain = outcome.heldChain { return Deferred(chain: chain) }
    let deferred = Deferred(origin: .maybe)
    switch outcome {
    case .failure(let failure), .raised(let failure): try? deferred.chain.fire(.failure(failure))
    default: deferred.chain.succeed(outcome)
    }
    return deferred
  }
}

extension Outcome {
  /// The chain of the Deferred that a call gave, if it gave one.
  var heldChain: Chain? {
    switch self {
    case .chain(let chain): chain
    case .value(let box): (box.any as? any DynamicValue)?.heldChain
    default: nil
    }
  }
}

extension DynamicValue {
  /// The chain of the Deferred that this value is.
  var heldChain: Chain? { heldDeferred?.chain }
}

/// Calls a function of the program, and tells the watcher what it is and what came of it.
func callOutside<Value>(
  _ kind: String, _ name: String, _ body: () throws -> StageResult<Value>
) -> Outcome {
  let observation = Observation.current
  observation?.observe(.callEntered(kind: kind, name: name, input: nil))
  let outcome: Outcome
  do { outcome = try body().outcome } catch { outcome = .raised(Failure.of(error)) }
  guard let observation else { return outcome }
  observation.observe(.callLeft(kind: kind, name: name, observation.result(outcome)))
  return outcome
}

extension Observation {
  /// What a call gave, in the words of an event.
  func result(_ outcome: Outcome) -> HandlerResult {
    switch outcome {
    case .value(let box):
      let any = box.any
      if let dynamic = any as? any DynamicValue, let chain = dynamic.heldChain {
        return .returnedDeferred(id(of: chain))
      }
      return .returned(any)
    case .bits(let bits): return .returned(bits.any)
    case .failure(let failure): return .returnedFailure(failure)
    case .raised(let failure): return .raised(failure)
    case .chain(let chain): return .returnedDeferred(id(of: chain))
    case .none, .waiting, .empty: return .returned(Moved())
    }
  }

  func id(of chain: Chain) -> ChainID {
    if chain.tag == nil { adopt(chain, origin: .other) }
    return chain.tag?.id ?? -1
  }
}

// MARK: Later

extension Scheduler {
  /// Returns a chain that fires with what `body` returns or throws, `delay` after now.
  ///
  /// Cancelling it takes the call back. Twisted: `task.deferLater`.
  public func deferLater<Value>(
    after delay: Duration, named name: String = "later", file: String = #fileID, line: Int = #line,
    _ body: @escaping () throws -> Value
  ) -> Deferred<Value> {
    deferLater(after: delay, named: name, file: file, line: line) { StageResult<Value>.value(try body()) }
  }

  /// Returns a chain that goes on with the Deferred that `body` returns, `delay` after now.
  public func deferLater<Value>(
    after delay: Duration, named name: String = "later", file: String = #fileID, line: Int = #line,
    _ body: @escaping () throws -> Deferred<Value>
  ) -> Deferred<Value> {
    deferLater(after: delay, named: name, file: file, line: line) { StageResult<Value>.wait(try body()) }
  }

  /// Returns a chain that goes on with what `body` gives, `delay` after now.
  public func deferLater<Value>(
    after delay: Duration, named name: String = "later", file: String = #fileID, line: Int = #line,
    _ body: @escaping () throws -> StageResult<Value>
  ) -> Deferred<Value> {
    deferring(.later, after: delay, named: name, at: Place(file: file, line: line), as: Value.self) { chain in
      chain.append(
        LibraryStage(.library("later"), name, on: [.callback]) { _ in try body().outcome })
    }
  }

  /// Returns a chain that fires, empty, `delay` after now. Twisted: `deferLater` without a function.
  public func sleep<Value: EmptyValued>(
    for delay: Duration, named name: String? = nil, file: String = #fileID, line: Int = #line,
    as type: Value.Type
  ) -> Deferred<Value> {
    deferring(.sleep, after: delay, named: name, at: Place(file: file, line: line), as: type) { _ in }
  }

  /// Returns a chain that fires `delay` after now. Twisted: `deferLater` without a function.
  public func sleep(
    for delay: Duration, named name: String? = nil, file: String = #fileID, line: Int = #line
  ) -> Deferred<Void> {
    deferring(.sleep, after: delay, named: name, at: Place(file: file, line: line), as: Void.self) { _ in }
  }

  private func deferring<Value>(
    _ origin: ChainOrigin, after delay: Duration, named name: String?, at place: Place, as type: Value.Type,
    prepare: (Chain) -> Void
  ) -> Deferred<Value> {
    var call: DelayedCall?
    let deferred = Deferred<Value>(origin: origin) { _ in try call?.cancel() }
    let chain = deferred.chain
    prepare(chain)
    call = callLater(after: delay, named: name, at: place) {
      try chain.fire(emptyValue(of: Value.self).map(Outcome.of) ?? .empty)
    }
    return deferred
  }
}

// MARK: Giving up

extension Deferred {
  /// Cancels the chain unless it comes to this stage within `timeout`.
  ///
  /// Covers the handlers added before it. Twisted: `Deferred.addTimeout`.
  ///
  /// - Parameters:
  ///   - timeout: how long the chain may take, from now on.
  ///   - scheduler: whose time counts.
  ///   - name: what tools call the stage.
  ///   - file: where it is added, for tools and messages.
  ///   - line: the line there.
  ///   - onTimeout: if the time ran out, is given what comes to this stage, a value too, and gives what
  ///     goes on. Without it, a ``CancelledError`` becomes a ``TimeoutError`` and all else passes.
  @discardableResult
  public func addTimeout(
    after timeout: Duration, on scheduler: any Scheduler, named name: String = "on_timeout",
    file: String = #fileID, line: Int = #line,
    onTimeout: ((Result<Value, Failure>, Duration) throws -> StageResult<Value>)? = nil
  ) -> Deferred<Value> {
    let stage = TimeoutStage(
      name, file: file, line: line, microseconds: timeout.microseconds,
      handler: onTimeout.map { handler in
        { input in
          switch input.admit(Value.self) {
          case .value(let value): try handler(.success(value), timeout).outcome
          case .failure(let failure): try handler(.failure(failure), timeout).outcome
          }
        }
      })
    stage.chain = chain
    let place = Place(file: file, line: line)
    stage.call = scheduler.callLater(after: timeout, named: name, at: place) { [chain] in
      stage.isTimedOut = true
      try chain.cancel()
    }
    chain.append(stage)
    return self
  }
}

/// Where a timeout ends: it stops the timer, or turns what the timer did into what the program wants.
final class TimeoutStage: Stage {
  private let microseconds: Int64
  private let handler: ((Outcome) throws -> Outcome)?
  var call: DelayedCall?
  var isTimedOut = false
  /// The chain on which this stage stands.
  unowned(unsafe) var chain: Chain?

  init(
    _ name: String, file: String, line: Int, microseconds: Int64,
    handler: ((Outcome) throws -> Outcome)?
  ) {
    self.microseconds = microseconds
    self.handler = handler
    super.init(name, file: file, line: line)
  }

  override func run(_ input: Outcome) -> Outcome {
    let returned = isTimedOut ? convert(input) : input
    guard let chain, chain.isDynamic, isDeferred(returned, on: chain) else {
      stopTimer()
      return returned
    }
    // The chain waits for it, and the time goes on running: Twisted stops it in a stage of its own.
    chain.prepend(
      LibraryStage(.library("timeout"), "timeout") { [self] input in
        stopTimer()
        return input
      })
    return returned
  }

  private func isDeferred(_ outcome: Outcome, on chain: Chain) -> Bool {
    switch outcome {
    case .value(let box): chain.heldChain(in: box) != nil
    case .chain: true
    default: false
    }
  }

  private func convert(_ input: Outcome) -> Outcome {
    do {
      if let handler { return try handler(input) }
      guard case .failure(let failure) = input else { return input }
      try failure.trap(names: ["CancelledError"])
      throw TimeoutError(microseconds: microseconds)
    } catch {
      if case .failure(let failure) = input { return .raised(Failure.of(error, from: failure)) }
      return .raised(Failure.of(error))
    }
  }

  private func stopTimer() {
    if let call, call.isActive { try? call.cancel() }
    call = nil
  }

  override func stands(on chain: Chain) { self.chain = chain }

  override var kind: StageDescription.Kind { .timeout(microseconds) }

  override func passes(_ input: Outcome) -> Bool {
    guard isTimedOut else { return true }
    if handler == nil, case .callback = input.side { return true }
    return false
  }
}
