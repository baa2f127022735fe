import Screen
import Testing
import Traces

@testable import Explorer

@Test func `Tab goes round all panels, Shift-Tab back`() {
  let driver = Driver()
  for panel in Panel.allCases.dropFirst() + [.chain] {
    driver.press(.tab)
    #expect(driver.session.focus == panel)
  }
  driver.press(.backTab)
  #expect(driver.session.focus == .narration)
}

@Test func `zoom and its reverse say when there is nothing to do`() {
  let driver = Driver()
  driver.type("+")
  #expect(driver.session.isZoomed)
  driver.type("+")
  #expect(driver.message == "This panel has the whole screen already: _ shows all panels.")
  driver.type("__")
  #expect(driver.message == "All panels are shown already: + gives one the whole screen.")
}

@Test(arguments: Panel.allCases)
func `moving in a panel keeps within its rows`(panel: Panel) {
  let driver = Driver()
  driver.type("$\(panel.digit)")
  for keys in ["gk", "Gj", "010j", "010k"] {
    driver.type(keys)
    if let subject = driver.session.subject(in: panel) {
      #expect(!driver.session.detailsText(of: subject).isEmpty, "\(keys) in \(panel)")
    }
  }
  driver.press(.pageDown, .pageDown, .pageUp, .pageUp, .pageUp)
  #expect(driver.session.focus == panel)
}

@Test(arguments: Panel.allCases)
func `moving in a panel without rows does nothing`(panel: Panel) {
  let driver = Driver(ScriptedSource([]))
  driver.type("\(panel.digit)")
  driver.type("jkgGhl")
  driver.press(.pageDown, .pageUp, .enter)
  driver.type("wWy")
  #expect(driver.effects.isEmpty)
}

@Test func `the chain follows what happens until a person holds a Deferred`() {
  let driver = Driver()
  driver.type(":cache\n")
  #expect(driver.session.shownDeferred == PoemScene.cache)
  driver.type("2g")
  let held = driver.session.shownDeferred
  #expect(driver.session.isHeld)
  driver.type("S")
  #expect(driver.session.shownDeferred == held)
  driver.type("\u{1b}")
  #expect(!driver.session.isHeld)
  #expect(driver.message == "Everything follows the current step again.")
}

@Test func `a text scrolls only as far as it goes`() {
  let driver = Driver()
  driver.type("$57")
  driver.press(.pageDown, .pageDown, .pageDown)
  let last = driver.session.scroll(of: .details).row
  #expect(last < 60)
  driver.type("Gj")
  #expect(driver.session.scroll(of: .details).row == last)
  driver.type("g")
  #expect(driver.session.scroll(of: .details).row == 0)
}

@Test func `an event that is selected is gone to with Enter`() {
  let driver = Driver()
  driver.type("05s4")
  driver.type("jjj\n")
  #expect(driver.step == 8)
}

@Test func `a line of the source leads to its next step`() {
  let driver = Driver()
  driver.settle()
  driver.type("6g010j\n")
  #expect(driver.session.record?.place?.line == 11)
}

@Test func `copying gives the whole text of what is selected`() {
  let driver = Driver()
  driver.type("$5y")
  guard case .copy(let text)? = driver.effects.first else {
    Issue.record("nothing was copied")
    return
  }
  #expect(text.contains("GibberishError") && text.contains("bad line 3"))
  driver.send(.copied(failure: nil))
  #expect(driver.message == "Given to the terminal's clipboard.")
}

@Test func `Esc lets go of one thing at a time, and says when there is none`() {
  let driver = Driver()
  driver.type("$2g4/poem\nftimer\n+ \u{1b}")
  for said in [
    "All events are shown again.", "The search is over.", "",
    "There is nothing to let go of.",
  ] {
    driver.type("\u{1b}")
    #expect(driver.message == said)
  }
}

@Test func `a resize and the program's keys ask for their effects`() {
  let driver = Driver()
  driver.press(.resize(Size(width: 1, height: 1)), .control("l"), .control("z"), "Q", .endOfInput)
  #expect(driver.model.size == Size(width: 1, height: 1))
  #expect(driver.effects == [.redraw, .suspend, .quit, .quit])
}

