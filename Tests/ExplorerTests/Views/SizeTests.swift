import Screen
import Testing
import Traces

@testable import Explorer

/// Whatever the size, drawing ends, and stays inside.
@Suite struct SizeTests {
  static let sizes = [
    (1, 1), (2, 1), (1, 9), (15, 3), (16, 4), (20, 5), (40, 10), (59, 14), (60, 16), (79, 23), (119, 39),
    (120, 16),
    (200, 60), (500, 200), (500, 3), (3, 200), (0, 0),
  ].map { Size(width: $0.0, height: $0.1) }

  @Test(arguments: sizes)
  func `every panel is drawn at every size, with and without the focus`(size: Size) {
    for focus in Panel.allCases {
      for isZoomed in [false, true] {
        var model = Model.looking(
          at: ViewScenes.kinds(), step: 26, size: size, isEndKnown: true, focus: focus)
        model.session?.isZoomed = isZoomed
        #expect(view(model).size == size)
      }
    }
  }

  @Test(arguments: sizes)
  func `the gallery, the help and the prompt are drawn at every size`(size: Size) {
    var model = Model(size: size, gallery: ViewScenes.gallery)
    #expect(view(model).size == size)
    model.prompt = Prompt(.command, text: String(repeating: "漢", count: 300))
    let typing = view(model)
    #expect(typing.cursor.map { typing.bounds.contains($0) } ?? true)
    model.help = HelpOverlay()
    model.help?.scroll = 10_000
    #expect(view(model).size == size)
  }

  @Test(arguments: sizes)
  func `every step of the poem is drawn at every size`(size: Size) {
    let model = Model.looking(at: PoemScene.open(), step: 0, size: size, isEndKnown: true)
    var buffer = Buffer(size)
    while model.session?.timeline.forward() == true { view(model, into: &buffer) }
    model.session?.timeline.seek(to: 21)
    view(model, into: &buffer)
    #expect(buffer == view(Model.looking(at: PoemScene.open(), step: 21, size: size, isEndKnown: true)))
  }

  @Test func `where nothing fits one line says so`() {
    let model = Model.looking(at: PoemScene.open(), step: 3, size: Size(width: 40, height: 2))
    #expect(view(model).picture.hasPrefix("too small"))
  }

  @Test func `a long sentence on a low screen does not cover the stage that runs`() {
    var script = RecordScript()
    let job = script.make("deferLater 4")
    script.stage(job, callback: "load")
    script.stage(job, callback: "parse")
    let text = Outcome.text("'\(String(repeating: "a", count: 50))'")
    script.fire(job, text) { script in
      script.handler(job, 0, .callback, text) { _ in
        .returned(ValueText("'\(String(repeating: "b", count: 50))'"))
      }
      script.say(.entered(job, stage: 1, .callback, input: .text("'\(String(repeating: "b", count: 50))'")))
    }
    let source = ScriptedSource(script.records)
    let model = Model.looking(
      at: source, step: source.records.count, size: Size(width: 40, height: 9), isEndKnown: true)
    let rows = view(model).picture.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows.filter { $0.contains("bbb") }.count >= 2)
    let running = rows.firstIndex { $0.contains("1 parse ▶ RUNS") } ?? 0
    #expect(running > 0)
    #expect(model.subject(at: Position(x: 10, y: running), in: .chain) == .stage(job, stage: 1))
  }
}
