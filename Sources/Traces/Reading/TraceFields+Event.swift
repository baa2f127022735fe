/// The written names of events, read; `JSONLine+Event` is the other way.
extension TraceFields {
  /// - Returns: nil for a kind of event that this version does not know.
  func event() throws(JSONFault) -> Event? {
    let kind = try text(.e)
    return switch kind {
    case "made":
      .made(
        try int(.d), origin: try text(ifAny: .origin) ?? "deferred", name: try text(ifAny: .name),
        hasCanceller: try flag(.canceller))
    case "named": .named(try int(.d), try text(.name))
    case "stage":
      .stageAdded(
        try int(.d), index: try int(.i), try stageKind(), callback: try text(ifAny: .callback),
        errback: try text(ifAny: .errback))
    case "fired": .fired(try int(.d), try outcome())
    case "entered": .entered(try int(.d), stage: try int(.i), try side(), input: try outcome())
    case "left": .left(try int(.d), stage: try int(.i), try side(), try handlerEnd())
    case "passed": .passedThrough(try int(.d), stage: try int(.i), try side())
    case "paused": .paused(try int(.d), count: try int(.count))
    case "unpaused": .unpaused(try int(.d), count: try int(.count))
    case "settled": .settled(try int(.d), try outcome())
    case "collected": .collected(try int(.d))
    case "unhandled": .unhandled(try int(.d), try int(.f))
    default: try eventBetween(kind)
    }
  }

  /// Between Deferreds, of Failures, of cancelling.
  private func eventBetween(_ kind: String) throws(JSONFault) -> Event? {
    switch kind {
    case "waits": .waits(outer: try int(.d), inner: try int(.on), innerStage: try int(.i))
    case "took": .took(outer: try int(.d), inner: try int(.from), try outcome())
    case "resumed":
      .resumed(outer: try int(.d), inner: try int(.from), innerStage: try int(.i), try outcome())
    case "read": .read(try int(.d), try outcome(), leavesEmpty: try flag(.empties))
    case "born":
      .failureBorn(
        try int(.f), type: try text(.type), parents: has(.parents) ? try texts(.parents) : [],
        message: try text(ifAny: .message) ?? "", from: try int(ifAny: .from))
    case "trap": .trapAsked(try int(.f), types: try texts(.types), matched: try text(ifAny: .matched))
    case "cancel": .cancelAsked(try int(.d))
    case "cancel_passed": .cancelPassedOn(from: try int(.d), to: try int(.to))
    case "canceller": .cancellerEntered(try int(.d))
    case "canceller_left": .cancellerLeft(try int(.d), raised: try int(ifAny: .raised))
    case "late": .lateResultSwallowed(try int(.d), try outcome())
    case "called_again": .calledAgain(try int(.d))
    default: try eventAround(kind)
    }
  }

  /// Calls, time, groups, generators, notes.
  private func eventAround(_ kind: String) throws(JSONFault) -> Event? {
    switch kind {
    case "call":
      .callEntered(kind: try text(.kind), name: try text(.name), input: hasOutcome ? try outcome() : nil)
    case "call_left": .callLeft(kind: try text(.kind), name: try text(.name), try handlerEnd())
    case "clock": .clockAdvanced
    case "timer":
      .timerMade(
        try int(.timer), due: try number(.due), name: try text(ifAny: .name), deferred: try int(ifAny: .d))
    case "timer_began": .timerBegan(try int(.timer))
    case "timer_ended": .timerEnded(try int(.timer), raised: try int(ifAny: .raised))
    case "timer_cancelled": .timerCancelled(try int(.timer))
    case "timer_moved": .timerMoved(try int(.timer), due: try number(.due))
    case "group": .groupMade(try int(.d), kind: try text(.kind), members: try numbers(.members))
    case "slot": .slotFilled(try int(.d), index: try int(.i), try outcome())
    case "decided": .groupDecided(try int(.d), index: try int(ifAny: .i))
    case "generator": .generatorBegan(try int(.d), name: try text(.name))
    case "yielded": .generatorYielded(try int(.d), on: try int(ifAny: .on))
    case "generator_resumed": .generatorResumed(try int(.d), try outcome())
    case "generator_ended": .generatorEnded(try int(.d), try handlerEnd())
    case "note":
      .note(kind: try text(.kind), who: try text(.name), text: try text(.text), try int(ifAny: .f))
    case "dropped": .dropped(try lost())
    default: try actorEvent(kind)
    }
  }

  /// Loops, tasks, and what is shared.
  private func actorEvent(_ kind: String) throws(JSONFault) -> Event? {
    switch kind {
    case "loop":
      .loopStarted(
        try int(.actor), name: try text(.name), deferred: try int(.d), interval: try number(.interval),
        now: try flag(.now))
    case "tick":
      .loopTicked(try int(.actor), number: try int(.number), skipped: try int(ifAny: .skipped) ?? 0)
    case "loop_reset": .loopReset(try int(.actor))
    case "loop_stopped": .loopStopped(try int(.actor), try int(ifAny: .f))
    case "task": .taskMade(try int(.actor), name: try text(.name), cooperator: try text(.cooperator))
    case "task_paused": .taskPaused(try int(.actor), count: try int(.count))
    case "task_resumed": .taskResumed(try int(.actor), count: try int(.count))
    case "task_ended": .taskEnded(try int(.actor), why: try int(ifAny: .f))
    case "shared":
      .sharedChanged(
        try int(.actor), kind: try text(.kind), name: try text(.name), held: try int(.held),
        waiting: try int(.waiting), total: try int(ifAny: .total), turn: try turn())
    default: nil
    }
  }

  // MARK: Parts

  private var hasOutcome: Bool { has(.v) || has(.vf) || has(.vd) }

  private func outcome() throws(JSONFault) -> Outcome {
    if let failure = try int(ifAny: .vf) { return .failure(failure) }
    if let deferred = try int(ifAny: .vd) { return .deferred(deferred) }
    return .value(try value())
  }

  private func value() throws(JSONFault) -> ValueText { ValueText(try text(.v), isCut: try flag(.cut)) }

  private func handlerEnd() throws(JSONFault) -> HandlerEnd {
    if try text(.end) == "raised" { return .raised(try int(.vf)) }
    if let failure = try int(ifAny: .vf) { return .returnedFailure(failure) }
    if let deferred = try int(ifAny: .vd) { return .returnedDeferred(deferred) }
    return .returned(try value())
  }

  private func lost() throws(JSONFault) -> Int {
    let count = try int(.count)
    guard count > 0 else { throw wrong(.count, "how many are missing, 1 at least") }
    return count
  }

  private func turn() throws(JSONFault) -> SharedTurn? {
    if let given = try int(ifAny: .to) { return .given(given) }
    if let gone = try int(ifAny: .from) { return .gaveUp(gone) }
    return try int(ifAny: .d).map { .asked($0) }
  }

  private func side() throws(JSONFault) -> Side {
    guard let side = Side(rawValue: try text(.side)) else { throw wrong(.side, "`callback` or `errback`") }
    return side
  }

  private func stageKind() throws(JSONFault) -> StageKind {
    if let time = try number(ifAny: .timeout) { return .timeout(time) }
    if let id = try int(ifAny: .chain_to) { return .chainTo(id) }
    if let group = try int(ifAny: .slot_of) { return .slot(group: group, index: try int(.slot)) }
    if let id = try int(ifAny: .resumes) { return .resumes(id) }
    if let what = try text(ifAny: .library) { return .library(what) }
    return .handlers
  }
}
