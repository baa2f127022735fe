internal import Deferreds
internal import Traces

extension EventWriting {
  /// The written form of an event; nil for what only nests others.
  func written(_ event: ChainEvent) -> Event? {
    switch event {
    case .made(let id, let origin, let hasCanceller):
      .made(id, origin: origin.rawValue, name: nil, hasCanceller: hasCanceller)
    case .named(let id, let name): .named(id, name)
    case .stageAdded(let id, let index, let stage):
      .stageAdded(id, index: index, written(stage.kind), callback: stage.callback, errback: stage.errback)
    case .fired(let id, let carried): .fired(id, written(carried))
    case .entered(let id, let stage, let side, let input):
      .entered(id, stage: stage, written(side), input: written(input))
    case .left(let id, let stage, let side, let end):
      .left(id, stage: stage, written(side), written(end))
    case .passedThrough(let id, let stage, let side): .passedThrough(id, stage: stage, written(side))
    case .waits(let outer, let inner, let stage): .waits(outer: outer, inner: inner, innerStage: stage)
    case .took(let outer, let inner, let carried): .took(outer: outer, inner: inner, written(carried))
    case .resumed(let outer, let inner, let stage, let carried):
      .resumed(outer: outer, inner: inner, innerStage: stage, written(carried))
    case .read(let id, let carried, let leavesEmpty): .read(id, written(carried), leavesEmpty: leavesEmpty)
    case .paused(let id, let count): .paused(id, count: count)
    case .unpaused(let id, let count): .unpaused(id, count: count)
    case .settled(let id, let carried): .settled(id, written(carried))
    case .collected(let id): .collected(id)
    case .unhandled(let id, let failure): .unhandled(id, number(failure))
    case .runBegan, .runEnded: nil
    case .trapAsked(let failure, let types, let matched):
      .trapAsked(number(failure), types: types, matched: matched)
    case .cancelAsked(let id): .cancelAsked(id)
    case .cancelPassedOn(let from, let to): .cancelPassedOn(from: from, to: to)
    case .cancellerEntered(let id): .cancellerEntered(id)
    case .cancellerLeft(let id, let raised): .cancellerLeft(id, raised: number(raised))
    case .lateResultSwallowed(let id, let carried): .lateResultSwallowed(id, written(carried))
    case .calledAgain(let id): .calledAgain(id)
    default: writtenAround(event)
    }
  }

  /// The same for what happens around chains.
  private func writtenAround(_ event: ChainEvent) -> Event? {
    switch event {
    case .callEntered(let kind, let name, let input):
      .callEntered(kind: kind, name: name, input: input.map { written($0) })
    case .callLeft(let kind, let name, let end): .callLeft(kind: kind, name: name, written(end))
    case .clockAdvanced: .clockAdvanced
    case .timerMade(let id, let due, let name, _): .timerMade(id, due: due, name: name)
    case .timerBegan(let id): .timerBegan(id)
    case .timerEnded(let id, let raised): .timerEnded(id, raised: number(raised))
    case .timerCancelled(let id): .timerCancelled(id)
    case .timerMoved(let id, let due): .timerMoved(id, due: due)
    case .loopStarted(let id, let name, let chain, let interval, let now):
      .loopStarted(id, name: name, deferred: chain, interval: interval, now: now)
    case .loopTicked(let id, let tick, let skipped): .loopTicked(id, number: tick, skipped: skipped)
    case .loopReset(let id): .loopReset(id)
    case .loopStopped(let id, let failure): .loopStopped(id, number(failure))
    case .taskMade(let id, let name, let cooperator): .taskMade(id, name: name, cooperator: cooperator)
    case .taskPaused(let id, let count): .taskPaused(id, count: count)
    case .taskResumed(let id, let count): .taskResumed(id, count: count)
    case .taskEnded(let id, let why): .taskEnded(id, why: number(why))
    case .groupMade(let id, let kind, let members): .groupMade(id, kind: kind.rawValue, members: members)
    case .slotFilled(let id, let index, let carried): .slotFilled(id, index: index, written(carried))
    case .groupDecided(let id, let index): .groupDecided(id, index: index)
    case .generatorBegan(let id, let name): .generatorBegan(id, name: name)
    case .generatorYielded(let id, let on): .generatorYielded(id, on: on)
    case .generatorResumed(let id, let carried): .generatorResumed(id, written(carried))
    case .generatorEnded(let id, let end): .generatorEnded(id, written(end))
    case .sharedChanged(let id, let kind, let name, let held, let waiting, let total, let turn):
      .sharedChanged(
        id, kind: kind.rawValue, name: name, held: held, waiting: waiting, total: total,
        turn: turn.map(written))
    case .note(let kind, let who, let text, let failure):
      .note(kind: kind.rawValue, who: who, text: text, number(failure))
    default: nil
    }
  }
}
