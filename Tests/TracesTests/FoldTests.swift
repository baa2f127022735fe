import Testing

@testable import Traces

// MARK: Failures and handlers

@Test func `a handler that asks for the type traps the Failure by it`() {
  var tale = Tale.failing()
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.trapAsked(0, types: ["LookupError"], matched: "LookupError"))
    return .text("1")
  }
  let ref = StageRef(deferred: 0, stage: 0, side: .errback)
  let passage = tale.world.deferreds[0].stages[0].passage
  #expect(passage?.state == .trapped(by: "LookupError"))
  #expect(passage?.output == .text("1") && passage?.leftAt == 7)
  #expect(tale.world.failures[0].fate == .trapped(ref, by: "LookupError"))
  #expect(tale.world.failures[0].journey.map(\.what) == [.trapped(by: "LookupError")])
}

@Test func `an errback that asks for nothing and gives none swallows the Failure`() {
  var tale = Tale.failing()
  tale.call(0, 0, .errback, .failure(0)) { _ in .returned(.none) }
  let passage = tale.world.deferreds[0].stages[0].passage
  #expect(passage?.state == .trapped(by: nil) && passage?.isSwallowed == true)
  #expect(tale.world.failures[0].fate == .swallowed(StageRef(deferred: 0, stage: 0, side: .errback)))
}

@Test func `an errback that asks for nothing and gives a value has trapped the Failure`() {
  var tale = Tale.failing()
  tale.call(0, 0, .errback, .failure(0)) { _ in .text("2") }
  #expect(tale.world.deferreds[0].stages[0].passage?.isSwallowed == false)
  #expect(tale.world.failures[0].fate == .trapped(StageRef(deferred: 0, stage: 0, side: .errback), by: nil))
}

@Test func `a trap that does not match lets the Failure through`() {
  var tale = Tale.failing()
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.trapAsked(0, types: ["ValueError"], matched: nil))
    return .raised(0)
  }
  #expect(tale.world.deferreds[0].stages[0].passage?.state == .letThrough)
  #expect(tale.world.failures[0].journey.map(\.what) == [.notTrapped(types: ["ValueError"])])
  #expect(tale.world.failures[0].fate == .travelling)
}

@Test func `raising another type makes the Failure become that one`() {
  var tale = Tale.failing()
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.failureBorn(1, type: "OSError", parents: [], message: "", from: 0))
    return .raised(1)
  }
  let world = tale.world
  #expect(world.failures[0].fate == .became(1) && world.failures[0].journey.map(\.what) == [.became(1)])
  #expect(world.failures[1].bornIn == StageRef(deferred: 0, stage: 0, side: .errback))
  #expect(world.failures[1].from == 0 && world.failures[1].fate == .travelling)
  #expect(world.deferreds[0].stages[0].passage?.state == .raised)
}

/// A Failure that a stage of `d` hands to `next`, whose one errback gives something else for it.
private func handing(_ kind: StageKind) -> Tale {
  var tale = Tale.failing(stages: 0)
  tale.tell(
    .made(1, origin: "deferred", name: "next", hasCanceller: false),
    .stageAdded(0, index: 0, kind, callback: "give", errback: "give"),
    .stageAdded(1, index: 0, .handlers, callback: nil, errback: "rescue"))
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.fired(1, .failure(0)))
    tale.call(1, 0, .errback, .failure(0)) { _ in .text("2") }
    return .returned(.none)
  }
  return tale
}

@Test(arguments: [StageKind.chainTo(1), .handlers])
func `a stage that hands its Failure to another chain does not swallow it`(kind: StageKind) {
  let failure = handing(kind).world.failures[0]
  #expect(failure.fate == .trapped(StageRef(deferred: 1, stage: 0, side: .errback), by: nil))
  #expect(failure.journey.map(\.what) == [.handling, .trapped(by: nil)])
}

@Test func `a generator gets the Failure that was there before it waited`() {
  var tale = Tale.failing(stages: 0)
  tale.tell(
    .made(1, origin: "generator", name: "page", hasCanceller: false), .generatorBegan(1, name: "page"),
    .generatorYielded(1, on: 0),
    .stageAdded(0, index: 0, .library("inlineCallbacks"), callback: "page", errback: "page"))
  tale.call(0, 0, .errback, .failure(0)) { _ in .returned(.none) }
  tale.tell(.generatorResumed(1, .failure(0)))
  let failure = tale.world.failures[0]
  #expect(failure.journey.map(\.what) == [.movedTo(1)])
  #expect(failure.fate == .consumed(by: 1))
}

