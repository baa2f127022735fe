extension World {
  mutating func applyHandler(_ event: Event) {
    switch event {
    case .entered(let id, let stage, let side, let input):
      entered(StageRef(deferred: id, stage: stage, side: side), told(input))
    case .left(let id, let stage, let side, let end):
      left(StageRef(deferred: id, stage: stage, side: side), end)
    case .passedThrough(let id, let stage, let side):
      passedThrough(StageRef(deferred: id, stage: stage, side: side))
    default: break
    }
  }

  private mutating func reach(_ ref: StageRef, _ passage: Passage) {
    deferreds[ref.deferred].stages[ref.stage].passage = passage
    deferreds[ref.deferred].nextStage = max(deferreds[ref.deferred].nextStage, ref.stage + 1)
  }

  private mutating func entered(_ ref: StageRef, _ input: Outcome) {
    guard knows(stage: ref.stage, of: ref.deferred) else { return }
    markFired(ref.deferred)
    reach(ref, Passage(side: ref.side, step: step, time: time, input: input, state: .running))
    deferreds[ref.deferred].currentStage = ref.stage
    setResult(ref.deferred, input)
    push(.handler(ref.deferred, stage: ref.stage, ref.side))
    if let failure = failure(in: input) {
      setFate(failure, .travelling)
      stop(failure, at: ref, .handling)
    }
  }

  private mutating func passedThrough(_ ref: StageRef) {
    guard knows(stage: ref.stage, of: ref.deferred) else { return }
    markFired(ref.deferred)
    let result = deferreds[ref.deferred].result ?? .value(.none)
    reach(
      ref,
      Passage(
        side: ref.side, step: step, time: time, input: result, state: .passedThrough, output: result))
    deferreds[ref.deferred].currentStage = nil
    if let failure = failure(in: result) { stop(failure, at: ref, .passedThrough) }
  }

  private mutating func left(_ ref: StageRef, _ end: HandlerEnd) {
    pop(.handler(ref.deferred, stage: ref.stage, ref.side))
    guard knows(stage: ref.stage, of: ref.deferred) else { return }
    let before = deferreds[ref.deferred].stages[ref.stage].passage
    if before == nil || before?.leftAt != nil {
      // Its beginning was before the trace began.
      let input = deferreds[ref.deferred].result ?? .value(.none)
      reach(ref, Passage(side: ref.side, step: step, time: time, input: input, state: .running))
    }
    guard var passage = deferreds[ref.deferred].stages[ref.stage].passage else { return }
    passage.leftAt = step
    let failure = failure(in: passage.input)
    switch end {
    case .returned(let value):
      passage.output = .value(value)
      if deferreds[ref.deferred].stages[ref.stage].kind.givesOn {
        // What came in went on to whoever waited: nobody has taken it here.
        passage.state = .returned
      } else {
        passage.state = failure == nil ? .returned : .trapped(by: passage.matched)
        if let failure { trapped(failure, at: ref, passage) }
      }
    case .returnedDeferred(let inner):
      guard knows(deferred: inner) else { break }
      passage.state = .waiting(on: inner)
      if let failure { trapped(failure, at: ref, passage) }
    case .raised(let new), .returnedFailure(let new):
      guard knows(failure: new) else { break }
      passage.output = .failure(new)
      passage.state = failure == new ? .letThrough : .raised
      wentOn(failure, as: new, at: ref, passage)
    }
    deferreds[ref.deferred].stages[ref.stage].passage = passage
    if case .returnedDeferred = end {
      setResult(ref.deferred, nil)
    } else {
      deferreds[ref.deferred].currentStage = nil
      setResult(ref.deferred, passage.output)
    }
  }

  /// A coroutine that waited gets the Failure; how it ends is told by what becomes of the coroutine.
  mutating func handedOn(_ failure: FailureID, at ref: StageRef, to outer: DeferredID) {
    let journey = failures[failure].journey
    guard let stop = journey.at(journey.count - 1), stop.ref == ref, stop.what == .handling else { return }
    endStop(of: failure, at: ref, .movedTo(outer))
  }

  /// The handler gave something else for the Failure that came in.
  private mutating func trapped(_ failure: FailureID, at ref: StageRef, _ passage: Passage) {
    if case .slot(let group, _) = deferreds[ref.deferred].stages[ref.stage].kind {
      setFate(failure, .consumed(by: group))
      endStop(of: failure, at: ref, .trapped(by: nil))
    } else if failures[failure].fate == .logged {
      // Its handler wrote it into the log, which is how many chains end.
      endStop(of: failure, at: ref, .trapped(by: passage.matched))
    } else if passage.isSwallowed {
      setFate(failure, .swallowed(ref))
      endStop(of: failure, at: ref, .swallowed)
    } else {
      setFate(failure, .trapped(ref, by: passage.matched))
      endStop(of: failure, at: ref, .trapped(by: passage.matched))
    }
  }

  /// The handler raised or returned the Failure `new`.
  private mutating func wentOn(
    _ failure: FailureID?, as new: FailureID, at ref: StageRef, _ passage: Passage
  ) {
    setFate(new, .travelling)
    guard let failure else { return }
    if failure != new {
      setFate(failure, .became(new))
      endStop(of: failure, at: ref, .became(new))
    } else if let types = passage.asked, passage.matched == nil {
      endStop(of: failure, at: ref, .notTrapped(types: types))
    } else {
      endStop(of: failure, at: ref, .letThrough)
    }
  }
}

extension StageKind {
  /// Whether its result goes to a chain or a coroutine that waits for it, which leaves this chain empty.
  fileprivate var givesOn: Bool {
    switch self {
    case .resumes, .library("coroutine"), .library("inlineCallbacks"): true
    default: false
    }
  }
}
