import Screen
import Testing
import Traces

@testable import Explorer

/// What names that are typed after `:` mean.
@Suite struct NamingTests {
  /// A loop and a lock, at which one waits; two fetches, and one gatherResults.
  private static func driver() -> Driver {
    var script = RecordScript()
    let poll = script.make("poll's end", origin: "loop")
    script.say(.loopStarted(0, name: "poll", deferred: poll, interval: 1_000_000, now: true))
    script.say(.taskMade(1, name: "work 3", cooperator: "cooperator"))
    let first = script.make("fetch 1")
    for (held, turn) in [(1, SharedTurn.given(first)), (1, .asked(poll)), (0, .gaveUp(poll))] {
      script.say(
        .sharedChanged(2, kind: "lock", name: "lock 0", held: held, waiting: 0, total: 1, turn: turn))
    }
    script.make("fetch 2")
    script.make("gatherResults 13", origin: "gather")
    script.stage(3, callback: "parse")
    script.fire(3, .text("1")) { script in
      script.handler(3, 0, .callback, .text("1")) { _ in .returned(ValueText("2")) }
    }
    let driver = Driver(ScriptedSource(script.records))
    driver.settle()
    return driver
  }

  @Test(arguments: [("poll", 2), ("work 3", 3), ("lock 0", 5), ("lock", 5), ("work", 3), ("to lock", 5)])
  func `what loops, tasks and locks are called goes to where they are told of first`(name: String, step: Int)
  {
    let driver = Self.driver()
    driver.type(":\(name)\n")
    #expect(driver.step == step, "\(driver.message)")
  }

  @Test func `of several that are called alike, each is gone to in turn, and knows where it began`() {
    var script = RecordScript()
    for id in 0..<3 {
      let end = script.make("start \(id)", origin: "loop")
      script.say(.loopStarted(id, name: "poll", deferred: end, interval: 1_000_000, now: true))
    }
    let driver = Driver(ScriptedSource(script.records))
    driver.settle()
    driver.type("^:poll\n")
    #expect(driver.step == 2 && driver.session.selection.actor == 0)
    driver.type(":poll\n")
    #expect(
      driver.step == 4 && driver.session.selection.actor == 1 && driver.message == "This is poll 2 of 3.")
    driver.type("$3w")
    #expect(driver.step == 4)
  }

  @Test func `Tab completes the names of loops and locks`() {
    let driver = Self.driver()
    driver.type(":loc\t")
    #expect(driver.model.prompt?.text == "lock 0")
  }

  @Test func `a name without its number goes to the only one, and of several tells which there are`() {
    let driver = Self.driver()
    driver.type(":gatherResults\n")
    #expect(driver.session.record?.event == .fired(3, .text("1")))
    driver.type(":fetch\n")
    #expect(driver.message == "2 are called fetch and a number, the first of them fetch 1. Which one?")
  }

  @Test func `who goes to a Deferred by its name holds it, and by a handler's that stage`() {
    let driver = Self.driver()
    driver.type(":gatherResults\n")
    #expect(driver.session.selection.deferred == 3)
    driver.type("^:fetch 1\n")
    #expect(driver.session.selection.deferred == 1)
    driver.type(":gatherResults 13.parse\n")
    #expect(driver.session.selection.deferred == 3 && driver.session.selection.stage == 0)
    driver.type("\u{1b}:poll\n")
    #expect(!driver.session.isHeld)
  }
}
