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
      let returned = tagReference.map { runWatched(stage, $0) } ?? stage.run(outcome)
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
    tag.tellSettled(outcome, in: self)
  }

  /// Runs one stage and tells the watcher.
  private final func runWatched(_ stage: Stage, _ tag: Unmanaged<ChainTag>) -> Outcome {
    if let returned = runTaped(stage, tag) { return returned }
    let input = stage.admitted(outcome)
    let side = input.side
    guard stage.handles(side), !stage.passes(input) else {
      let returned = stage.run(outcome)
      tag._withUnsafeGuaranteedRef { $0.tellPassed(stage, side) }
      return returned
    }
    let isTooDeep = tag._withUnsafeGuaranteedRef {
      $0.tellEntered(stage, side, input, in: self)
      return $0.isTooDeep(for: stage)
    }
    let returned = isTooDeep ? .raised(Failure(RecursionError())) : stage.run(outcome)
    tag._withUnsafeGuaranteedRef { $0.tellLeft(stage, side, returned, in: self) }
    return returned
  }

  /// The same for what comes nearly always, a callback and a plain value of just its type: all that a tape has of
  /// that is a few words, next to which a look at types and tables would be dear. Nil where it is something else.
  @inline(__always)
  private final func runTaped(_ stage: Stage, _ tag: Unmanaged<ChainTag>) -> Outcome? {
    guard case .bits(let bits) = outcome, stage.isOfTheProgram,
      let tape = tag._withUnsafeGuaranteedRef({ $0.tape })
    else { return nil }
    let stage = unsafeDowncast(stage, to: HandlerStage.self)
    guard stage.takes(bits) else { return nil }
    tag._withUnsafeGuaranteedRef { tag in
      tape._withUnsafeGuaranteedRef {
        $0.entered(tag.id, stage: stage.index, .callback, TapeLoad(.bits(bits), in: self, tag, on: $0))
      }
    }
    let returned = stage.handlers.body(.bits(bits))
    tag._withUnsafeGuaranteedRef { $0.tellLeft(stage, .callback, returned, in: self) }
    return returned
  }
}
