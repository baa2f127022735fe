import Screen
import Testing
import Traces

@testable import Explorer

@Test func `a number goes to a step`() {
  let driver = Driver()
  driver.type(":#7\n")
  #expect(driver.step == 7)
  driver.type(":+2\n")
  #expect(driver.step == 9)
  driver.type(":-4\n")
  #expect(driver.step == 5)
  driver.type(":3\n")
  #expect(driver.step == 3)
  driver.type(":#100000\n")
  #expect(driver.session.isAtEnd)
}

@Test(arguments: [
  (":1s\n", 1_000_000), (":1000ms\n", 1_000_000), (":2.0\n", 2_000_000), (":2000000us\n", 2_000_000),
])
func `a time goes to the first step at that time`(typed: String, time: Int64) {
  let driver = Driver()
  driver.type(typed)
  #expect(driver.session.world.time == time)
  #expect(driver.session.record?.event == .clockAdvanced)
}

@Test func `a time at which nothing happens goes to the last step before it, and says so`() {
  let driver = Driver(PoemScene.open(isLazy: true))
  driver.type(":1.5s\n")
  #expect(driver.session.record?.event == .timerEnded(0, raised: nil))
  #expect(driver.message == "Nothing happens at exactly 1.500 s: this is the last step before.")
}

@Test func `per cent count the whole run`() {
  let driver = Driver(PoemScene.open(isLazy: true))
  driver.type(":50%\n")
  #expect(driver.step == driver.session.knownSteps / 2)
  driver.type(":100%\n")
  #expect(driver.session.isAtEnd)
}

@Test func `a name of a recording has a number after a blank, and is typed as it is`() {
  var script = RecordScript()
  let (first, second) = (script.make("fetch 1"), script.make("to 12"))
  script.stage(first, callback: "parse")
  script.fire(second, .text("2")) { _ in }
  script.fire(first, .text("1")) { script in
    script.handler(first, 0, .callback, .text("1")) { _ in .returned(ValueText("3")) }
  }
  let driver = Driver(ScriptedSource(script.records))
  driver.type(":fetch 1\n")
  #expect(driver.session.record?.event == .fired(first, .text("1")))
  driver.type(":fetch 1.parse\n")
  #expect(driver.session.record?.event == .entered(first, stage: 0, .callback, input: .text("1")))
  driver.type(":to to 12\n")
  #expect(driver.session.record?.event == .fired(second, .text("2")))
  driver.type(":fetch \t\n")
  #expect(driver.session.record?.event == .fired(first, .text("1")))
}

@Test func `a Deferred's name goes to where it fires, a handler's to where it is called`() {
  let driver = Driver(PoemScene.open(isLazy: true))
  driver.type(":cache\n")
  #expect(driver.session.record?.event == .fired(PoemScene.cache, .text("'x'")))
  driver.type(":poem.fall_back\n")
  #expect(driver.session.record?.event.stage == 1)
}

@Test func `a handler's name alone goes to where the next of that name is called, round the run`() {
  var script = RecordScript()
  for name in ["page 0", "page 1"] {
    let page = script.make(name)
    script.stage(page, callback: "parse")
    script.stage(page, errback: "never")
    script.fire(page, .text("1")) { script in
      script.handler(page, 0, .callback, .text("1")) { _ in .returned(ValueText("2")) }
    }
  }
  let driver = Driver(ScriptedSource(script.records))
  driver.settle()
  for name in ["page 0", "page 1", "page 0"] {
    driver.type(":pars\t\n")
    #expect(driver.message == "Here parse of \(name) is called.")
    guard case .entered(let id, 0, .callback, _)? = driver.session.record?.event else {
      Issue.record("no call")
      return
    }
    #expect(driver.session.world.deferreds[id].name == name)
  }
  driver.type(":never\n")
  #expect(driver.message == "No handler called never is ever called.")
}

@Test func `a method that is a handler goes by its own name, too`() {
  var script = RecordScript()
  let page = script.make("page")
  script.stage(page, callback: "Client.titles")
  script.fire(page, .text("1")) { script in
    script.handler(page, 0, .callback, .text("1")) { _ in .returned(ValueText("2")) }
  }
  let driver = Driver(ScriptedSource(script.records))
  driver.type(":titles\n")
  #expect(driver.message == "Here titles of page is called.")
}

@Test func `a filter goes on from the one before`() {
  let driver = Driver(PoemScene.open())
  driver.type("fkind:fired\nf")
  #expect(driver.model.prompt?.text == "kind:fired ")
  driver.type("\n")
  #expect(driver.session.filter?.query.text == "kind:fired", "without the space")
  driver.type("ff")
  #expect(driver.model.prompt?.text == "kind:fired f")
}

