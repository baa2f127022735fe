import Screen
import Testing
import Traces

@testable import Explorer

/// The line that is always there, whatever else must be said.
@Suite struct StatusTests {
  static let sizes = [
    Size(width: 20, height: 5), Size(width: 40, height: 10), Size(width: 60, height: 16),
    Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 200, height: 60),
  ]

  /// The text of a screen with its line breaks as spaces.
  private func words(_ model: Model) -> String {
    let rows = view(model).picture.split(separator: "\n", omittingEmptySubsequences: false)
    return rows.map { row in
      var row = row
      while row.first == " " { row.removeFirst() }
      while row.last == " " { row.removeLast() }
      return row
    }.joined(separator: " ")
  }

  /// The poem at the step that has the longest sentence.
  private func model(_ size: Size) -> Model {
    Model.looking(at: PoemScene.open(), step: 13, size: size, isEndKnown: true)
  }

  private static let place = "step 13 of 28"
  private static let reason = "parse raises GibberishError: bad line 3, so poem moves to its errback line."

  @Test func `it is one sentence, whatever a program puts into the name of a thread`() {
    var script = RecordScript()
    script.thread = "two\nlines"
    script.make("poem")
    let source = ScriptedSource(script.records)
    let words = words(Model.looking(at: source, step: 1, size: Size(width: 80, height: 24)))
    #expect(words.contains("(in thread two␊lines)"))
  }

  @Test func `in a narrow list of events labels take the place of the time, which it says`() {
    func events(thread: String?) -> String {
      var script = RecordScript()
      script.thread = thread
      script.at(1_234) { $0.make("poem") }
      let size = Size(width: 80, height: 24)
      return view(Model.looking(at: ScriptedSource(script.records), step: 2, size: size)).picture
    }
    #expect(events(thread: nil).contains("2  1234.000 poem is made"))
    let labelled = events(thread: "[4711] reader")
    #expect(labelled.contains("] poem is made") && labelled.contains("t=1234.000 s"))
    #expect(!labelled.contains(" 1234.000 "))
  }

  @Test(arguments: sizes.dropFirst())
  func `it says in full which step this is, when, and why`(size: Size) {
    let words = words(model(size))
    #expect(words.contains(Self.place))
    #expect(words.contains("1.000 s"))
    #expect(words.contains(Self.reason))
  }

  @Test func `on the smallest screens it says what fits of it`() {
    let words = words(model(Size(width: 20, height: 5)))
    #expect(words.contains("step 13/28 1.000 s"))
    #expect(words.contains("parse raises"))
  }

  @Test(arguments: sizes.dropFirst())
  func `a long message leaves it in view`(size: Size) {
    var model = model(size)
    let file = String(repeating: "x", count: 70)
    model.message = .error("/tmp/\(file).yaml: there is no such file, and none of that name is built in.")
    let words = words(model)
    #expect(words.contains(Self.place))
    #expect(words.contains("parse raises Gibb"))
    #expect(words.contains("in."))
  }

  @Test(arguments: sizes)
  func `a message on any screen leaves the step in view`(size: Size) {
    var model = model(size)
    model.message = .info("Playing, 2 steps a second. < and > change that, Space pauses.")
    #expect(words(model).contains("13/28") || words(model).contains(Self.place))
  }

  @Test(arguments: sizes.dropFirst())
  func `what is switched on does not cut the reason`(size: Size) {
    var model = model(size)
    model.session?.filter = MatchIndex(Query("poem")!)
    model.session?.selection.deferred = PoemScene.poem
    model.session?.playback.direction = .forward
    let words = words(model)
    #expect(words.contains(Self.reason))
    #expect(words.contains("13/28") || words.contains(Self.place))
  }

  @Test func `what it takes more comes from the panels below which it stands, and hides none of their rows`()
  {
    let model = Model.looking(
      at: PoemScene.open(), step: 28, size: Size(width: 40, height: 10), isEndKnown: true, focus: .events)
    #expect(words(model).contains("▶ 28"))
    let layout = model.layout
    #expect(layout.rect(of: .events)?.maxY == layout.status.y)
    #expect(layout.status.maxY == layout.keys.y)
  }

  @Test func `what is switched on is seen where there is room`() {
    var model = model(Size(width: 80, height: 24))
    model.session?.selection.deferred = PoemScene.poem
    #expect(words(model).contains("held poem"))
    model.session?.selection.deferred = PoemScene.cache
    model.session?.timeline.seek(to: 1)
    #expect(words(model).contains("held cache, not made yet"))
  }
}
