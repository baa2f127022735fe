// MARK: From Deferreds to async

extension Deferred {
  /// The chain's result, waited for without blocking.
  ///
  /// Runs in the caller's isolation domain, which must be the chain's own. A chain that has fired keeps
  /// its result, and its Failure counts as handled; one that fires later is left empty, as with Twisted's
  /// `await`.
  ///
  /// Cancelling a task that waits here cancels the chain, in its own domain: what its canceller, or a
  /// ``CancelledError``, makes of it is what the task gets. A task that runs on no actor has no domain into
  /// which the cancel could be sent, and waits on.
  ///
  /// - Throws: the ``Failure`` with which the chain came to this point.
  public var value: Value {
    get async throws {
      if chain.isCalled, chain.pauses == 0, !chain.isRunning {
        chain.holdsUnhandled = false
        if let tag = chain.tag {
          tag.observe(.read(tag.id, tag.carried(chain.outcome, in: chain), leavesEmpty: false))
        }
        return try chain.outcome.result(as: Value.self).get()
      }
      let arrival = Arrival<Value>(chain)
      let isolation = #isolation
      await withTaskCancellationHandler {
        await withUnsafeContinuation { continuation in
          chain.append(
            LibraryStage(.library("await"), "await") { input in
              arrival.result = input.result(as: Value.self)
              continuation.resume()
              return .empty
            })
        }
      } onCancel: {
        guard let isolation else { return }
        Task { await arrival.cancel(in: isolation) }
      }
      guard let result = arrival.result else { throw Failure(CancelledError()) }
      return try result.get()
    }
  }
}

/// Where a result is put for the task that waits for it, in the same isolation domain.
///
/// Unchecked, because a cancel comes from anywhere: it only carries this object into the domain.
private final class Arrival<Value>: @unchecked Sendable {
  var result: Result<Value, Failure>?
  /// Weak, as the chain owns the stage that owns this object.
  private weak var chain: Chain?

  init(_ chain: Chain) { self.chain = chain }

  /// Cancels the chain, unless its result has come meanwhile.
  func cancel(in isolation: isolated any Actor) {
    guard result == nil, let chain else { return }
    do { try chain.cancel() } catch { chain.tellCancellerError(Failure.of(error)) }
  }
}

// MARK: From async to Deferreds

extension Deferred {
  /// Creates a chain that fires with what `body` returns or throws.
  ///
  /// The body runs as a task in the isolation domain that calls this: an actor, the main actor too.
  /// Cancelling the chain cancels the task; the chain fails with ``CancelledError`` at once, and what the
  /// task still gives is of no interest any more.
  public init(
    isolation: isolated any Actor = #isolation, _ body: sending @escaping () async throws -> Value
  ) {
    self.init(origin: .coroutine) { _ in }
    let chain = chain
    let task = Task {
      _ = isolation
      let outcome: Outcome
      do { outcome = .of(try await body()) } catch { outcome = .failure(Failure.of(error)) }
      if !chain.isCalled { try? chain.fire(outcome) }
    }
    if !chain.isCalled { chain.canceller = { _ in task.cancel() } }
  }
}
