import Screen
import Testing
import Traces

@testable import Explorer

extension Driver {
  /// Uses the mouse on a row of a panel's content, counted from 0.
  fileprivate func use(_ kind: Mouse.Kind, on panel: Panel, row: Int) throws {
    let rect = try #require(model.layout.rect(of: panel))
    press(.mouse(Mouse(kind, at: Position(x: rect.x + 3, y: rect.y + 1 + row))))
  }
}

@Test func `a click focuses a panel and selects the row under it`() throws {
  let driver = Driver()
  driver.settle()
  try driver.use(.press, on: .events, row: 2)
  #expect(driver.session.focus == .events)
  #expect(driver.session.shownEvent == 3)
  #expect(driver.step == 0)
}

@Test func `a double click goes to the step of the row`() throws {
  let driver = Driver()
  driver.settle()
  try driver.use(.doubleClick, on: .events, row: 3)
  #expect(driver.step == 4)
}

@Test func `a double click on a Deferred goes to where it fires`() throws {
  let driver = Driver()
  driver.settle()
  driver.type("020s")
  try driver.use(.doubleClick, on: .deferreds, row: 1)
  let fired = driver.step { if case .fired(PoemScene.poem, _) = $0 { true } else { false } }
  #expect(driver.step == fired)
}

@Test func `a click below the last row only focuses`() throws {
  let driver = Driver(ScriptedSource([]))
  try driver.use(.press, on: .events, row: 2)
  #expect(driver.session.focus == .events)
  #expect(driver.session.subject == nil)
}

@Test func `the wheel moves in the panel under it`() throws {
  let driver = Driver()
  driver.type("04s")
  try driver.use(.scrollDown, on: .events, row: 0)
  #expect(driver.session.shownEvent == 7)
  try driver.use(.scrollUp, on: .events, row: 0)
  #expect(driver.session.shownEvent == 4)
  #expect(driver.step == 4)
}

@Test func `a mouse that is switched off does nothing here`() throws {
  let driver = Driver()
  driver.type(":mouse off\n")
  try driver.use(.press, on: .events, row: 0)
  #expect(driver.session.focus == .chain)
}

@Test func `the wheel scrolls the help, and a click there does nothing`() {
  let driver = Driver()
  driver.type("?")
  driver.press(
    .mouse(Mouse(.scrollDown, at: Position(x: 5, y: 5))), .mouse(Mouse(.press, at: Position(x: 5, y: 5))))
  #expect(driver.model.help?.scroll == 3)
  #expect(driver.session.focus == .chain)
}
