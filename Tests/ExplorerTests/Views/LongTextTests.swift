import Screen
import Testing
import Traces

@testable import Explorer

/// Texts of megabytes: nothing that is drawn at each key goes along all of them.
@Suite struct LongTextTests {
  private static let long = String(repeating: "a long é ", count: 100_000)

  /// `poem` is fired with a long text, raises a long message, and a lesson tells a long story.
  private static func scene() -> ScriptedSource {
    var script = RecordScript()
    let poem = script.make("poem")
    script.stage(poem, callback: "parse")
    script.fire(poem, .text(long)) { script in
      script.handler(poem, 0, .callback, .text(long)) { script in
        .raised(script.failure("ValueError", long))
      }
      script.settle(poem, .failure(0))
    }
    script.note("log", long, who: "app")
    script.note("say", long, who: "app")
    return ScriptedSource(script.records)
  }

  private func scene(at step: Int) -> Scene {
    Scene(world: World(after: Array(Self.scene().records.prefix(step))))
  }

  @Test func `a row has the beginning of a text, and a sign that it goes on`() {
    let end = scene(at: Self.scene().records.count)
    for text in [
      end.text(of: .value(ValueText(Self.long))), end.text(ofFailure: 0), end.knownText(ofFailure: 0),
    ] {
      #expect(text.utf8.count < 5000 && text.contains("a long é") && text.hasSuffix("…"))
    }
    #expect(end.text(of: .value(ValueText("short"))) == "short")
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 8])
  func `a text is cut between its characters`(bytes: Int) {
    let cut = beginning(of: "aé漢b", bytes: bytes)
    #expect("aé漢b".hasPrefix(cut) && cut.utf8.count <= bytes && bytes - cut.utf8.count < 3)
  }

  @Test func `details show a few screens of a text, and how much of it they do not`() {
    var lines = DetailLines()
    lines.add("came in", Self.long)
    var buffer = Buffer(Size(width: 80, height: 400))
    let rows = lines.draw(in: buffer.bounds, from: 0, into: &buffer)
    #expect(rows > 200 && rows < 400)
    let hidden = Self.long.utf8.count - DetailLines.textLimit
    #expect(buffer.picture.contains("(\(hidden) more bytes are not shown)"))
    #expect(lines.lines[0].text == Self.long)
  }

  @Test func `each panel has something of long texts at each step, and its text ends somewhere`() {
    let source = Self.scene()
    for panel in Panel.allCases {
      for step in [3, 5, source.records.count] {
        var model = Model.looking(at: source, step: step, size: Size(width: 100, height: 30), focus: panel)
        model.session?.isZoomed = true
        #expect(
          view(model).picture.contains("a long é") || ![.events, .log, .narration].contains(panel)
            || step == 3)
        #expect(model.scrollRows < 1000)
      }
    }
  }

  @Test func `a search looks at few records at once where they are long, so that it can be stopped`() throws {
    let short = Record(time: 0, event: .note(kind: "log", who: "a", text: "short", nil))
    let long = Record(time: 0, event: .fired(0, .value(ValueText(Self.long))))
    for isSieved in [true, false] {
      let timeline = Timeline(ScriptedSource([short, short] + Array(repeating: long, count: 50) + [short]))
      while timeline.extend(budget: 1000) {}
      var index = MatchIndex(try #require(Query("short")), isSieved: isSieved)
      let isDone = index.scan(timeline, budget: 100)
      #expect(!isDone)
      #expect(index.steps == [1, 2] && index.scannedTo < 10)
      while !index.scan(timeline, budget: 100) {}
      #expect(index.steps == [1, 2, 53])
    }
  }

  @Test func `a sentence about what a lesson says is bounded, too`() {
    let source = Self.scene()
    let world = World(after: source.records)
    let record = source.record(at: source.records.count)
    #expect(Narrator().sentence(for: record, in: world).utf8.count < 20_000)
  }
}