@Test func `what ran at its birth is known: a generator, a canceller, a timer`() {
  var tale = Tale()
  func bear(_ id: FailureID) {
    tale.tell(.failureBorn(id, type: "OSError", parents: [], message: "", from: nil))
  }
  tale.tell(.made(0, origin: "generator", name: "page", hasCanceller: true), .generatorBegan(0, name: "page"))
  bear(0)
  tale.tell(.generatorEnded(0, .raised(0)), .cancellerEntered(0))
  bear(1)
  tale.tell(.cancellerLeft(0, raised: 1), .timerMade(0, due: 0, name: "ring"), .timerBegan(0))
  bear(2)
  tale.tell(.timerEnded(0, raised: 2))
  bear(3)
  #expect(
    tale.world.failures.map(\.bornBy) == [
      .call(kind: "generator", name: "page"), .canceller(0), .timer(0), nil,
    ])
  #expect(tale.world.failures.allSatisfy { $0.bornIn == nil })
}

@Test func `a Failure passes through a stage without errback`() {
  var tale = Tale.failing()
  tale.tell(.passedThrough(0, stage: 0, .errback))
  let passage = tale.world.deferreds[0].stages[0].passage
  #expect(passage?.state == .passedThrough && passage?.input == .failure(0) && passage?.output == .failure(0))
  #expect(tale.world.failures[0].journey.map(\.what) == [.passedThrough])
}

@Test func `an unhandled Failure is in the log, and the Deferred remembers it`() {
  var tale = Tale.failing()
  tale.tell(.settled(0, .failure(0)), .unhandled(0, 0))
  #expect(tale.world.failures[0].fate == .unhandled(0) && tale.world.failures[0].fateAt == 6)
  #expect(tale.world.deferreds[0].unhandled == 0)
  #expect(tale.world.log.map(\.text) == ["KeyError boom"])
  #expect(tale.world.log.map(\.kind) == ["unhandled"])
}

@Test func `a list that consumes errors has the Failure, nobody else`() {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "deferred", name: "a", hasCanceller: false),
    .made(1, origin: "list", name: "all", hasCanceller: false),
    .groupMade(1, kind: "list", members: [0]),
    .stageAdded(0, index: 0, .slot(group: 1, index: 0), callback: "slot", errback: "slot"),
    .failureBorn(0, type: "E", parents: [], message: "", from: nil), .fired(0, .failure(0)))
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.slotFilled(1, index: 0, .failure(0)), .groupDecided(1, index: nil))
    return .returned(.none)
  }
  #expect(tale.world.failures[0].fate == .consumed(by: 1))
  #expect(tale.world.deferreds[1].group?.slots == [.failure(0)])
  #expect(tale.world.deferreds[1].group?.isDecided == true)
}

// MARK: Waiting

/// `outer` has a stage that returns `inner`, which has not fired.
private func waiting() -> Tale {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "deferred", name: "outer", hasCanceller: false),
    .made(1, origin: "deferred", name: "inner", hasCanceller: false),
    .stageAdded(0, index: 0, .handlers, callback: "ask", errback: nil), .fired(0, .text("1")))
  tale.call(0, 0, .callback, .text("1")) { _ in .returnedDeferred(1) }
  tale.tell(
    .stageAdded(1, index: 0, .resumes(0), callback: nil, errback: nil),
    .waits(outer: 0, inner: 1, innerStage: 0))
  return tale
}

@Test func `who waits has no result, and stands under whom it waits for`() {
  let world = waiting().world
  #expect(world.deferreds[0].waitsOn == 1 && world.deferreds[0].result == nil)
  #expect(world.deferreds[0].pauseCount == 1 && world.deferreds[0].currentStage == 0)
  #expect(Array(world.deferreds[1].waiters) == [0])
  #expect(world.deferreds[0].stages[0].passage?.state == .waiting(on: 1))
  #expect(Array(world.roots) == [1] && Array(world.waiting) == [0])
}

@Test func `who is resumed goes on with the result, and the inner is left with none`() {
  var tale = waiting()
  tale.tell(.fired(1, .text("2")), .resumed(outer: 0, inner: 1, innerStage: 0, .text("2")))
  let world = tale.world
  #expect(world.deferreds[0].stages[0].passage?.state == .gotFrom(1))
  #expect(world.deferreds[0].stages[0].passage?.output == .text("2"))
  #expect(world.deferreds[0].result == .text("2") && world.deferreds[0].waitsOn == nil)
  #expect(world.deferreds[0].pauseCount == 0)
  #expect(world.deferreds[1].result == .value(.none) && world.deferreds[1].waiters.isEmpty)
  #expect(Array(world.roots) == [0, 1] && world.waiting.isEmpty)
}

@Test func `a Failure moves to who waited for it`() {
  var tale = waiting()
  tale.tell(
    .failureBorn(0, type: "E", parents: [], message: "", from: nil), .fired(1, .failure(0)),
    .resumed(outer: 0, inner: 1, innerStage: 0, .failure(0)))
  #expect(tale.world.failures[0].journey.map(\.what) == [.movedTo(0)])
  #expect(Array(tale.world.failed) == [0])
}

@Test func `an inner with a result is taken from at once`() {
  var tale = Tale()
  tale.tell(.made(0, origin: "deferred", name: "outer", hasCanceller: false), .fired(1, .text("7")))
  tale.call(0, 0, .callback, .text("1")) { _ in .returnedDeferred(1) }
  tale.tell(.took(outer: 0, inner: 1, .text("7")))
  #expect(tale.world.deferreds[0].stages[0].passage?.state == .gotFrom(1))
  #expect(tale.world.deferreds[0].result == .text("7") && tale.world.deferreds[1].result == .value(.none))
}

