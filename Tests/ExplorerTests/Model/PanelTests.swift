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
  for keys in ["gk", "Gj", "10j", "10k"] {
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
  driver.type("\(panel.digit)jkgG")
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
  driver.send(.tick)
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
  driver.type("5s4jjj\n")
  #expect(driver.step == 8)
}

@Test func `a line of the source leads to its next step`() {
  let driver = Driver()
  driver.settle()
  driver.type("6g10j\n")
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
  driver.type("$2g/poem\nftimer\n+ \u{1b}")
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

@Test func `a digit says which panel it has focused`() {
  let driver = Driver()
  driver.type("5")
  #expect(lastRows(driver)[1].contains("Failures has the focus; s within a second makes 5 steps."))
}

@Test func `whence says so where it is there already`() {
  let driver = Driver()
  driver.type("5s4w")
  #expect(driver.step == 5)
  #expect(driver.message == "This is the step that made it.")
}

@Test func `the last step of a Failure is the one that ended it`() {
  let driver = Driver()
  driver.type("$5W")
  #expect(driver.step == driver.session.world.failures[0].fateAt)
  #expect(driver.session.world.failures[0].fate != .travelling)
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
