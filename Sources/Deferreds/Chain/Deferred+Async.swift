// MARK: From Deferreds to async

extension Deferred {
  /// The chain's result, waited for without blocking.
  ///
  /// Runs in the caller's isolation domain, which must be the chain's own. A chain that has fired keeps
  /// its result, and its Failure counts as handled; one that fires later is left empty, as with Twisted's
  /// `await`.
  ///
  /// In the body of another Deferred, see ``init(named:isolation:_:)``, the body goes on inside the chain's own
  /// run, as Twisted's coroutines do. Any other task goes on when its actor comes to it.
  ///
  /// Cancelling a task that waits here cancels the chain, in its own domain: what its canceller, or a
  /// ``CancelledError``, makes of it is what the task gets. A task that runs on no actor has no domain into
  /// which the cancel could be sent, and waits on.
  ///
  /// - Throws: the ``Failure`` with which the chain came to this point.
  public var value: Value {
    get async throws {
      if chain.isCalled, chain.pauses == 0, !chain.isRunning {
        chain.countAsHandled()
        if let tag = chain.tag {
          tag.observe(.read(tag.id, tag.carried(chain.outcome, in: chain), leavesEmpty: false))
        }
        return try chain.outcome.result(as: Value.self).get()
      }
      let arrival = Arrival(chain)
      if let executor = BodyExecutor.current(in: #isolation) {
        await withTaskCancellationHandler {
          await executor.wait(for: arrival)
        } onCancel: {
          executor.cancel(arrival)
        }
      } else {
        await wait(for: arrival, in: #isolation)
      }
      guard let outcome = arrival.outcome else { throw Failure(CancelledError()) }
      return try outcome.result(as: Value.self).get()
    }
  }

  /// Waits in a task that has nothing to do with chains otherwise.
  ///
  /// - Parameter isolation: the chain's domain. A closure runs there only if it names it; else it would run on
  ///   some thread of the pool, and touch the chain there.
  private func wait(for arrival: Arrival, in isolation: isolated (any Actor)?) async {
    await withTaskCancellationHandler {
      await withUnsafeContinuation(isolation: isolation) { continuation in
        arrival.continuation = continuation
        chain.append(
          LibraryStage(.library("await"), "await") { input in
            arrival.arrive(input)
            return .empty
          })
      }
    } onCancel: {
      guard let isolation else { return }
      Task { await arrival.cancel(in: isolation) }
    }
  }
}

extension Arrival {
  fileprivate func cancel(in isolation: isolated any Actor) { cancel() }
}

// MARK: From async to Deferreds

extension Deferred {
  /// Creates a chain that fires with what `body` returns or throws.
  ///
  /// The body runs as a task in the isolation domain that calls this, an actor's or that of code on no actor. It
  /// runs at once, until it awaits the ``value`` of a Deferred that has none; when that fires, the body goes on
  /// there and then, inside the other chain's run. So on a ``VirtualClock`` it is deterministic: when `advance`
  /// returns, all that came due has gone on. Twisted: `defer.inlineCallbacks`, `defer.Deferred.fromCoroutine`.
  ///
  /// Cancelling the chain cancels the Deferred that the body awaits, so that a ``CancelledError`` is raised at
  /// that `await`. The chain then waits for what the body makes of it: it may catch the error, go on, and return a
  /// value. Where the body awaits something else, its task is cancelled.
  ///
  /// Child tasks of the body run by turns with it. What it awaits beside Deferreds may end anywhere; the body
  /// comes back to its actor, or by the ``ReturnPath`` of its event loop. A body that has neither, because it was
  /// made in code that runs on no actor and no event loop, goes on at its next turn only: there, await nothing
  /// but Deferreds. A body whose Deferred never fires is never freed.
  ///
  /// - Parameters:
  ///   - name: what tools call the body.
  ///   - isolation: where the body runs; the caller's own, which is what chains ask for.
  ///   - body: gives the chain's result. What it throws becomes a Failure.
  public init(
    named name: String = "async", isolation: isolated (any Actor)? = #isolation,
    _ body: @escaping () async throws -> Value
  ) {
    let code = AsyncBody(isolation: isolation, body)
    self = .driving(.coroutine, named: name, code) { outcome in
      code.received = outcome
      if case .failure(let failure) = outcome { return .failure(failure) }
      return .success(outcome.any ?? Moved())
    }
  }
}
