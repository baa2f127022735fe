extension World {
  mutating func applyWaiting(_ entry: Entry) {
    switch entry.kind {
    case .waits: waits(entry.id, entry.other, entry.index)
    case .took: took(entry.id, entry.other, told(entry))
    case .resumed: resumed(entry.id, entry.other, entry.index, told(entry))
    default:
      guard knows(deferred: entry.id) else { return }
      markFired(entry.id)
      if entry.flags.contains(.leavesEmpty) { leaveEmpty(entry.id) } else { read(entry.id, told(entry)) }
    }
  }

  /// Somebody took the result and left it where it is: a Failure of it counts as handled there.
  private mutating func read(_ id: Int32, _ mark: Mark) {
    setResult(id, mark)
    guard let failure = mark.failure.map({ Int32($0) }) else { return }
    // In a coroutine, which does not stop for what is there.
    let reader = frameCores.last.flatMap { $0.kind == .generator ? $0.id : nil }
    passOn(failure, from: id, to: reader ?? -1)
    setFailed(id, false)
    if let reader { setFate(failure, .consumed, peer: reader) }
  }

  private mutating func waits(_ outer: Int32, _ inner: Int32, _ innerStage: Int32) {
    guard knows(deferred: outer), let place = stagePlace(innerStage, of: inner) else { return }
    stopWaiting(outer)
    markFired(outer)
    setResult(outer, .absent)
    if let stage = currentPlace(of: outer) {
      stageCores[stage].passage.state = .waiting
      stageCores[stage].passage.peer = inner
    }
    join(outer, to: inner)
    deferredCores[Int(outer)].pauseCount &+= 1
    if stageCores[place].addedAt == 0 {
      // Only the wait told of the stage that ends it.
      stageCores[place].kind = .resumes
      stageCores[place].other = outer
      stageCores[place].addedAt = here
    }
  }

  private mutating func took(_ outer: Int32, _ inner: Int32, _ mark: Mark) {
    guard knows(deferred: outer), knows(deferred: inner) else { return }
    markFired(inner)
    leaveEmpty(inner)
    got(outer, from: inner, mark)
    if let failure = mark.failure { passOn(Int32(failure), from: inner, to: outer) }
    if let failure = mark.failure, let ref = lastRef(of: outer) {
      stop(Int32(failure), at: ref, .movedTo, peer: outer)
    }
  }

  private mutating func resumed(_ outer: Int32, _ inner: Int32, _ innerStage: Int32, _ mark: Mark) {
    guard knows(deferred: outer), let place = stagePlace(innerStage, of: inner) else { return }
    stopWaiting(outer)
    markFired(inner)
    if let failure = mark.failure {
      passOn(Int32(failure), from: inner, to: outer)
      setFate(Int32(failure), .travelling)
      stop(Int32(failure), at: RefCore(inner, stage: innerStage, isErrback: true), .movedTo, peer: outer)
    }
    var passage = PassageCore()
    (passage.step, passage.leftAt, passage.isErrback) = (here, here, mark.failure != nil)
    (passage.input, passage.output, passage.state) = (mark, .none, .returned)
    stageCores[place].passage = passage
    deferredCores[Int(inner)].nextStage = max(deferredCores[Int(inner)].nextStage, innerStage + 1)
    deferredCores[Int(inner)].currentStage = -1
    leaveEmpty(inner)
    got(outer, from: inner, mark)
  }

  /// The stage of `outer` that waited, or asked, goes on with what came out of `inner`.
  private mutating func got(_ outer: Int32, from inner: Int32, _ mark: Mark) {
    markFired(outer)
    if let stage = currentPlace(of: outer) {
      stageCores[stage].passage.state = .gotFrom
      stageCores[stage].passage.peer = inner
      stageCores[stage].passage.output = mark
    }
    deferredCores[Int(outer)].currentStage = -1
    setResult(outer, mark)
  }

  private mutating func leaveEmpty(_ id: Int32) {
    setResult(id, .none)
    guard deferredCores[Int(id)].unhandled >= 0 else { return }
    deferredCores[Int(id)].unhandled = -1
    count(id) { $0.unhandled -= 1 }
  }

  /// Where the stage lies whose handler runs or waits; nil where it was not reached in this trace.
  private mutating func currentPlace(of id: Int32) -> Int? {
    let core = deferredCores[Int(id)]
    guard core.currentStage >= 0 else { return nil }
    let place = placeOfStage(core.currentStage, of: core)
    return stageCores[place].passage.isThere ? place : nil
  }

  private mutating func lastRef(of id: Int32) -> RefCore? {
    let core = deferredCores[Int(id)]
    guard core.nextStage > 0, core.nextStage <= core.stageCount else { return nil }
    let passage = stageCores[placeOfStage(core.nextStage - 1, of: core)].passage
    guard passage.isThere else { return nil }
    return RefCore(id, stage: core.nextStage - 1, isErrback: passage.isErrback)
  }
}
