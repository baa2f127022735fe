extension World {
  mutating func applyWaiting(_ event: Event) {
    switch event {
    case .waits(let outer, let inner, let innerStage): waits(outer, inner, innerStage)
    case .took(let outer, let inner, let outcome): took(outer, inner, told(outcome))
    case .resumed(let outer, let inner, let innerStage, let outcome):
      resumed(outer, inner, innerStage, told(outcome))
    case .read(let id, let outcome, let leavesEmpty):
      guard knows(deferred: id) else { return }
      markFired(id)
      if leavesEmpty { leaveEmpty(id) } else { setResult(id, told(outcome)) }
    default: break
    }
  }

  private mutating func waits(_ outer: DeferredID, _ inner: DeferredID, _ innerStage: Int) {
    guard knows(deferred: outer), knows(stage: innerStage, of: inner) else { return }
    stopWaiting(outer)
    markFired(outer)
    setResult(outer, nil)
    if let stage = deferreds[outer].currentStage {
      deferreds[outer].stages[stage].passage?.state = .waiting(on: inner)
    }
    deferreds[outer].pauseCount += 1
    deferreds[outer].waitsOn = inner
    deferreds[outer].waitPosition = deferreds[inner].waiters.append(outer)
    waiting.insert(outer)
    roots.set(outer, closesCircle(outer))
    if deferreds[inner].stages[innerStage].addedAt == 0 {
      // Only the wait told of the stage that ends it.
      deferreds[inner].stages[innerStage].kind = .resumes(outer)
      deferreds[inner].stages[innerStage].addedAt = step
    }
  }

  /// Whether `outer` waits, in the end, for itself. A circle has one root, or none would show it.
  private func closesCircle(_ outer: DeferredID) -> Bool {
    var next = deferreds[outer].waitsOn
    // A longer circle is rare enough to go without a root, and looking costs time at every wait.
    for _ in 0..<64 {
      guard let here = next else { return false }
      if here == outer { return true }
      next = deferreds[here].waitsOn
    }
    return false
  }

  mutating func stopWaiting(_ outer: DeferredID) {
    guard let inner = deferreds[outer].waitsOn else { return }
    deferreds[inner].waiters.remove(outer, at: deferreds[outer].waitPosition)
    deferreds[outer].waitsOn = nil
    deferreds[outer].pauseCount -= 1
    waiting.remove(outer)
    roots.insert(outer)
  }

  private mutating func took(_ outer: DeferredID, _ inner: DeferredID, _ outcome: Outcome) {
    guard knows(deferred: outer), knows(deferred: inner) else { return }
    markFired(inner)
    leaveEmpty(inner)
    got(outer, from: inner, outcome)
    if let failure = failure(in: outcome), let ref = currentRef(of: outer) {
      stop(failure, at: ref, .movedTo(outer))
    }
  }

  private mutating func resumed(
    _ outer: DeferredID, _ inner: DeferredID, _ innerStage: Int, _ outcome: Outcome
  ) {
    guard knows(deferred: outer), knows(stage: innerStage, of: inner) else { return }
    stopWaiting(outer)
    markFired(inner)
    let side: Side
    if let failure = failure(in: outcome) {
      side = .errback
      let ref = StageRef(deferred: inner, stage: innerStage, side: side)
      setFate(failure, .travelling)
      stop(failure, at: ref, .movedTo(outer))
    } else {
      side = .callback
    }
    deferreds[inner].stages[innerStage].passage = Passage(
      side: side, step: step, time: time, input: outcome, state: .returned, output: .value(.none),
      leftAt: step)
    deferreds[inner].nextStage = max(deferreds[inner].nextStage, innerStage + 1)
    deferreds[inner].currentStage = nil
    leaveEmpty(inner)
    got(outer, from: inner, outcome)
  }

  /// The stage of `outer` that waited, or asked, goes on with what came out of `inner`.
  private mutating func got(_ outer: DeferredID, from inner: DeferredID, _ outcome: Outcome) {
    markFired(outer)
    if let stage = deferreds[outer].currentStage {
      deferreds[outer].stages[stage].passage?.state = .gotFrom(inner)
      deferreds[outer].stages[stage].passage?.output = outcome
    }
    deferreds[outer].currentStage = nil
    setResult(outer, outcome)
  }

  private mutating func leaveEmpty(_ id: DeferredID) {
    setResult(id, .value(.none))
    deferreds[id].unhandled = nil
  }

  private func currentRef(of id: DeferredID) -> StageRef? {
    let last = deferreds[id].nextStage - 1
    guard let passage = deferreds[id].stages.at(last)?.passage else { return nil }
    return StageRef(deferred: id, stage: last, side: passage.side)
  }
}
