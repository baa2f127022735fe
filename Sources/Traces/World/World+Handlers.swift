extension World {
  mutating func applyHandler(_ entry: Entry) {
    let ref = RefCore(entry.id, stage: entry.index, isErrback: entry.flags.contains(.isErrback))
    switch entry.kind {
    case .entered: entered(ref, told(entry))
    case .left: left(ref, entry)
    default: passedThrough(ref)
    }
  }

  private mutating func reach(_ place: Int, _ ref: RefCore, _ input: Mark, _ state: PassageCore.State) {
    var passage = PassageCore()
    passage.step = here
    passage.input = input
    passage.state = state
    passage.isErrback = ref.isErrback
    if state == .passedThrough { passage.output = input }
    stageCores[place].passage = passage
    deferredCores[Int(ref.deferred)].reach(ref.stage, isRunning: state == .running, input)
  }

  private mutating func entered(_ ref: RefCore, _ input: Mark) {
    guard let place = stagePlace(ref.stage, of: ref.deferred) else { return }
    markFired(ref.deferred)
    letGo(ref.deferred)
    reach(place, ref, input, .running)
    setFailed(ref.deferred, input.failure != nil)
    push(FrameCore(kind: .handler, ref: ref))
    if let failure = input.failure {
      // It gave that to a group, and has it all the same.
      if hasPassedOn(ref.deferred) { forgetPassedOn(ref.deferred) }
      setFate(Int32(failure), .travelling)
      stop(Int32(failure), at: ref, .handling)
    }
  }

  private mutating func passedThrough(_ ref: RefCore) {
    guard let place = stagePlace(ref.stage, of: ref.deferred) else { return }
    markFired(ref.deferred)
    let result = deferredCores[Int(ref.deferred)].result
    reach(place, ref, result == .absent ? .none : result, .passedThrough)
    if let failure = result.failure {
      // Also where it was read before: it is the chain's again.
      setFailed(ref.deferred, true)
      hold(ref.deferred, failure)
      stop(Int32(failure), at: ref, .passedThrough)
    }
  }

  private mutating func left(_ ref: RefCore, _ entry: Entry) {
    pop(FrameCore(kind: .handler, ref: ref))
    guard let place = stagePlace(ref.stage, of: ref.deferred) else { return }
    if !stageCores[place].passage.isThere || stageCores[place].passage.leftAt > 0 {
      // Its beginning was before the trace began.
      let input = deferredCores[Int(ref.deferred)].result
      reach(place, ref, input == .absent ? .none : input, .running)
    }
    var passage = stageCores[place].passage
    passage.leftAt = here
    let failure = passage.input.failure.map { Int32($0) }
    switch entry.what {
    case .nothing, .value, .none:
      passage.output = told(entry)
      // Where what came in went on to whoever waited, nobody has taken it here.
      let isTrapped = failure != nil && !stageCores[place].givesOn
      passage.state = isTrapped ? .trapped : .returned
      if isTrapped, let failure { trapped(failure, at: ref, passage, group: slotGroup(place)) }
    case .deferred:
      guard knows(deferred: entry.whatID) else { break }
      passage.state = .waiting
      passage.peer = entry.whatID
      if let failure { trapped(failure, at: ref, passage, group: slotGroup(place)) }
    case .failure:
      guard knows(failure: entry.whatID) else { break }
      passage.output = .failure(Int(entry.whatID))
      passage.state = failure == entry.whatID ? .letThrough : .raised
      wentOn(failure, as: entry.whatID, at: ref, passage)
    }
    stageCores[place].passage = passage
    letGo(ref.deferred)
    deferredCores[Int(ref.deferred)].leave(passage.output, waits: entry.what == .deferred)
    setFailed(ref.deferred, passage.output.failure != nil)
    if let failure = passage.output.failure { hold(ref.deferred, failure) }
  }

  /// The group that a stage fills a slot of.
  private mutating func slotGroup(_ place: Int) -> Int32? {
    stageCores[place].kind == .slot ? stageCores[place].other : nil
  }

  /// A coroutine that waited gets the Failure; how it ends is told by what becomes of the coroutine.
  ///
  /// The stage that gives it on runs now, or is over: where the Failure was there before anybody waited.
  mutating func handedOn(_ failure: Int32, to outer: Int32) {
    let last = Int(failureCores[Int(failure)].lastStop)
    guard let stop = stops.at(last), stop.what == .handling else { return }
    let place = stagePlace(stop.ref.stage, of: stop.ref.deferred)
    let isOver = place.map { stageCores[$0].givesOn && stageCores[$0].passage.leftAt > 0 } ?? false
    let frame = frameCores.last
    guard isOver || frame?.kind == .handler && frame?.ref == stop.ref else { return }
    endStop(of: failure, at: stop.ref, .movedTo, peer: outer)
  }

  /// The handler gave something else for the Failure that came in.
  private mutating func trapped(_ failure: Int32, at ref: RefCore, _ passage: PassageCore, group: Int32?) {
    let isSilent = passage.state == .trapped && !passage.wasAsked && passage.output == .none
    if let group {
      setFate(failure, .consumed, peer: group)
      endStop(of: failure, at: ref, .trapped)
    } else if hasGoneOn(failure, since: ref, passage) {
      // Its handler gave it to another chain, and what became of it there holds.
      return
    } else if failureCores[Int(failure)].fate == .logged {
      // Its handler wrote it into the log, which is how many chains end.
      endStop(of: failure, at: ref, .trapped, peer: passage.matchedAt)
    } else if isSilent {
      setFate(failure, .swallowed, ref)
      endStop(of: failure, at: ref, .swallowed)
    } else {
      setFate(failure, .trapped, ref, peer: passage.matchedAt)
      endStop(of: failure, at: ref, .trapped, peer: passage.matchedAt)
    }
  }

  /// Whether a Failure has met other stages since this handler got it.
  private mutating func hasGoneOn(_ failure: Int32, since ref: RefCore, _ passage: PassageCore) -> Bool {
    guard let stop = stops.at(Int(failureCores[Int(failure)].lastStop)) else { return false }
    return stop.ref != ref && stop.step > passage.step
  }

  /// The handler raised or returned the Failure `new`.
  private mutating func wentOn(_ failure: Int32?, as new: Int32, at ref: RefCore, _ passage: PassageCore) {
    setFate(new, .travelling)
    guard let failure else { return }
    if failure != new {
      setFate(failure, .became, peer: new)
      endStop(of: failure, at: ref, .became, peer: new)
    } else if passage.wasAsked, passage.matchedAt == 0 {
      endStop(of: failure, at: ref, .notTrapped, peer: passage.lastAsk)
    } else {
      endStop(of: failure, at: ref, .letThrough)
    }
  }
}

extension DeferredCore {
  fileprivate mutating func reach(_ stage: Int32, isRunning: Bool, _ input: Mark) {
    nextStage = max(nextStage, stage + 1)
    currentStage = isRunning ? stage : -1
    result = input
  }

  fileprivate mutating func leave(_ output: Mark, waits: Bool) {
    result = output
    if !waits { currentStage = -1 }
  }
}

extension StageCore {
  /// Whether what comes goes on to another chain or a coroutine, which leaves this chain empty.
  fileprivate var givesOn: Bool { kind == .resumes || kind == .givesOn || kind == .chainTo }
}