@Test func `a circle of waiting keeps a root, so that a tree shows it`() {
  var tale = waiting()
  tale.tell(.waits(outer: 1, inner: 0, innerStage: 1))
  #expect(Array(tale.world.roots) == [1])
}

// MARK: Time, actors, notes

@Test func `pending timers come in the order in which they are due`() {
  var tale = Tale()
  tale.tell(
    .timerMade(0, due: 5, name: "a"), .timerMade(1, due: 3, name: "b"), .timerMade(2, due: 5, name: "c"),
    .timerMade(3, due: 1, name: "d"), .timerCancelled(3), .timerMoved(1, due: 9))
  #expect(tale.world.pendingTimers.map(\.id) == [0, 2, 1])
  tale.tell(.timerBegan(0))
  #expect(tale.world.frames == [.timer(0)] && tale.world.pendingTimers.map(\.id) == [2, 1])
  tale.tell(.timerEnded(0, raised: nil))
  #expect(tale.world.frames.isEmpty && tale.world.timers[0].state == .done)
}

@Test func `frames are what runs now, and end with the frame around them`() {
  var tale = Tale()
  tale.tell(
    .timerMade(0, due: 0, name: nil), .timerBegan(0),
    .callEntered(kind: "timeline", name: "timeline 0", input: nil),
    .entered(0, stage: 0, .callback, input: .text("1")))
  #expect(tale.world.frames.count == 3)
  tale.tell(.timerEnded(0, raised: nil))
  #expect(tale.world.frames.isEmpty)
}

@Test func `ticks count over all starts of a loop`() {
  var tale = Tale()
  for _ in 0..<2 {
    tale.tell(
      .loopStarted(0, name: "poll", deferred: 0, interval: 1_000_000, now: true),
      .loopTicked(0, number: 1, skipped: 0), .loopTicked(0, number: 2, skipped: 0), .loopStopped(0, nil))
  }
  #expect(tale.world.actors[0].kind == .loop(interval: 1_000_000, ticks: 4, isRunning: false))
}

@Test func `the last narration stands until the next`() {
  var tale = Tale()
  tale.tell(
    .note(kind: "say", who: "", text: "Look.", nil), .note(kind: "log", who: "poll", text: "tick", nil))
  #expect(tale.world.narration == "Look.")
  #expect(tale.world.log.map(\.kind) == ["say", "log"])
}

@Test func `a name that comes later is the first name, the next one is another`() {
  var tale = Tale()
  tale.tell(.made(0, origin: "deferred", name: nil, hasCanceller: true))
  #expect(tale.world.deferreds[0].name == "deferred 0")
  tale.tell(.named(0, "poem"), .named(0, "verse"), .named(0, "poem"))
  #expect(tale.world.deferreds[0].name == "poem" && tale.world.deferreds[0].otherNames == ["verse"])
}

// MARK: Nonsense

@Test func `things first seen in mid-life are made up`() {
  var tale = Tale()
  tale.tell(.left(3, stage: 2, .errback, .raised(1)))
  let world = tale.world
  #expect(world.deferreds.count == 4 && world.deferreds[3].stages.count == 3)
  #expect(world.deferreds[3].name == "deferred 3" && world.deferreds[3].madeAt == 0)
  #expect(world.failures.count == 2)
  #expect(world.deferreds[3].result == .failure(1))
}

@Test(arguments: [Int.max, Int.min, -1, 1 << 40, 100_000])
func `a hostile number costs no memory`(id: Int) {
  var tale = Tale()
  tale.tell(
    .made(id, origin: "x", name: nil, hasCanceller: false),
    .entered(0, stage: id, .callback, input: .deferred(id)),
    .failureBorn(id, type: "T", parents: [], message: "", from: id), .timerMade(id, due: .max, name: nil),
    .taskMade(id, name: "t", cooperator: "c"), .groupMade(0, kind: "list", members: [id]),
    .paused(0, count: id), .waits(outer: 0, inner: id, innerStage: id), .unhandled(id, id))
  let world = tale.world
  #expect(
    world.deferreds.count <= 1 && world.failures.isEmpty && world.timers.isEmpty && world.actors.isEmpty)
}

@Test func `a world only points at what it holds`() {
  for seed in 0..<10 {
    let world = World(after: Nonsense.records(500, seed: UInt64(seed)))
    for state in world.deferreds {
      #expect(state.waitsOn.map { world.deferreds.indices.contains($0) } ?? true)
      #expect(state.waiters.allSatisfy { world.deferreds[$0].waitsFor == state.id })
      for stage in state.stages {
        for case .failure(let id)? in [stage.passage?.input, stage.passage?.output] {
          #expect(world.failures.indices.contains(id))
        }
      }
    }
  }
}
