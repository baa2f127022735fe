extension Chain {
  /// Runs stages until none is left or one waits, across chains and without recursion.
  ///
  /// Twisted: `defer.Deferred._runCallbacks`. `below` holds the chains that gave their result to
  /// another and have stages left for afterwards; when one of them turns out to be paused, all that are
  /// below it stay where they are.
  @usableFromInline
  final func run(isFire: Bool = false) {
    guard !isRunning, pauses == 0 else { return }
    if isDynamic, case .waiting = outcome { outcome = resultInPlace }
    if let tag { return tag.run(self, isFire: isFire) }
    runStages(isFire: isFire)
  }

  final func runStages(isFire: Bool) {
    var below: [Chain] = []
    var current = self
    var changed = isFire
    while current.pauses == 0 {
      if let next = current.runUntilMove(&changed) {
        below.append(current)
        current = next
        changed = false
        continue
      }
      current.finish(changed: changed)
      guard let previous = below.popLast() else { return }
      current = previous
      changed = true
    }
  }

  /// Runs this chain's stages; returns the chain that got its result, if one did.
  @inline(__always)
  private final func runUntilMove(_ changed: inout Bool) -> Chain? {
    while let stage = popStage() {
      if stage.isResume {
        changed = true
        if let outer = hand(over: unsafeDowncast(stage, to: ResumeStage.self)) { return outer }
        continue
      }
      changed = true
      isRunning = true
      let returned = tag == nil ? stage.run(outcome) : runWatched(stage)
      isRunning = false
      switch returned {
      case .bits, .failure: outcome = returned
      case .value:
        outcome = returned
        if isDynamic, let inner = resultChain, !take(from: inner) { return nil }
      case .raised(let failure): outcome = .failure(failure)
      case .chain(let inner):
        if !take(from: inner) { return nil }
      case .empty, .none, .waiting: outcome = emptyOutcome
      }
    }
    return nil
  }

  /// Marks what a run leaves behind.
  private final func finish(changed: Bool) {
    countAsHandled()
    if case .failure = outcome {
      holdsUnhandled = true
      hasFailed = true
    }
    guard changed, let tag, head == nil else { return }
    if case .waiting = outcome { return }
    tag.observe(.settled(tag.id, tag.carried(outcome, in: self)))
  }

  /// Runs one stage and tells the watcher.
  private final func runWatched(_ stage: Stage) -> Outcome {
    guard let tag else { return stage.run(outcome) }
    let input = stage.admitted(outcome)
    let side = input.side
    guard stage.handles(side), !stage.passes(input) else {
      let returned = stage.run(outcome)
      tag.observe(.passedThrough(tag.id, stage: stage.index, side))
      return returned
    }
    tag.observe(.entered(tag.id, stage: stage.index, side, input: tag.carried(input, in: self)))
    let returned = tag.isTooDeep(for: stage) ? .raised(Failure(RecursionError())) : stage.run(outcome)
    tag.observe(.left(tag.id, stage: stage.index, side, tag.result(returned, in: self)))
    return returned
  }
}
