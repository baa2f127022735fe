import Testing

@testable import Traces

/// What coroutines and generators wait for, and what they take from it.
@Suite struct AwaitTests {
  /// `outer`, a coroutine, waits for `inner`, another one, which waits for `last`.
  private func awaiting() -> Tale {
    var tale = Tale()
    for (id, name) in ["outer", "inner"].enumerated() {
      tale.tell(
        .made(id, origin: "generator", name: name, hasCanceller: true), .generatorBegan(id, name: name))
    }
    tale.tell(
      .made(2, origin: "deferred", name: "last", hasCanceller: false), .generatorYielded(1, on: 2),
      .generatorYielded(0, on: 1))
    return tale
  }

  /// What `inner` waited for fails, and so does `inner`.
  private func failing() -> Tale {
    var tale = awaiting()
    tale.tell(
      .failureBorn(0, type: "KeyError", parents: [], message: "", from: nil), .fired(2, .failure(0)),
      .generatorResumed(1, .failure(0)), .settled(2, .value(.none)), .generatorEnded(1, .raised(0)),
      .fired(1, .failure(0)), .generatorResumed(0, .failure(0)), .settled(1, .value(.none)))
    return tale
  }

  @Test func `a coroutine stands under what it waits for, and its chain waits for nothing`() {
    let world = awaiting().world
    #expect(Array(world.roots) == [2] && Array(world.waiting) == [0, 1])
    #expect(world.deferreds[0].waitsFor == 1 && world.deferreds[1].waitsFor == 2)
    #expect(world.deferreds[1].waiters == [0] && world.deferreds[2].waiters == [1])
    #expect(world.deferreds[0].waitsOn == nil && world.deferreds[0].pauseCount == 0)
  }

  @Test(arguments: [
    Event.generatorResumed(1, .value(.none)), .generatorEnded(1, .returned(.none)), .fired(1, .value(.none)),
    .generatorYielded(1, on: nil),
  ])
  func `a coroutine that goes on waits no longer`(event: Event) {
    var tale = awaiting()
    tale.tell(event)
    #expect(Array(tale.world.waiting) == [0] && Array(tale.world.roots) == [1, 2])
    #expect(tale.world.deferreds[1].waitsFor == nil && tale.world.deferreds[2].waiters.isEmpty)
  }

  @Test func `pausing a coroutine's Deferred does not end its wait`() {
    var tale = awaiting()
    tale.tell(.paused(1, count: 1), .unpaused(1, count: 0))
    #expect(tale.world.deferreds[1].waitsFor == 2 && tale.world.deferreds[1].pauseCount == 0)
  }

  @Test func `coroutines that wait for each other keep a root, so that a tree shows them`() {
    var tale = awaiting()
    tale.tell(.generatorYielded(1, on: 0))
    #expect(Array(tale.world.roots) == [1, 2])
    tale.tell(.generatorYielded(1, on: 1))
    #expect(Array(tale.world.roots) == [1, 2], "one that waits for itself too")
  }

  @Test func `one that was cancelled and cleans up waits as its chain does`() {
    var tale = awaiting()
    tale.tell(.made(3, origin: "generator", name: "cancelled generator 3", hasCanceller: false))
    let id = tale.world.deferreds.first { $0.waitsFor != nil }?.id ?? 0
    let awaited = tale.world.deferreds[id].waitsFor ?? 0
    tale.tell(.generatorResumed(id, .value(.none)), .waits(outer: id, inner: 3, innerStage: 0))
    tale.tell(.generatorYielded(id, on: awaited))
    #expect(tale.world.deferreds[id].waitsOn == 3 && tale.world.deferreds[id].pauseCount == 1)
    tale.tell(.generatorResumed(id, .value(.none)))
    #expect(tale.world.deferreds[id].waitsOn == 3)
  }

  @Test func `a Failure that a waiting coroutine takes is still how that Deferred ended`() {
    var tale = failing()
    tale.tell(.generatorEnded(0, .text("caught")), .fired(0, .text("caught")))
    let world = tale.world
    #expect(world.deferreds.map(\.passedOn) == [nil, 0, 0])
    #expect(world.deferreds.map(\.passedTo) == [nil, 0, 1])
    #expect(world.deferreds[1].result == .value(.none))
  }

