// What happens most: for a tape in a few words, or for an observer as events.
//
// References are used without being counted here, where the count would cost as much as what is done: the chain that
// calls owns its tag, the tag its observation, and that the tape.

extension ChainTag {
  func tellAdded(_ stage: Stage) {
    guard let tape, stage.isOfTheProgram else {
      return observe(.stageAdded(id, index: stage.index, stage.description))
    }
    tape._withUnsafeGuaranteedRef { $0.added(unsafeDowncast(stage, to: HandlerStage.self), to: id) }
  }

  func tellFired(_ result: Outcome, in chain: Chain) {
    guard let tape else { return observe(.fired(id, carried(result, in: chain))) }
    tape._withUnsafeGuaranteedRef { $0.fired(id, TapeLoad(result, in: chain, self, on: $0)) }
  }

  func tellSettled(_ result: Outcome, in chain: Chain) {
    guard let tape else { return observe(.settled(id, carried(result, in: chain))) }
    tape._withUnsafeGuaranteedRef { $0.settled(id, TapeLoad(result, in: chain, self, on: $0)) }
  }

  func tellCollected() {
    guard let tape else { return observe(.collected(id)) }
    tape._withUnsafeGuaranteedRef { $0.collected(id) }
  }

  func tellPassed(_ stage: Stage, _ side: Side) {
    guard let tape else { return observe(.passedThrough(id, stage: stage.index, side)) }
    tape._withUnsafeGuaranteedRef { $0.passed(id, stage: stage.index, side) }
  }

  @inline(__always)
  func tellEntered(_ stage: Stage, _ side: Side, _ input: Outcome, in chain: Chain) {
    guard let tape else {
      return observe(.entered(id, stage: stage.index, side, input: carried(input, in: chain)))
    }
    tape._withUnsafeGuaranteedRef {
      $0.entered(id, stage: stage.index, side, TapeLoad(input, in: chain, self, on: $0))
    }
  }

  @inline(__always)
  func tellLeft(_ stage: Stage, _ side: Side, _ end: Outcome, in chain: Chain) {
    guard let tape else { return observe(.left(id, stage: stage.index, side, result(end, in: chain))) }
    tape._withUnsafeGuaranteedRef { tape in
      tape.tick()
      let raised = if case .raised = end { true } else { false }
      tape.left(id, stage: stage.index, side, raised: raised, TapeLoad(end, in: chain, self, on: tape))
    }
  }
}
