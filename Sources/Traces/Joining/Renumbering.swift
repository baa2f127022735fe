/// Gives things other numbers, so that those of several recordings can stand beside each other.
protocol Renumbering {
  /// The number that a thing gets for the one that its recording has for it; none stays none.
  func number(_ kind: ThingKind, _ id: Int) -> Int
  /// The same for one that may never have been heard of: nil where that is known.
  func known(_ kind: ThingKind, _ id: Int) -> Int?
  /// Whether names of Deferreds end in their numbers, as those of the recorder for Twisted do.
  var namesHoldNumbers: Bool { get }
  /// How much later than the first recording this one began, in microseconds.
  var lag: Int64 { get }
}

/// What has numbers of its own.
enum ThingKind: Int, CaseIterable {
  case deferred, failure, timer, actor

  /// What one is called.
  var word: String {
    switch self {
    case .deferred: "Deferred"
    case .failure: "Failure"
    case .timer: "timer"
    case .actor: "loop"
    }
  }
}

extension Renumbering {
  func deferred(_ id: Int) -> Int { number(.deferred, id) }
  func failure(_ id: Int) -> Int { number(.failure, id) }
  func timer(_ id: Int) -> Int { number(.timer, id) }
  func actor(_ id: Int) -> Int { number(.actor, id) }
  func failure(_ id: Int?) -> Int? { id.map { failure($0) } }

  func outcome(_ outcome: Outcome) -> Outcome {
    switch outcome {
    case .value: outcome
    case .failure(let id): .failure(failure(id))
    case .deferred(let id): .deferred(deferred(id))
    }
  }

  func end(_ end: HandlerEnd) -> HandlerEnd {
    switch end {
    case .returned: end
    case .returnedDeferred(let id): .returnedDeferred(deferred(id))
    case .returnedFailure(let id): .returnedFailure(failure(id))
    case .raised(let id): .raised(failure(id))
    }
  }

  /// `fetch 7` with the number that this Deferred has now: by that two of a kind are told apart.
  private func name(_ name: String?, of id: Int) -> String? {
    guard namesHoldNumbers, let name, name.hasSuffix(" \(id)") else { return name }
    return "\(name.dropLast("\(id)".count))\(deferred(id))"
  }

  /// `callback of Deferred 7`, with the number that this has now.
  private func timerName(_ name: String?) -> String? {
    let mark = TimerState.beforeNumber
    guard namesHoldNumbers, let name, let space = name.lastIndex(of: " "),
      name[...space].hasSuffix(mark), let id = Int(name[name.index(after: space)...]),
      let number = known(.deferred, id)
    else { return name }
    return "\(name[...space])\(number)"
  }

  private func stage(_ kind: StageKind) -> StageKind {
    switch kind {
    case .handlers, .timeout, .library: kind
    case .chainTo(let id): .chainTo(deferred(id))
    case .slot(let group, let index): .slot(group: deferred(group), index: index)
    case .resumes(let id): .resumes(deferred(id))
    }
  }

  /// The same event, about things by their new numbers.
  func event(_ event: Event) -> Event {
    switch event {
    case .made(let id, let origin, let name, let hasCanceller):
      .made(deferred(id), origin: origin, name: self.name(name, of: id), hasCanceller: hasCanceller)
    case .named(let id, let name): .named(deferred(id), name)
    case .stageAdded(let id, let index, let kind, let callback, let errback):
      .stageAdded(deferred(id), index: index, stage(kind), callback: callback, errback: errback)
    case .fired(let id, let what): .fired(deferred(id), outcome(what))
    case .entered(let id, let index, let side, let what):
      .entered(deferred(id), stage: index, side, input: outcome(what))
    case .left(let id, let index, let side, let how): .left(deferred(id), stage: index, side, end(how))
    case .passedThrough(let id, let index, let side): .passedThrough(deferred(id), stage: index, side)
    case .waits(let outer, let inner, let index):
      .waits(outer: deferred(outer), inner: deferred(inner), innerStage: index)
    case .took(let outer, let inner, let what):
      .took(outer: deferred(outer), inner: deferred(inner), outcome(what))
    case .resumed(let outer, let inner, let index, let what):
      .resumed(outer: deferred(outer), inner: deferred(inner), innerStage: index, outcome(what))
    case .read(let id, let what, let leavesEmpty):
      .read(deferred(id), outcome(what), leavesEmpty: leavesEmpty)
    case .paused(let id, let count): .paused(deferred(id), count: count)
    case .unpaused(let id, let count): .unpaused(deferred(id), count: count)
    case .settled(let id, let what): .settled(deferred(id), outcome(what))
    case .collected(let id): .collected(deferred(id))
    case .unhandled(let id, let what): .unhandled(deferred(id), failure(what))
    default: unwinding(event)
    }
  }

