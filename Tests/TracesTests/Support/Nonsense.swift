import Traces

/// Records without rhyme or reason: ids never made, ends without beginnings, times that run backwards.
enum Nonsense {
  static func records(_ count: Int, seed: UInt64) -> [Record] {
    var dice = Dice(seed)
    return (0..<count).map { _ in
      Record(
        time: Int64.random(in: -5...2_000_000, using: &dice), depth: Int.random(in: -2...9, using: &dice),
        event: event(&dice))
    }
  }

  /// Mostly small, so that records meet; now and then absurd.
  private static func id(_ dice: inout Dice) -> Int {
    let absurd = [-1, Int.min, Int.max, 1 << 40, 5000]
    if Int.random(in: 0..<40, using: &dice) == 0 { return absurd.randomElement(using: &dice) ?? 0 }
    return Int.random(in: 0..<12, using: &dice)
  }

  private static func outcome(_ dice: inout Dice) -> Outcome {
    switch Int.random(in: 0..<4, using: &dice) {
    case 0: .failure(id(&dice))
    case 1: .deferred(id(&dice))
    case 2: .value(.none)
    default: .text("'x'")
    }
  }

  private static func end(_ dice: inout Dice) -> HandlerEnd {
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: .returnedDeferred(id(&dice))
    case 1: .returnedFailure(id(&dice))
    case 2: .raised(id(&dice))
    case 3: .returned(.none)
    default: .text("'y'")
    }
  }

  private static func side(_ dice: inout Dice) -> Side { Bool.random(using: &dice) ? .callback : .errback }

  private static func kind(_ dice: inout Dice) -> StageKind {
    switch Int.random(in: 0..<6, using: &dice) {
    case 0: .timeout(3)
    case 1: .chainTo(id(&dice))
    case 2: .slot(group: id(&dice), index: id(&dice))
    case 3: .resumes(id(&dice))
    case 4: .library("work")
    default: .handlers
    }
  }

  private static func event(_ dice: inout Dice) -> Event {
    let (a, b, c) = (id(&dice), id(&dice), id(&dice))
    switch Int.random(in: 0..<30, using: &dice) {
    case 0: return .made(a, origin: "deferred", name: nil, hasCanceller: false)
    case 1: return .named(a, "n\(b)")
    case 2: return .stageAdded(a, index: b, kind(&dice), callback: "f", errback: nil)
    case 3: return .fired(a, outcome(&dice))
    case 4, 5, 6: return .entered(a, stage: b, side(&dice), input: outcome(&dice))
    case 7, 8, 9: return .left(a, stage: b, side(&dice), end(&dice))
    case 10: return .passedThrough(a, stage: b, side(&dice))
    case 11, 12: return .waits(outer: a, inner: b, innerStage: c)
    case 13: return .took(outer: a, inner: b, outcome(&dice))
    case 14, 15: return .resumed(outer: a, inner: b, innerStage: c, outcome(&dice))
    case 16: return .read(a, outcome(&dice), leavesEmpty: Bool.random(using: &dice))
    case 17: return .paused(a, count: b)
    case 18: return .settled(a, outcome(&dice))
    case 19: return .unhandled(a, b)
    default: return other(&dice, a, b, c)
    }
  }

  private static func other(_ dice: inout Dice, _ a: Int, _ b: Int, _ c: Int) -> Event {
    switch Int.random(in: 0..<27, using: &dice) {
    case 0: .failureBorn(a, type: "T", parents: [], message: "m", from: b)
    case 1: .trapAsked(a, types: ["T"], matched: Bool.random(using: &dice) ? "T" : nil)
    case 2: .cancelAsked(a)
    case 3: .cancelPassedOn(from: a, to: b)
    case 4: .cancellerEntered(a)
    case 5: .cancellerLeft(a, raised: b)
    case 6: .lateResultSwallowed(a, outcome(&dice))
    case 7: .calledAgain(a)
    case 8: .callEntered(kind: "later", name: "f", input: outcome(&dice))
    case 9: .callLeft(kind: "later", name: "f", end(&dice))
    case 10:
      .timerMade(
        a, due: Int64(truncatingIfNeeded: b), name: b % 2 == 0 ? "cancel of Deferred \(c)" : nil,
        deferred: b % 3 == 0 ? nil : c)
    case 11: .timerBegan(a)
    case 12: .timerEnded(a, raised: b)
    case 13: .timerCancelled(a)
    case 14: .timerMoved(a, due: Int64(truncatingIfNeeded: c))
    case 15: .loopStarted(a, name: "l", deferred: b, interval: 1, now: true)
    case 16: .loopTicked(a, number: b, skipped: c)
    case 17: .loopStopped(a, b)
    case 18: .taskMade(a, name: "t", cooperator: "c")
    case 19: .taskEnded(a, why: b)
    case 20: .groupMade(a, kind: "list", members: [a, b, c])
    case 21: .slotFilled(a, index: b, outcome(&dice))
    case 22: .groupDecided(a, index: b)
    case 23: .generatorResumed(a, outcome(&dice))
    case 24: .generatorEnded(a, end(&dice))
    case 25:
      .sharedChanged(
        a, kind: "lock", name: "s", held: 1, waiting: 0, total: 1,
        turn: [nil, .asked(c), .given(c), .gaveUp(c)][abs(b % 4)])
    default: .note(kind: "error", who: "w", text: "t", a)
    }
  }
}
