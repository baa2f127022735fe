import Screen
import Testing
import Traces

@testable import Explorer

/// The canonical drawing of one chain.
@Suite struct ChainPanelTests {
  private func drawn(
    _ source: ScriptedSource, step: Int, size: Size, of id: DeferredID = 0, isEndKnown: Bool = false
  ) -> Buffer {
    let timeline = Timeline(source)
    timeline.extend(budget: source.records.count)
    timeline.seek(to: step)
    let scene = Scene(
      world: timeline.world, known: isEndKnown ? timeline.frontier : nil, isEndKnown: isEndKnown)
    var buffer = Buffer(size)
    ChainPanel(ChainSight(timeline.world.deferreds[id], in: scene)).draw(in: buffer.bounds, into: &buffer)
    return buffer
  }

  @Test func `a raise goes over to the right, a trap comes back to the left`() {
    let picture = drawn(PoemScene.open(), step: 20, size: Size(width: 78, height: 13)).picture
    #expect(picture == Self.waiting)
  }

  private static let waiting = """
         callbacks ┃ 'roses'               errbacks ┊
     0  ┌──────────┸─────────┐           ┌┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┐
        │ parse      ✗ RAISE ┝━━━━━━━┓   ┊ ·          skipped ┊
        └────────────────────┘       ┃   └┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┘
                   ┊                 ┗━━━━━━━━━━━━━━┓ GibberishError: bad line 3
     1  ┌┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┐           ┌──────────┸─────────┐
        ┊ ·          skipped ┊   ┏━━━━━━━┥ fall_back   ▼ TRAP │ by GibberishError
        └┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┘   ┃       └────────────────────┘
                   ┏━━━━━━━━━━━━━┛ 'original'       ┊
     2  ┌──────────┸─────────┐           ┌┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┐
      ▶ │ use_cache   ⧗ WAIT ╞══ cache   ┊ ·          skipped ┊
        └────────────────────┘           └┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┘

    """

  @Test func `ways that are still open are thin, and cross where both are`() {
    let picture = drawn(ViewScenes.kinds(), step: 8, size: Size(width: 78, height: 9), of: 2).picture
    #expect(picture.contains("╮ ╭"))
    #expect(picture.contains("╳"))
    #expect(picture.contains("╯ ╰"))
  }

  @Test func `a long value above the first stage ends before the name of the other line`() {
    let long = String(repeating: "a very long poem ", count: 6)
    let events: [Event] = [
      .made(0, origin: "deferred", name: "poem", hasCanceller: false),
      .stageAdded(0, index: 0, .handlers, callback: "parse", errback: nil),
      .fired(0, .value(ValueText(long))),
    ]
    let source = ScriptedSource(events.map { Record(time: 0, event: $0) })
    let head = drawn(source, step: 3, size: Size(width: 78, height: 9)).picture.split(separator: "\n").first
    #expect(head == "     callbacks ┃ a very long poem a v… errbacks ┊")
  }

  /// One stage with a long name, and one with a short one.
  private func named(_ name: String) -> ScriptedSource {
    var script = RecordScript()
    let poem = script.make("poem")
    script.stage(poem, callback: name)
    return ScriptedSource(script.records)
  }

  @Test(arguments: [
    (Size(width: 80, height: 24), false), (Size(width: 200, height: 60), true),
  ])
  func `a box is as wide as its words need, as far as there is room`(size: Size, hasRoom: Bool) {
    let name = "_ThreePhaseEvent._continueFiring"
    let source = named(name)
    let picture = view(Model.looking(at: source, step: source.records.count, size: size)).picture
    #expect(picture.contains("┊ \(name)") == hasRoom)
  }

  @Test func `room is kept for a linked chain as long as boxes need it for none of their words`() {
    let size = Size(width: 160, height: 12)
    func boxWidth(_ name: String, width: Int) -> Int? {
      var buffer = Buffer(size)
      let world = World(after: named(name).records)
      let panel = ChainPanel(ChainSight(world.deferreds[0], in: Scene(world: world)))
      panel.draw(in: Rect(x: 0, y: 0, width: width, height: 12), slotWidth: 80, into: &buffer)
      let top = buffer.picture.split(separator: "\n").first { $0.contains("┐") }
      return top?.split(separator: " ").last { $0.hasPrefix("┌") }?.count
    }
    #expect(boxWidth("read", width: 160) == 22 && boxWidth("read", width: 80) == 22)
    let name = "a_name_of_some_length"
    #expect(boxWidth(name, width: 160) == name.count + 14 && boxWidth(name, width: 80) == 22)
  }

  @Test func `with 5,000 stages the current one stays in view`() {
    let picture = drawn(ViewScenes.long(5_000), step: 7_502, size: Size(width: 78, height: 14)).picture
    #expect(picture.contains("step_1250"))
    #expect(!picture.contains("step_1260"))
    #expect(picture.contains("↑1249"))
  }

  @Test func `a narrow panel still tells both lines apart`() {
    let picture = drawn(PoemScene.open(), step: 20, size: Size(width: 38, height: 7)).picture
    #expect(
      picture == """
          C  E  'roses'
          ┗━━┓  0 parse ✗ RAISE
          ┊  ┃    GibberishError: bad line 3
          ┏━━┛  1 fall_back ▼ TRAP by Gibberi…
          ┃  ┊    'original'
        ▶ ┃  ┊  2 use_cache ⧗ WAIT cache
          ┊  ┊
        """)
  }

  @Test(arguments: [Size(width: 78, height: 14), Size(width: 38, height: 10)])
  func `a Failure that nobody will handle is marked from its birth on`(size: Size) {
    let before = drawn(ViewScenes.unhandled(), step: 10, size: size)
    #expect(!before.picture.contains("‼"))
    let after = drawn(ViewScenes.unhandled(), step: 10, size: size, isEndKnown: true)
    #expect(after.picture.contains("‼ OSError: disk full"))
    let atEnd = drawn(ViewScenes.unhandled(), step: 12, size: size, isEndKnown: true)
    #expect(atEnd.picture.contains("‼ nobody will handle this"))
  }

  @Test func `what a file contains is shown, not obeyed, and keeps its columns`() {
    let source = ViewScenes.kinds()
    let picture = drawn(source, step: source.records.count, size: Size(width: 78, height: 14), of: 2).picture
    #expect(picture.contains("'漢字 e\u{301} ␛[31m␦'"))
  }

  @Test func `a click finds the stage that is drawn there`() {
    let source = PoemScene.open()
    let model = Model.looking(at: source, step: 20, size: Size(width: 80, height: 24))
    let picture = view(model).picture.split(separator: "\n", omittingEmptySubsequences: false)
    let row = picture.firstIndex { $0.contains("fall_back") } ?? 0
    #expect(model.subject(at: Position(x: 50, y: row), in: .chain) == .stage(0, stage: 1))
    #expect(model.subject(at: Position(x: 50, y: 0), in: .chain) == .deferred(0))
  }
}
