import Testing

@testable import Traces

/// Traces that tell what can't be, or begin after what they tell of.
@Suite struct ContradictionTests {
  @Test func `what is made or born twice is told, at the first such step`() {
    var tale = Tale()
    tale.tell(.made(0, origin: "deferred", name: nil, hasCanceller: false))
    tale.tell(.failureBorn(0, type: "T", parents: [], message: "", from: nil))
    #expect(tale.world.contradictedAt == 0)
    tale.tell(.failureBorn(0, type: "T", parents: [], message: "", from: nil))
    tale.tell(.made(0, origin: "deferred", name: nil, hasCanceller: false))
    #expect(tale.world.contradictedAt == 3)
  }

  @Test func `who is dropped with a Failure had fired, and the Failure was there when it is first told of`() {
    var tale = Tale()
    tale.tell(.collected(0), .unhandled(0, 0))
    let world = tale.world
    #expect(world.deferreds[0].isFired && world.unfired.isEmpty)
    #expect(world.failures[0].bornAt == 0 && world.failures[0].firstToldAt == 2)
    #expect(world.contradictedAt == 0)
  }

  @Test func `a Deferred that was found is not told as made`() {
    let record = Record(time: 0, event: .made(0, origin: "found", name: "page", hasCanceller: false))
    let sentence = Narrator().sentence(for: record, in: World(after: [record]))
    #expect(sentence == "page is found: it was made before the recording began.")
  }
}