@Test func `a digit gives a panel the focus, whatever is pressed next, and is never a count`() {
  let driver = Driver()
  driver.settle()
  driver.type("437j")
  #expect(driver.session.focus == .details && driver.step == 0)
  driver.type("4jj")
  #expect(driver.session.focus == .events && driver.session.shownEvent == 2)
  driver.type("1s")
  #expect(driver.session.focus == .chain && driver.step == 1)
}

@Test func `a count begins with 0, and is shown until a key takes it`() {
  let driver = Driver()
  driver.settle()
  driver.type("4")
  driver.type("012")
  #expect(lastRows(driver)[1].contains("12 times what? Esc forgets it."))
  driver.type("j")
  #expect(driver.session.focus == .events && driver.session.shownEvent == 12)
  driver.type("05\u{1b}j")
  #expect(driver.session.shownEvent == 13)
}

@Test func `where there is no lesson, its key says so, and the focus stays`() {
  let driver = Driver(FateScene.open(isRecording: true))
  driver.settle()
  driver.type("39")
  #expect(driver.session.focus == .timers && driver.message == "A recording has no lesson.")
  driver.type(":focus lesson\n")
  #expect(driver.session.focus == .timers && driver.message == "A recording has no lesson.")
  driver.type("a")
  #expect(driver.message == "A recording has no lesson.")
  driver.type("8\t")
  #expect(driver.session.focus == .chain)
  driver.press(.backTab)
  #expect(driver.session.focus == .log)
}

@Test(arguments: [Size(width: 80, height: 24), Size(width: 40, height: 10), Size(width: 200, height: 60)])
func `whatever has the focus is on the screen`(size: Size) {
  let driver = Driver()
  driver.press(.resize(size))
  for panel in Panel.allCases {
    driver.type("\(panel.digit)")
    #expect(driver.session.focus == panel && driver.model.layout.rect(of: panel) != nil, "\(panel)")
  }
}

@Test func `a count repeats a page`() {
  let driver = Driver(ScriptedSource(TickScene.records(ticks: 50)))
  driver.settle()
  driver.type("4")
  driver.press(.pageDown)
  let page = driver.session.shownEvent
  driver.press("g", "0", "3", .pageDown)
  #expect(driver.session.shownEvent == 3 * page + 1)
}

@Test func `whence says so where it is there already`() {
  let driver = Driver()
  driver.type("05s4w")
  #expect(driver.step == 5)
  #expect(driver.message == "This is the step that made it.")
}

@Test func `the last step of a Failure is the one that ended it`() {
  let driver = Driver()
  driver.type("$5W")
  #expect(driver.step == driver.session.world.failures[0].fateAt)
  #expect(driver.session.world.failures[0].fate != .travelling)
}

@Test func `whence and whither are about the same thing, one after the other`() {
  let driver = Driver()
  driver.type("020s1")
  driver.type("k")
  #expect(driver.session.subject == .stage(PoemScene.poem, stage: 1))
  driver.type("w")
  #expect(
    driver.session.record?.event == .stageAdded(0, index: 1, .handlers, callback: nil, errback: "fall_back"))
  #expect(driver.session.subject == .stage(PoemScene.poem, stage: 1))
  driver.type("W")
  #expect(driver.session.record?.event == .left(0, stage: 1, .errback, .returned(ValueText("'original'"))))
  #expect(driver.session.subject == .stage(PoemScene.poem, stage: 1))
}

@Test func `what was only followed is still the same thing after whence`() {
  let driver = Driver()
  driver.type("020sw")
  #expect(driver.session.subject == .stage(PoemScene.poem, stage: 2))
  driver.type("W")
  #expect(driver.session.subject == .stage(PoemScene.poem, stage: 2))
}

@Test func `Enter goes to where a Deferred fired, a stage ran, a Failure was born`() {
  let driver = Driver()
  driver.type("$2")
  driver.type("g\n")
  #expect(driver.session.record?.event == .fired(PoemScene.poem, .text("'roses'")))
  driver.type("1g\n")
  #expect(driver.session.record?.event.stage == 0)
  driver.type("$5\n")
  if case .failureBorn = driver.session.record?.event {} else { Issue.record("not where it was born") }
  driver.type("7\n")
  #expect(driver.message == "There is no row to go to in Details.")
}