  @Test func `a Failure that a waiting chain takes is still how that Deferred ended`() {
    var tale = Tale.failing(stages: 0)
    tale.tell(.made(1, origin: "deferred", name: "outer", hasCanceller: false))
    tale.call(1, 0, .callback, .text("1")) { _ in .returnedDeferred(0) }
    tale.tell(.took(outer: 1, inner: 0, .failure(0)))
    #expect(tale.world.deferreds[0].passedOn == 0 && tale.world.deferreds[0].passedTo == 1)
    #expect(tale.world.deferreds[1].passedOn == nil)
  }

  @Test func `places count those that passed their Failure on apart from those that have one`() {
    var tale = failing()
    func counts() -> [[Int]] { tale.world.sites.map { [$0.made, $0.fired, $0.failed, $0.passedOn] } }
    #expect(counts() == [[1, 0, 0, 0], [1, 1, 0, 1], [1, 1, 0, 1]])
    tale.call(1, 0, .callback, .value(.none)) { _ in .raised(0) }
    #expect(counts()[1] == [1, 1, 1, 0], "it has failed again")
  }

  @Test func `a member that gave its group a Failure, and keeps none, has passed that on`() {
    var tale = Tale.failing(stages: 0)
    tale.tell(
      .made(1, origin: "list", name: "all", hasCanceller: false), .groupMade(1, kind: "list", members: [0]),
      .entered(0, stage: 0, .errback, input: .failure(0)), .slotFilled(1, index: 0, .failure(0)),
      .left(0, stage: 0, .errback, .returned(.none)))
    let member = tale.world.deferreds[0]
    #expect(member.passedOn == 0 && member.passedTo == 1)
    #expect(tale.world.sites.map(\.passedOn) == [1, 0])
    // One whose own errback has it after that has not.
    var own = Tale.failing(stages: 0)
    own.tell(
      .made(1, origin: "list", name: "all", hasCanceller: false), .groupMade(1, kind: "list", members: [0]),
      .entered(0, stage: 0, .errback, input: .failure(0)), .slotFilled(1, index: 0, .failure(0)),
      .left(0, stage: 0, .errback, .returnedFailure(0)))
    own.call(0, 1, .errback, .failure(0)) { _ in .returned(.none) }
    #expect(own.world.deferreds[0].passedOn == nil && own.world.sites.map(\.passedOn) == [0, 0])
  }

  @Test func `one that got a result of its own since, or whose Failure came from elsewhere, passed none on`()
  {
    var tale = failing()
    tale.call(1, 0, .callback, .value(.none)) { _ in .text("42") }
    tale.tell(.settled(1, .text("42")))
    #expect(tale.world.deferreds[1].passedOn == nil)
    #expect(tale.world.sites.map(\.passedOn) == [0, 0, 1])
    var other = Tale()
    other.tell(
      .made(0, origin: "deferred", name: "inner", hasCanceller: false),
      .made(1, origin: "generator", name: "co 1", hasCanceller: false), .generatorBegan(1, name: "co"),
      .generatorYielded(1, on: 0), .fired(0, .text("1")),
      .failureBorn(0, type: "KeyError", parents: [], message: "", from: nil),
      .generatorResumed(1, .failure(0)))
    #expect(other.world.deferreds[0].passedOn == nil)
  }

  @Test(arguments: 0..<5)
  func `in nonsense too, who waits for a Deferred is among those that wait for it`(seed: Int) {
    let world = World(after: Nonsense.records(500, seed: UInt64(seed)))
    for state in world.deferreds {
      #expect(state.waiters.allSatisfy { world.deferreds[$0].waitsFor == state.id })
      #expect(state.waitsFor.map { world.deferreds[$0].waiters.contains(state.id) } ?? true)
      #expect(state.passedTo.map { world.deferreds.indices.contains($0) } ?? true)
    }
    #expect(world.waiting.allSatisfy { world.deferreds[$0].waitsFor != nil })
  }
}
