import Deferreds
import Testing

@Suite struct `A cooperator` {
  let clock = VirtualClock()
  let log = Log()

  /// A task of `steps` steps that logs each as its name and number.
  func task(_ name: String, steps: Int, in cooperator: Cooperator) throws -> CooperativeTask {
    var made = 0
    return try cooperator.cooperate(named: name) { [log] in
      guard made < steps else { return .done }
      log("\(name)\(made)")
      made += 1
      return .proceed
    }
  }

  @Test func `lets the task behind one that ends lose its turn`() throws {
    let cooperator = Cooperator(on: clock)
    for (name, steps) in [("A", 1), ("B", 2), ("C", 2)] { _ = try task(name, steps: steps, in: cooperator) }
    try clock.advance(by: .zero)
    #expect(log.lines == ["A0", "B0", "C0", "C1", "B1"])
  }

  @Test func `fires whenDone with the task`() throws {
    let cooperator = Cooperator(on: clock)
    let done = try task("A", steps: 1, in: cooperator).whenDone(giving: "done")
    try clock.advance(by: .zero)
    #expect(done.shown == "done")
  }

  @Test func `ends a task with what its step throws`() throws {
    let cooperator = Cooperator(on: clock)
    let task = try cooperator.cooperate { throw Oops() }
    let done = task.whenDone(giving: "done")
    try clock.advance(by: .zero)
    #expect(done.shown == "Oops oops")
    #expect(throws: TaskFailed.self) { try task.stop() }
    done.addErrback { _ in "failed" }
  }

  @Test func `lets a task wait for the Deferred it gives`() throws {
    let cooperator = Cooperator(on: clock)
    let inner = Deferred<Int>()
    var steps: [TaskStep] = [.wait(inner), .done]
    let task = try cooperator.cooperate { steps.removeFirst() }
    let done = task.whenDone(giving: "done")
    try clock.advance(by: .zero)
    #expect(task.pauseCount == 1 && !done.isCalled)
    try inner.callback(1)
    try clock.advance(by: .zero)
    #expect(done.shown == "done")
  }

  @Test func `ends a task whose Deferred fails`() throws {
    let inner = Deferred<Int>()
    let task = try Cooperator(on: clock).cooperate { .wait(inner) }
    let done = task.whenDone(giving: "done")
    try clock.advance(by: .zero)
    try inner.errback(Oops())
    #expect(done.shown == "Oops oops")
    #expect(throws: TaskFailed.self) { try task.pause() }
    done.addErrback { _ in "failed" }
  }

  @Test func `tells everybody who asked when a task is stopped`() throws {
    let task = try task("A", steps: 5, in: Cooperator(on: clock))
    var results = (0..<2).map { _ in task.whenDone(giving: "done") }
    try task.stop()
    results.append(task.whenDone(giving: "done"))
    #expect(results.map(\.shown) == ["TaskStopped", "TaskStopped", "TaskStopped"])
    #expect(throws: TaskStopped.self) { try task.stop() }
    #expect(clock.pendingCount == 0)
    for result in results { result.addErrback { _ in "failed" } }
  }

  @Test func `makes as many steps a turn as it is told`() throws {
    let cooperator = Cooperator(on: clock, unitsPerTurn: 2)
    _ = try task("A", steps: 5, in: cooperator)
    #expect(try clock.runNext() && log.lines == ["A0", "A1"])
  }

  @Test func `goes through a sequence`() throws {
    let done = try Cooperator(on: clock).coiterate([.proceed, .proceed])
    try clock.advance(by: .zero)
    #expect(done.shown == "<task task>")
  }

  @Test func `counts pauses and refuses to resume what is not paused`() throws {
    let cooperator = Cooperator(on: clock)
    let task = try task("A", steps: 1, in: cooperator)
    try task.pause()
    try task.pause()
    try task.resume()
    try clock.advance(by: .zero)
    #expect(log.lines.isEmpty)
    try task.resume()
    try clock.advance(by: .zero)
    #expect(log.lines == ["A0"])
    #expect(throws: NotPaused.self) { try task.resume() }
    #expect(throws: TaskDone.self) { try task.pause() }
  }

  @Test func `that is stopped forgets every second task`() throws {
    let cooperator = Cooperator(on: clock)
    let tasks = try ["A", "B", "C"].map { try task($0, steps: 5, in: cooperator) }
    let results = tasks.map { $0.whenDone(giving: "done") }
    try cooperator.stop()
    #expect(results.map(\.shown) == ["SchedulerStopped", "unfired", "SchedulerStopped"])
    #expect(throws: ValueError("list.remove(x): x not in list")) { try tasks[1].stop() }
    for result in results { result.addErrback { _ in "failed" } }
    let late = try task("D", steps: 1, in: cooperator).whenDone(giving: "done")
    #expect(late.shown == "SchedulerStopped")
    late.addErrback { _ in "failed" }
  }

  @Test func `gives no turns before it is started`() throws {
    let cooperator = Cooperator(on: clock, started: false)
    _ = try task("A", steps: 1, in: cooperator)
    try clock.advance(by: .zero)
    #expect(log.lines.isEmpty)
    cooperator.start()
    try clock.advance(by: .zero)
    #expect(log.lines == ["A0"])
  }
}
