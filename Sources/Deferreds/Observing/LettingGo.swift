extension Deferred {
  /// Does what happens to a chain whose last handle goes, while a tool still holds one: tells the watcher of
  /// the Failure that nobody took, and forgets that nobody did.
  ///
  /// A chain that is in the middle of a run is held by that run, and left alone.
  ///
  /// - Returns: the Failure that was reported.
  public func letGo() -> Failure? {
    guard !chain.isRunning, let failure = chain.unhandled else { return nil }
    chain.reportUnhandled()
    return failure
  }
}

extension Deferred {
  /// Reads a chain that has fired and is not paused, and leaves the result where it is; a Failure then counts as
  /// handled. Nil where there is nothing to read yet.
  ///
  /// Twisted: what a coroutine's `await` does with a Deferred that has fired (`Deferred.__await__`). There it raises
  /// AssertionError for a Failure with which no run has ended so far, as for one in the middle of its first run: so
  /// does this, for dynamic values.
  public func readInPlace() -> Result<Value, Failure>? {
    guard chain.isCalled, chain.pauses == 0 else { return nil }
    let outcome = chain.resultInPlace
    if case .failure = outcome, chain.isDynamic, !chain.hasFailed {
      return .failure(Failure(AssertionError()))
    }
    chain.countAsHandled()
    if let tag = chain.tag {
      tag.observe(.read(tag.id, tag.carried(outcome, in: chain), leavesEmpty: false))
    }
    return outcome.result(as: Value.self)
  }
}

extension Deferred {
  /// What a `gatherResults` that is paused has been fired with: it makes its result of that when it goes on.
  public var ungathered: ListResult<Value>? {
    chain.outcome.any as? ListResult<Value>
  }

  /// The chain that will resume this one, which is paused for it; also after an `unpause` and a new `pause`.
  public var isResumedBy: Deferred<Value>? {
    guard isWaiting || chain.pauses != 0, let inner = chain.waitStage?.inner,
      chain.resultChain === inner
    else {
      return nil
    }
    return Deferred(chain: inner)
  }
}
