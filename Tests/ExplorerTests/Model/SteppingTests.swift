import Screen
import Testing
import Traces

@testable import Explorer

@Test func `step and step back are the identity at every step`() {
  let driver = Driver()
  driver.settle()
  for step in 0..<driver.session.knownSteps {
    let before = driver.session.world
    driver.type("s")
    #expect(driver.step == step + 1)
    driver.type("S")
    #expect(driver.session.world == before)
    driver.type("s")
  }
  #expect(driver.session.isAtEnd)
}

@Test func `both ends stop and say so`() {
  let driver = Driver()
  driver.type("S")
  #expect(driver.message == "Already at the start. s goes on.")
  driver.type("$")
  let count = driver.session.knownSteps
  #expect(driver.step == count)
  driver.type("s")
  #expect(driver.step == count)
  #expect(driver.message == "This is the end: \(count) steps. S goes back.")
  #expect(driver.effects.isEmpty)
}

@Test(arguments: [("n", "N"), ("x", "X"), ("t", "T"), ("e", "E")])
func `at either end a key names the one that goes the other way`(forward: String, back: String) {
  let driver = Driver()
  driver.type("/poem\n$\(forward)")
  #expect(driver.message.hasSuffix("\(back) goes back."))
  driver.type("^\(back)")
  #expect(driver.message == "Already at the start. \(forward) goes on.")
}

@Test func `a count repeats a step`() {
  let driver = Driver()
  driver.type("010s")
  #expect(driver.step == 10)
  driver.type("03S")
  #expect(driver.step == 7)
}

@Test func `a count beyond the end stops there and says so`() {
  let driver = Driver()
  driver.type("0999999999s")
  #expect(driver.session.isAtEnd)
  #expect(driver.message == "This is the end: \(driver.step) steps.")
  driver.type("0999999999S")
  #expect(driver.step == 0)
}

@Test func `over goes to the end of the chain's run, and back to where it began`() {
  let driver = Driver()
  let fired = driver.step { if case .fired(PoemScene.poem, _) = $0 { true } else { false } }
  let waits = driver.step { if case .waits = $0 { true } else { false } }
  driver.type(":#\(fired)\no")
  #expect(driver.step == waits)
  driver.type("O")
  #expect(driver.step == fired)
}

@Test func `out goes on to the code around, and back to what fired this`() {
  let driver = Driver()
  let entered = driver.step { if case .entered(PoemScene.poem, 1, _, _) = $0 { true } else { false } }
  let fired = driver.step { if case .fired(PoemScene.poem, _) = $0 { true } else { false } }
  driver.type(":#\(entered)\nU")
  #expect(driver.step == fired)
  driver.type(":#\(entered)\nu")
  #expect(driver.session.record?.event == .timerEnded(0, raised: nil))
}

@Test func `out says so where nothing is around`() {
  let driver = Driver()
  driver.type("su")
  #expect(driver.message == "There is nothing to go out of: no other code runs this step.")
}

@Test func `t goes from moment to moment, T back`() {
  let driver = Driver()
  driver.type("t")
  #expect(driver.session.world.time == 1_000_000)
  #expect(driver.session.record?.event == .clockAdvanced)
  driver.type("t")
  #expect(driver.session.world.time == 2_000_000)
  driver.type("sT")
  #expect(driver.session.record?.event == .clockAdvanced)
  #expect(driver.session.world.time == 2_000_000)
  driver.type("TT")
  #expect(driver.step == 0)
}

@Test func `there is no moment after the last`() {
  let driver = Driver()
  driver.type("09999t")
  #expect(driver.session.world.time == 2_000_000)
  #expect(driver.message.hasPrefix("There is no later moment"))
}

@Test func `e goes to what happens to Failures, E back`() {
  let driver = Driver()
  driver.type("e")
  let born = driver.step
  #expect(driver.session.record?.event.failure == 0)
  driver.type("e")
  #expect(driver.step > born)
  driver.type("E")
  #expect(driver.step == born)
  driver.type("E")
  #expect(driver.message == "Nothing happened to a Failure before this step.")
}

@Test func `visited moments go back and on again`() {
  let driver = Driver()
  driver.type("tt")
  let there = driver.step
  driver.type("[")
  #expect(driver.session.world.time == 1_000_000)
  driver.type("[")
  #expect(driver.step == 0)
  driver.type("[")
  #expect(driver.message == "You have not jumped from anywhere yet.")
  driver.type("]]")
  #expect(driver.step == there)
  driver.type("]")
  #expect(driver.message == "There is nothing to go on to: [ goes back first.")
}

@Test func `bookmarks lead back to their step`() {
  let driver = Driver()
  driver.type("'")
  #expect(driver.message == "There are no bookmarks yet: m and a letter sets one.")
  driver.type("05sma$'a")
  #expect(driver.step == 5)
  driver.type("''")
  #expect(driver.session.isAtEnd)
  driver.type("'z")
  #expect(driver.message == "There is no bookmark z. Bookmarks: a at step 5.")
}

@Test func `whence goes to the step that made what is selected, whither to its last`() {
  let driver = Driver()
  driver.type("$5w")
  #expect(driver.session.record?.event.failure == 0)
  driver.type(":#\(driver.session.knownSteps)\n")
  driver.type("2G")
  #expect(driver.session.shownDeferred != nil)
  driver.type("w")
  if case .made = driver.session.record?.event {} else { Issue.record("not where it was made") }
  driver.type("W")
  #expect(driver.session.record?.event.concerns(driver.session.subject!) == true)
}
