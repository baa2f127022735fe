import Testing

@testable import Traces

/// A Failure is one object, which may be given to any number of Deferreds: it has ended when none has it.
@Suite struct HolderTests {
  /// A Deferred `d` with an errback `e0` that has a Failure, and others: `a 1`, `b 2`.
  private func failing() -> Tale {
    var tale = Tale.failing()
    for (id, name) in [(1, "a 1"), (2, "b 2")] {
      tale.tell(.made(id, origin: "deferred", name: name, hasCanceller: false))
    }
    return tale
  }

  private func give(to id: DeferredID, _ tale: inout Tale) {
    tale.tell(.fired(id, .failure(0)), .settled(id, .failure(0)))
  }

  /// An errback of `id` that asks for the type and gives 5; the Deferred is fired with the Failure.
  private func trap(in id: DeferredID, _ tale: inout Tale) {
    tale.tell(
      .stageAdded(id, index: 0, .handlers, callback: nil, errback: "ok"), .fired(id, .failure(0)))
    tale.call(id, 0, .errback, .failure(0)) { tale in
      tale.tell(.trapAsked(0, types: ["KeyError"], matched: "KeyError"))
      return .text("5")
    }
    tale.tell(.settled(id, .text("5")))
  }

  private func stories(_ tale: Tale) -> Stories { Stories(world: tale.world, isComplete: true) }

  private let unnoticed = "At the end nobody has handled it in a 1, or noticed."