@Test func `l shows what is cut off at the right, h goes back, and both say where nothing is`() {
  var script = RecordScript()
  script.make("poem")
  script.note("log", String(repeating: "a long line of words ", count: 10) + "at its end", who: "poem")
  let driver = Driver(ScriptedSource(script.records))
  driver.type("$8")
  #expect(!view(driver.model).picture.contains("at its end"))
  driver.type("h")
  #expect(driver.message == "Nothing is cut off to the left in Log.")
  driver.type("0100l")
  #expect(view(driver.model).picture.contains("at its end"))
  driver.type("l")
  #expect(driver.message == "Nothing is cut off to the right in Log.")
  driver.type("0100h")
  #expect(driver.session.scroll(of: .log).column == 0)
}

@Test(arguments: [
  (Panel.chain, "The chain always fits: 7 shows in full what is shortened in it."),
  (.details, "Details breaks its lines: nothing is cut off at the side."),
])
func `a panel that is never cut says so`(panel: Panel, said: String) {
  let driver = Driver()
  driver.type("$\(panel.digit)")
  driver.type("l")
  #expect(driver.message == said)
}

@Test(arguments: [Panel.deferreds, .timers, .events, .failures, .source, .log])
func `every list can be moved sideways where it is cut`(panel: Panel) {
  let driver = Driver(panel == .source ? PoemScene.open() : ViewScenes.kinds())
  driver.model.size = Size(width: 24, height: 12)
  driver.type(panel == .log ? "$" : "020s")
  driver.type("\(panel.digit)")
  let before = view(driver.model).picture
  driver.type("l")
  #expect(driver.message == "")
  #expect(view(driver.model).picture != before)
}

@Test func `where a list or a text ends, the keys that move in it say so`() {
  let driver = Driver()
  driver.settle()
  driver.type("\t\t\t")
  #expect(driver.session.focus == .events)
  driver.type("G")
  driver.press(.down)
  #expect(driver.message == "This is the last row.")
  driver.press(.up)
  #expect(driver.message == "")
  driver.type("g")
  driver.press(.up)
  #expect(driver.message == "This is the first row.")
  driver.type("G")
  #expect(driver.message == "")
  driver.type("?")
  driver.press(.up)
  #expect(driver.message == "This is the first row.")
}

@Test func `a panel that has no rows says so where one moves in it`() {
  let driver = Driver(ScriptedSource([]))
  for _ in Panel.allCases {
    driver.press(.tab, .down)
    #expect(["There is no row here.", "This is the last row."].contains(driver.message))
  }
}

@Test func `a bookmark is deleted with M, and a filter cleared with F`() {
  let driver = Driver()
  driver.type("M")
  #expect(driver.message == "There are no bookmarks: m and a letter sets one.")
  driver.type("maMz")
  #expect(driver.message == "There is no bookmark z. Bookmarks: a at step 0.")
  driver.type("Ma")
  #expect(driver.message == "Bookmark a, step 0, is deleted.")
  #expect(driver.session.bookmarks.isEmpty)
  driver.type("F")
  #expect(driver.message == "No filter is set: f sets one.")
  driver.type("ftimer\nF")
  #expect(driver.session.filter == nil)
}

@Test func `a long time has room in the list of events`() {
  var script = RecordScript()
  script.make("d")
  let timer = script.timer("late", due: 123_456)
  script.at(123_456, timer: timer) { $0.note("log", "late", who: "d") }
  let driver = Driver(ScriptedSource(script.records))
  driver.type("$")
  #expect(view(driver.model).picture.contains("123456.000 "))
}

@Test func `a long message takes the rows that it needs`() {
  let driver = Driver()
  let reason = "scene.yaml:1:1: " + String(repeating: "a fault ", count: 10) + "ends here"
  driver.send(.openFailed(name: "scene.yaml", reason: reason))
  #expect(lastRows(driver)[0].contains("Not read again: scene.yaml:1:1:"))
  #expect(lastRows(driver)[1].contains("ends here"))
}

/// The last two rows of the screen.
private func lastRows(_ driver: Driver) -> [Substring] {
  Array(view(driver.model).picture.split(separator: "\n", omittingEmptySubsequences: false).suffix(2))
}
