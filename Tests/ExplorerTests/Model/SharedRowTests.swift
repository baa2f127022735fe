import Screen
import Testing
import Traces

@testable import Explorer

/// The rows of Timers that are no timers: loops, tasks, locks, semaphores and queues.
@Suite struct SharedRowTests {
  /// At the end of a run: a loop, and a lock that one has, and for which two more wait; a third gave up.
  private static func driver(hasTimer: Bool = false) -> Driver {
    var script = RecordScript()
    func lock(_ waiting: Int, _ turn: SharedTurn) -> Event {
      .sharedChanged(1, kind: "lock", name: "lock 0", held: 1, waiting: waiting, total: 1, turn: turn)
    }
    let poll = script.make("poll's end", origin: "loop")
    script.say(.loopStarted(0, name: "poll", deferred: poll, interval: 1_000_000, now: true))
    script.line(6)
    for (waiting, name) in ["acquire 1", "acquire 2", "acquire 3", "acquire 4"].enumerated() {
      let id = script.make(name)
      script.say(lock(waiting, waiting == 0 ? .given(id) : .asked(id)))
      if waiting == 0 { script.fire(id, .text("lock")) { _ in } }
    }
    let failure = script.failure("CancelledError", "")
    script.fire(3, .failure(failure)) { _ in }
    script.say(lock(2, .gaveUp(3)))
    if hasTimer { script.timer("later", due: 9) }
    let driver = Driver(ScriptedSource(script.records))
    driver.settle()
    driver.type("$3")
    return driver
  }

  private func details(_ driver: Driver) -> String {
    driver.session.subject.map { driver.session.detailsText(of: $0).joined(separator: "\n") } ?? ""
  }

  @Test func `where no timer is pending, a loop is selected, and the rows go on to the lock`() {
    let driver = Self.driver()
    #expect(driver.session.subject == .actor(0))
    #expect(
      details(driver) == """
        loop: poll
        state: ◷ loop every 1 s, 0 ticks
        Deferred: poll's end
        started: step 2, 0.000 s
        """)
    driver.type("j")
    #expect(driver.session.subject == .actor(1))
    driver.type("j")
    #expect(driver.message == "This is the last row.")
    driver.type("k")
    #expect(driver.session.subject == .actor(0))
  }

  @Test func `a lock's details tell who has it, since when, and who waits, in order`() {
    let driver = Self.driver()
    driver.type("j")
    #expect(
      details(driver) == """
        lock: lock 0
        state: ⧗ lock, acquire 1 has it, 2 waiting
        has it: acquire 1, from step 4 on
        place: scene.yaml:6
        waiting: acquire 2, made at step 6
        acquire 4, made at step 10
        first: step 4, 0.000 s
        place: scene.yaml:6
        """)
    driver.type("7")
    #expect(view(driver.model).picture.contains("acquire 1 has it"))
  }

  @Test func `loops and locks come after the timers, and a click, Enter and their name go to them`() {
    let driver = Self.driver(hasTimer: true)
    #expect(driver.session.subject == .timer(0))
    driver.type("G")
    #expect(driver.session.subject == .actor(1))
    driver.type("\n")
    #expect(driver.step == 4 && driver.session.subject == .actor(1))
    driver.type("^:poll\n")
    #expect(driver.session.subject == .actor(0))
    driver.type("$W")
    #expect(driver.step == 2)
  }

  @Test func `a row is selected by the mouse, and is in view where there are many`() throws {
    var script = RecordScript()
    for id in 0..<30 {
      script.say(.taskMade(id, name: "task \(id)", cooperator: "cooperator"))
      script.timer("timer \(id)", due: Double(id + 1))
    }
    let driver = Driver(ScriptedSource(script.records))
    driver.settle()
    driver.type("$3G")
    #expect(view(driver.model).picture.contains("task 29"))
    let rect = try #require(driver.model.layout.rect(of: .timers))
    let last = Position(x: rect.x + 3, y: rect.maxY - 1)
    #expect(driver.model.subject(at: last, in: .timers) == .actor(29))
    driver.type("g020j")
    #expect(driver.session.subject == .timer(20) && view(driver.model).picture.contains("timer 20"))
  }
}
