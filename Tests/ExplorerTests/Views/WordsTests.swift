import Screen
import Testing
import Traces

@testable import Explorer

/// The words of panels: times, fates, states, sources.
@Suite struct WordsTests {
  @Test(arguments: [
    (0, "0.000"), (1_000_000, "1.000"), (1_500_000, "1.500"), (250, "0.000250"), (-2_000_000, "-2.000"),
    (Int64.min, "-9223372036854.775808"),
  ])
  func `a time is in seconds, as exact as it is`(time: Int64, text: String) {
    #expect(clockText(time) == text)
  }

  private func scene(_ source: ScriptedSource, step: Int) -> Scene {
    let timeline = Timeline(source)
    timeline.extend(budget: source.records.count)
    timeline.seek(to: step)
    return Scene(world: timeline.world, known: timeline.frontier, isEndKnown: true)
  }

  @Test func `a run that a fault ended says so before its end and at it`() {
    let source = PoemScene.open()
    source.fault = "scene.yaml:4: poll never stops"
    func status(at step: Int) -> StatusLine {
      let model = Model.looking(at: source, step: step, size: Size(width: 80, height: 24), isEndKnown: true)
      return StatusLine(session: model.session!, glyphs: .unicode)
    }
    #expect(status(at: 3).flags == "ends early")
    let end = status(at: source.records.count)
    #expect(end.flags == "ended early")
    let last = Narrator().sentence(for: source.records.last!, in: World(after: source.records))
    #expect(end.text.hasSuffix(last), "what happened last is told there too")
  }

  @Test func `what will become of a Failure is said as soon as it is born`() {
    let scene = scene(PoemScene.open(), step: 12)
    let failure = scene.world.failures[0]
    let text = FateWords(failure, in: scene).text
    #expect(text == "will be trapped in fall_back of poem as GibberishError at step 16")
  }

  @Test func `one that is dropped with a Failure had fired before that`() {
    var script = RecordScript()
    script.say(.unhandled(0, 0))
    let model = Model.looking(
      at: ScriptedSource(script.records), step: 1, size: Size(width: 80, height: 24), isEndKnown: true)
    let text = model.session!.detailsText(of: .deferred(0)).joined(separator: "\n")
    #expect(text.contains("before step 1"))
  }

  @Test func `a lock says who has it, and who waits for it says so too`() {
    var script = RecordScript()
    let holder = script.make("acquire 0", origin: "lock")
    let waiter = script.make("acquire 1", origin: "lock")
    func lock(_ waiting: Int, _ turn: SharedTurn) -> Event {
      .sharedChanged(0, kind: "lock", name: "lock 0", held: 1, waiting: waiting, total: 1, turn: turn)
    }
    script.say(lock(0, .given(holder)))
    script.say(lock(1, .asked(waiter)))
    let source = ScriptedSource(script.records, title: "A lock")
    let scene = scene(source, step: script.records.count)
    #expect(ActorWords(scene.world.actors[0], in: scene).text == "lock, acquire 0 has it, 1 waiting")
    script.say(.sharedChanged(0, kind: "lock", name: "lock 0", held: 0, waiting: 0, total: 1))
    script.say(.sharedChanged(0, kind: "lock", name: "lock 0", held: 1, waiting: 0, total: 1))
    let later = self.scene(ScriptedSource(script.records, title: "A lock"), step: script.records.count)
    #expect(ActorWords(later.world.actors[0], in: later).text == "lock, 1 of 1 held, 0 waiting", "by another")
    #expect(scene.world.deferreds[waiter].shared == 0 && scene.world.actors[0].givenAt == 3)
  }

  @Test func `what became of a Failure is said afterwards`() {
    let scene = scene(PoemScene.open(), step: 16)
    #expect(
      FateWords(scene.world.failures[0], in: scene).text == "trapped in fall_back of poem as GibberishError")
  }

  @Test func `a Deferred that this run never fires says so`() {
    let scene = scene(ViewScenes.kinds(), step: 12)
    #expect(DeferredWords(scene.world.deferreds[1], in: scene).text == "never fires")
    #expect(DeferredWords(scene.world.deferreds[2], in: scene).text == "not fired")
  }

  @Test func `a Deferred whose result went on says where to`() {
    let source = PoemScene.open()
    let scene = scene(source, step: source.records.count)
    #expect(DeferredWords(scene.world.deferreds[1], in: scene).text == "moved to poem")
  }

  @Test(arguments: [
    "  - {at: 1, fire: poem, with: roses}", "title: \"a # b\" # comment", "'unclosed", "", "# all",
    "a:b c: 1.5",
    "漢字: é\u{301}",
  ])
  func `the pieces of a line are the line`(line: String) {
    #expect(SourceLight.pieces(of: line).map { String($0.text) }.joined() == line)
  }

  @Test func `keys, strings, numbers and comments are told apart`() {
    let roles = SourceLight.pieces(of: "at: 1.5 # \"x\"").map(\.role)
    #expect(roles == [.keyword, .plain, .number, .plain, .comment])
  }
}