@Test func `a Failure's type goes to where the next of that type is born, round the run`() {
  var script = RecordScript()
  let poem = script.make("poem")
  for type in ["KeyError", "ValueError", "KeyError"] {
    let failure = script.failure(type, "eggs")
    script.settle(poem, .failure(failure))
  }
  let driver = Driver(ScriptedSource(script.records))
  driver.type(":KeyError\n")
  #expect(driver.step == 2 && driver.message == "Here KeyError 1 of 2 is born.")
  driver.type(":KeyError\n")
  #expect(driver.step == 6 && driver.message == "Here KeyError 2 of 2 is born.")
  driver.type(":KeyError\n")
  #expect(driver.step == 2)
  driver.type(":Val\t\n")
  #expect(driver.step == 4 && driver.message == "Here the only ValueError is born.")
}

@Test(arguments: [
  (":poen\n", "Nothing is called poen. Did you mean poem?"),
  (
    ":poem.pars\n",
    "Nothing is called poem.pars. Did you mean poem.parse?"
  ),
  (":poen 12\n", "Nothing is called poen 12."),
  (":hlep me\n", "There is no command called hlep. Did you mean help?"),
  (":w x\n", "There is no command called w."),
  (":#x\n", "After # comes the number of a step: :#120."),
  (":140%\n", "A place in per cent is from 0% to 100%."),
  (":3h\n", "h is no unit of time here: s, ms or us."),
  (":mouse maybe\n", "The mouse is on or off: :mouse off."),
  (":speed fast\n", "How many steps a second? :speed 5."),
  (":e\n", "Which file? :e NAME opens it."), (":1.2.3s\n", "1.2.3 is no time."),
  (":#99999999999999999999\n", "There are not that many steps."),
])
func `what can't be understood says why`(typed: String, said: String) {
  let driver = Driver()
  driver.type(typed)
  #expect(driver.model.message == .error(said))
  #expect(driver.step == 0)
}

@Test(arguments: [
  (":q\n", [Effect.quit]), (":quit\n", [.quit]), (":e 02-x.yaml\n", [.open("02-x.yaml")]),
  (":mouse off\n", [.setMouse(false)]),
])
func `commands act`(typed: String, effects: [Effect]) {
  let driver = Driver()
  driver.type(typed)
  #expect(driver.effects == effects)
}

@Test func `a bookmark is set and deleted by its command`() {
  let driver = Driver()
  driver.type(":mark x\n:unmark x\n")
  #expect(driver.message == "Bookmark x, step 0, is deleted.")
  driver.type(":unmark xy\n")
  #expect(driver.message == "A bookmark is a letter or a digit: :unmark a.")
}

@Test func `help opens on a word`() {
  let driver = Driver()
  driver.type(":help bookmark\n")
  #expect(driver.model.help?.searchText == "bookmark")
  #expect(driver.model.helpLines.count < 20)
}

@Test func `Tab completes, goes round, and starts anew after a letter`() {
  let driver = Driver()
  driver.settle()
  driver.type(":po\t")
  #expect(driver.model.prompt?.text == "poem")
  driver.type("\t")
  #expect(driver.model.prompt?.text == "poem.parse")
  driver.press(.backTab)
  #expect(driver.model.prompt?.text == "poem")
  driver.type(".f\t\n")
  #expect(driver.session.record?.event.stage == 1)
}

@Test func `Tab completes what follows a command`() {
  let driver = Driver()
  driver.type(":focus f\t\n")
  #expect(driver.session.focus == .failures)
}

@Test func `the arrows go through what was typed before, and back to what is typed now`() {
  let driver = Driver()
  driver.type(":#3\n:#5\n:x")
  driver.press(.up)
  #expect(driver.model.prompt?.text == "#5")
  driver.press(.up, .up)
  #expect(driver.model.prompt?.text == "#3")
  driver.press(.down, .down)
  #expect(driver.model.prompt?.text == "x")
}

@Test func `Esc, ^C and deleting in an empty line leave the prompt`() {
  let driver = Driver()
  for key in [Key.escape, .control("c"), .backspace] {
    driver.press(":", key)
    #expect(driver.model.prompt == nil)
  }
  #expect(driver.effects.isEmpty)
}

@Test func `the line is edited as a shell's`() {
  let driver = Driver()
  driver.type(":one two")
  driver.press(.control("w"))
  #expect(driver.model.prompt?.text == "one ")
  driver.press(.control("a"), "x", .delete, .right, .control("k"), .end, .left, .backspace)
  #expect(driver.model.prompt?.text == "n")
  driver.press(.control("u"))
  #expect(driver.model.prompt?.text == "n")
}

@Test func `a paste is text, never keys, and has a bound`() {
  let driver = Driver()
  driver.press(.paste("q\nQ"))
  #expect(driver.effects.isEmpty)
  driver.press(":", .paste("#3\u{1b}[2J\n" + String(repeating: "x", count: 5000)))
  #expect(driver.model.prompt?.text.count == EditLine.limit)
  #expect(driver.model.prompt?.text.hasPrefix("#3[2Jx") == true)
}
