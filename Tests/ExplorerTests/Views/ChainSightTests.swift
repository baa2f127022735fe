import Screen
import Testing
import Traces

@testable import Explorer

/// What can still be reached, and what is known never to be.
@Suite struct ChainSightTests {
  private func sight(
    _ records: [Record], of id: DeferredID = 0, isEndKnown: Bool = false, at step: Int? = nil
  ) -> ChainSight {
    let world = World(after: Array(records.prefix(step ?? records.count)))
    let end = World(after: records)
    let scene = Scene(world: world, known: isEndKnown ? end : nil, isEndKnown: isEndKnown)
    return ChainSight(world.deferreds[id], in: scene)
  }

  private func look(_ sight: ChainSight, _ stage: Int) -> ChainSight.Look {
    sight.look(at: stage, reach: sight.reach(into: stage))
  }

  @Test func `before it fires everything is open`() {
    let sight = sight(PoemScene.records(), at: 4)
    #expect(look(sight, 0) == .init(callback: .open, errback: .open))
    #expect(look(sight, 2) == .init(callback: .open, errback: .open))
  }

  @Test func `a value can reach an errback only behind a callback that may raise`() {
    var script = RecordScript()
    let poem = script.make("poem")
    script.stage(poem, errback: "first")
    script.stage(poem, callback: "parse")
    script.stage(poem, errback: "second")
    script.say(.fired(poem, .text("1")))
    let sight = sight(script.records)
    #expect(look(sight, 0) == .init(callback: .open, errback: .closed))
    #expect(look(sight, 1) == .init(callback: .open, errback: .closed))
    #expect(look(sight, 2) == .init(callback: .open, errback: .open))
  }

  @Test func `a Failure can come back only behind an errback`() {
    var script = RecordScript()
    let poem = script.make("poem")
    script.stage(poem, callback: "parse")
    script.stage(poem, errback: "rescue")
    script.stage(poem, callback: "shout")
    let failure = script.failure("ValueError", "bad")
    script.say(.fired(poem, .failure(failure)))
    let sight = sight(script.records)
    #expect(look(sight, 0) == .init(callback: .closed, errback: .open))
    #expect(look(sight, 2) == .init(callback: .open, errback: .open))
  }

  @Test func `when the program has let go of it nothing can be reached`() {
    var script = RecordScript()
    let poem = script.make("poem")
    script.stage(poem, callback: "parse")
    script.say(.collected(poem))
    #expect(look(sight(script.records), 0) == .init(callback: .closed, errback: .closed))
  }

  @Test func `when the end is known the line that is not taken is never reached`() {
    let sight = sight(PoemScene.records(), isEndKnown: true, at: 9)
    #expect(look(sight, 0) == .init(callback: .open, errback: .never))
    #expect(look(sight, 1) == .init(callback: .never, errback: .open))
  }

  @Test func `what was gone by on the other line was skipped`() {
    let sight = sight(PoemScene.records(), at: 18)
    #expect(look(sight, 0) == .init(callback: .raised, errback: .skipped))
    #expect(look(sight, 1) == .init(callback: .skipped, errback: .trapped))
  }

  @Test func `a stage of the library is called by its function, and has no box where nobody takes a Failure`()
  {
    var script = RecordScript()
    let late = script.make("late", origin: "later")
    script.stage(late, .library("later"), callback: "go")
    let before = sight(script.records)
    #expect(before.label(.callback, at: 0) == "go")
    #expect(before.label(.errback, at: 0) == "·")
    let failure = script.failure("CancelledError", "")
    script.say(.fired(late, .failure(failure)))
    script.pass(late, 0, .errback)
    let after = sight(script.records)
    #expect(!after.hasHandler(.errback, at: 0))
    #expect(look(after, 0) == .init(callback: .skipped, errback: .passed))
  }

  @Test func `a stage of the library that names nobody takes both lines`() {
    var script = RecordScript()
    let d = script.make("d")
    script.stage(d, .library("release"))
    let sight = sight(script.records)
    #expect(sight.hasHandler(.callback, at: 0) && sight.hasHandler(.errback, at: 0))
    #expect(sight.label(.errback, at: 0) == "release")
  }

  @Test func `a list that is too long is cut between its elements`() {
    #expect(fittedOutcome("[false, <Failure KeyError>]", to: 15, glyphs: .unicode) == "[false, …")
    #expect(fittedOutcome("[false, true]", to: 15, glyphs: .unicode) == "[false, true]")
    #expect(fittedOutcome("'a, b, c and d'", to: 8, glyphs: .unicode) == "'a, b, …")
    #expect(fittedOutcome("[abcdefghijk]", to: 8, glyphs: .unicode) == "[abcdef…")
  }

  @Test func `the stage that is shown is the one that runs or waits`() {
    #expect(sight(PoemScene.records(), at: 15).currentStage == 1)
    #expect(sight(PoemScene.records(), at: 20).markedStage == 2)
    #expect(sight(PoemScene.records(), at: 4).markedStage == nil)
  }
}