  private func unwinding(_ event: Event) -> Event {
    switch event {
    case .failureBorn(let id, let type, let parents, let message, let from):
      .failureBorn(failure(id), type: type, parents: parents, message: message, from: failure(from))
    case .trapAsked(let id, let types, let matched): .trapAsked(failure(id), types: types, matched: matched)
    case .cancelAsked(let id): .cancelAsked(deferred(id))
    case .cancelPassedOn(let from, let to): .cancelPassedOn(from: deferred(from), to: deferred(to))
    case .cancellerEntered(let id): .cancellerEntered(deferred(id))
    case .cancellerLeft(let id, let raised): .cancellerLeft(deferred(id), raised: failure(raised))
    case .lateResultSwallowed(let id, let what): .lateResultSwallowed(deferred(id), outcome(what))
    case .calledAgain(let id): .calledAgain(deferred(id))
    case .callEntered(let kind, let name, let input):
      .callEntered(kind: kind, name: name, input: input.map { outcome($0) })
    case .callLeft(let kind, let name, let how): .callLeft(kind: kind, name: name, end(how))
    case .groupMade(let id, let kind, let members):
      .groupMade(deferred(id), kind: kind, members: members.map { deferred($0) })
    case .slotFilled(let id, let index, let what): .slotFilled(deferred(id), index: index, outcome(what))
    case .groupDecided(let id, let index): .groupDecided(deferred(id), index: index)
    case .generatorBegan(let id, let name): .generatorBegan(deferred(id), name: name)
    case .generatorYielded(let id, let on): .generatorYielded(deferred(id), on: on.map { deferred($0) })
    case .generatorResumed(let id, let what): .generatorResumed(deferred(id), outcome(what))
    case .generatorEnded(let id, let how): .generatorEnded(deferred(id), end(how))
    default: acting(event)
    }
  }

  private func acting(_ event: Event) -> Event {
    switch event {
    case .timerMade(let id, let due, let name, let what):
      .timerMade(timer(id), due: lag &+ due, name: timerName(name), deferred: what.map { deferred($0) })
    case .timerBegan(let id): .timerBegan(timer(id))
    case .timerEnded(let id, let raised): .timerEnded(timer(id), raised: failure(raised))
    case .timerCancelled(let id): .timerCancelled(timer(id))
    case .timerMoved(let id, let due): .timerMoved(timer(id), due: lag &+ due)
    case .loopStarted(let id, let name, let what, let interval, let now):
      .loopStarted(actor(id), name: name, deferred: deferred(what), interval: interval, now: now)
    case .loopTicked(let id, let number, let skipped):
      .loopTicked(actor(id), number: number, skipped: skipped)
    case .loopReset(let id): .loopReset(actor(id))
    case .loopStopped(let id, let why): .loopStopped(actor(id), failure(why))
    case .taskMade(let id, let name, let cooperator): .taskMade(actor(id), name: name, cooperator: cooperator)
    case .taskPaused(let id, let count): .taskPaused(actor(id), count: count)
    case .taskResumed(let id, let count): .taskResumed(actor(id), count: count)
    case .taskEnded(let id, let why): .taskEnded(actor(id), why: failure(why))
    case .sharedChanged(let id, let kind, let name, let held, let waiting, let total, let turn):
      .sharedChanged(
        actor(id), kind: kind, name: name, held: held, waiting: waiting, total: total,
        turn: turn.map { $0.of(deferred($0.deferred)) })
    case .note(let kind, let who, let text, let about):
      .note(kind: kind, who: who, text: text, failure(about))
    default: event
    }
  }
}