  @Test func `what a handler kept and gave away later goes on there`() {
    var tale = failing()
    tale.call(0, 0, .errback, .failure(0)) { _ in .returned(.none) }
    let ref = StageRef(deferred: 0, stage: 0, side: .errback)
    #expect(tale.world.failures[0].fate == .swallowed(ref))
    give(to: 1, &tale)
    #expect(
      tale.world.failures[0].fate == .travelling && stories(tale).holders(of: tale.world.failures[0]) == [1])
    #expect(stories(tale).kin.map(\.concern) == [.travelling])
    #expect(
      stories(tale).why(0).dropFirst() == [
        "Step 7: e0 of d was done with it, and gave none; it went on elsewhere.",
        "Step 9: a 1 was fired with it.", unnoticed,
      ])
    // A stage without an errback changes nothing.
    tale.tell(
      .stageAdded(1, index: 0, .handlers, callback: "c", errback: nil), .passedThrough(1, stage: 0, .errback))
    #expect(
      stories(tale).why(0).suffix(2) == [
        "Step 12: stage 0 of a 1 has no errback, so it passed through.", unnoticed,
      ])
    // And one that traps it ends it.
    tale.tell(.stageAdded(1, index: 1, .handlers, callback: nil, errback: "late"))
    tale.call(1, 1, .errback, .failure(0)) { _ in .text("3") }
    #expect(stories(tale).kin.map(\.concern) == [.handled])
  }

  @Test(arguments: [[1, 2], [2, 1]])
  func `handled on one way, it is alive on the other, whichever came first`(order: [DeferredID]) {
    var tale = failing()
    tale.call(0, 0, .errback, .failure(0)) { tale in
      for id in order { if id == 1 { trap(in: 1, &tale) } else { give(to: 2, &tale) } }
      return .returned(.none)
    }
    let told = stories(tale)
    #expect(tale.world.failures[0].fate == .travelling && told.kin.map(\.concern) == [.travelling])
    let lines = told.why(0)
    #expect(lines.contains { $0.hasSuffix("b 2 was fired with it.") }, "\(lines)")
    #expect(lines.contains { $0.hasSuffix("ok of a 1 trapped it, asking for KeyError, and gave 5.") })
    #expect(lines.last == "At the end nobody has handled it in b 2, or noticed.")
    tale.tell(.unhandled(2, 0))
    #expect(stories(tale).kin.map(\.concern) == [.unhandled])
    #expect(
      stories(tale).why(0).contains { $0.hasSuffix("b 2 was fired with it.") }, "also before its last stop")
  }

  @Test(arguments: [true, false])
  func `given away and passed on, or another raised in its place, it is alive where it was given`(
    isRaised: Bool
  ) {
    var tale = failing()
    tale.tell(.stageAdded(0, index: 1, .handlers, callback: nil, errback: "last"))
    tale.call(0, 0, .errback, .failure(0)) { tale in
      give(to: 1, &tale)
      guard isRaised else { return .returnedFailure(0) }
      tale.tell(.failureBorn(1, type: "OSError", parents: [], message: "", from: 0))
      return .raised(1)
    }
    tale.call(0, 1, .errback, .failure(isRaised ? 1 : 0)) { _ in .text("7") }
    #expect(tale.world.failures[0].fate == .travelling)
    let lines = stories(tale).why(0)
    #expect(lines.contains("Step 9: a 1 was fired with it."))
    #expect(lines.last == "At the end nobody has handled it in a 1, or noticed.")
  }

  @Test func `each that was dropped with it is told, and stays so whatever another makes of it`() {
    var tale = failing()
    tale.call(0, 0, .errback, .failure(0)) { tale in
      give(to: 1, &tale)
      give(to: 2, &tale)
      return .returned(.none)
    }
    tale.tell(.unhandled(1, 0))
    #expect(
      stories(tale).why(0).suffix(2) == [
        "Nobody was left to handle it in a 1: reported unhandled at step 13.",
        "At the end nobody has handled it in b 2 either.",
      ])
    var handled = tale
    handled.tell(.stageAdded(2, index: 0, .handlers, callback: nil, errback: "late"))
    handled.call(2, 0, .errback, .failure(0)) { _ in .text("3") }
    #expect(handled.world.failures[0].fate == .unhandled(1), "the log has said so")
    tale.tell(.unhandled(2, 0))
    #expect(
      stories(tale).why(0).dropFirst(2) == [
        "Steps 8 to 10: a 1 and b 2 were fired with it.",
        "Nobody was left to handle it in a 1 and b 2: reported unhandled at step 13.",
      ])
  }

  @Test func `what was logged and given away is told with who has it`() {
    var tale = failing()
    tale.call(0, 0, .errback, .failure(0)) { tale in
      tale.tell(.note(kind: "error", who: "log", text: "", 0))
      give(to: 1, &tale)
      return .returned(.none)
    }
    #expect(tale.world.failures[0].fate == .logged)
    #expect(
      stories(tale).why(0).suffix(3) == [
        "Step 9: a 1 was fired with it.", "It was logged at step 8.",
        "At the end nobody has handled it in a 1.",
      ])
  }

  @Test func `who was given it without having met it before is told with that`() {
    var tale = Tale.failing(stages: 0)
    tale.tell(.settled(0, .failure(0)), .unhandled(0, 0))
    #expect(
      stories(tale).why(0).dropFirst() == [
        "Step 3: d was fired with it.", "Nobody was left to handle it in d: reported unhandled at step 5.",
      ])
    // Of the coroutine that raised it that goes without saying.
    var own = Tale()
    own.tell(
      .made(0, origin: "generator", name: "co 0", hasCanceller: false), .generatorBegan(0, name: "co"),
      .failureBorn(0, type: "KeyError", parents: [], message: "", from: nil), .generatorEnded(0, .raised(0)),
      .fired(0, .failure(0)), .unhandled(0, 0))
    #expect(stories(own).why(0).count == 2)
  }

  @Test func `of many that are given it one line tells`() {
    var tale = Tale.failing(stages: 1)
    for id in 1...9 { tale.tell(.made(id, origin: "deferred", name: "w \(id)", hasCanceller: false)) }
    tale.call(0, 0, .errback, .failure(0)) { tale in
      for id in 1...9 { give(to: id, &tale) }
      return .returned(.none)
    }
    #expect(
      stories(tale).why(0).contains("Steps 15 to 31: w 1, w 2, w 3, w 4, w 5 and 4 more were fired with it."))
  }

  /// A coroutine waits for `d`, which has failed already, and reads that.
  private func reading() -> Tale {
    var tale = Tale.failing(stages: 0)
    tale.tell(
      .settled(0, .failure(0)), .made(1, origin: "generator", name: "co 1", hasCanceller: false),
      .generatorBegan(1, name: "co"), .read(0, .failure(0), leavesEmpty: false))
    return tale
  }

  @Test func `a coroutine that reads a Failure has caught it, though the Deferred keeps its result`() {
    var tale = reading()
    #expect(tale.world.failures[0].fate == .consumed(by: 1) && tale.world.failures[0].holderCount == 0)
    #expect(tale.world.failed.isEmpty && tale.world.deferreds[0].passedTo == 1)
    #expect(tale.world.sites.map(\.passedOn) == [1, 0])
    #expect(stories(tale).why(0).last == "co 1 caught it, at step 7.")
    // Without an errback the next stage leaves it to its chain again.
    var kept = tale
    kept.tell(
      .stageAdded(0, index: 0, .handlers, callback: "c", errback: nil), .passedThrough(0, stage: 0, .errback))
    #expect(kept.world.failures[0].fate == .travelling && kept.world.failed.contains(0))
    tale.tell(.generatorEnded(1, .raised(0)), .fired(1, .failure(0)))
    #expect(tale.world.failures[0].fate == .travelling)
    #expect(stories(tale).holders(of: tale.world.failures[0]) == [1])
  }

  @Test(arguments: 0..<20)
  func `in nonsense too, a Failure has as many holders as there are Deferreds that hold it`(seed: Int) {
    let world = World(after: Nonsense.records(500, seed: UInt64(seed)))
    var counts: [FailureID: Int] = [:]
    for state in world.deferreds where state.isHolder { counts[state.failure ?? -1, default: 0] += 1 }
    for failure in world.failures { #expect(failure.holderCount == counts[failure.id, default: 0]) }
    #expect(counts[-1] == nil)
  }
}
