import Screen
import Testing

@testable import Explorer

@Test func `playing steps at each tick and stops at the end`() {
  let driver = Driver()
  driver.type(" ")
  #expect(driver.model.tickInterval_ms == 500)
  for _ in 0..<100 { driver.send(.tick) }
  #expect(driver.session.isAtEnd)
  #expect(driver.model.tickInterval_ms == nil)
  #expect(driver.message == "This is the end: playing stops.")
  driver.press(.backspace)
  for _ in 0..<100 { driver.send(.tick) }
  #expect(driver.step == 0)
}

@Test func `Space pauses, and so does any step`() {
  let driver = Driver()
  driver.type("  ")
  #expect(driver.message == "Paused.")
  driver.type(" s")
  #expect(!driver.session.playback.isPlaying)
}

@Test func `faster and slower have ends`() {
  let driver = Driver()
  driver.type(">>>>>>>>>>")
  #expect(driver.message == "This is the fastest: 50 steps a second.")
  driver.type("<<<<<<<<<<")
  #expect(driver.message == "This is the slowest: a step every 4 seconds.")
  driver.type(":speed 9\n ")
  #expect(driver.model.tickInterval_ms == 100)
}

@Test func `at the end playing can't begin, and says why`() {
  let driver = Driver()
  driver.type("$ ")
  #expect(!driver.session.playback.isPlaying)
  #expect(driver.message.hasPrefix("This is the end"))
}
