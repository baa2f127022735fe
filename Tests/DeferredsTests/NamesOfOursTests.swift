import Deferreds
import Foundation
import Testing

/// Names that the page "Coming from Twisted" gives for Twisted's: each is used here, so that it exists.
@Suite struct `Names for those who come from Twisted` {
  let clock = VirtualClock(stepping: .jump)

  @Test func `of Deferreds are there`() throws {
    let deferred = Deferred(of: Int.self)
    deferred.addCallback { $0 }.addErrback { _ in 0 }.addBoth { try $0.get() }
      .addCallbacks({ $0 }, errback: { _ in 0 }).chainDeferred(Deferred(of: Int.self) { _ in })
    deferred.pause()
    try deferred.unpause()
    try deferred.callback(1)
    #expect(deferred.isCalled && !deferred.isPaused && deferred.pauseCount == 0)
    if case .waiting = deferred.currentResult { Issue.record("waits") }
    #expect(throws: AlreadyCalledError.self) { try deferred.errback(Oops()) }
    let timed = Deferred<Int>().addTimeout(after: .seconds(1), on: clock)
    try timed.cancel()
    timed.addErrback { failure in
      try failure.trap(anyOf: CancelledError.self, TimeoutError.self)
      return 0
    }
  }

  @Test func `of functions are there`() throws {
    let members = [Deferred.succeed(1), .maybe { 1 }, .execute { 1 }]
    #expect(Deferred.gatherResults(members).shown == "[1, 1, 1]")
    #expect(Deferred.race(members).isCalled)
    let options: ListOptions = [
      ListOptions.fireOnOneCallback, ListOptions.fireOnOneErrback, ListOptions.consumeErrors,
    ]
    #expect(
      Deferred<Int>.list(members, options) { if case .first(let value, _) = $0 { value } else { 0 } }.isCalled
    )
    #expect(Deferred(named: "body") { () async throws -> Int in try await members[0].value }.isCalled)
    let steps: some GeneratorBody<Py, Py> = Steps({ _ in .finished(.none) })
    #expect(Deferred<Py>.generator(.inline, steps).isCalled)
    let failed = Deferred<Int>.fail(FirstError(Failure(FailureGroup([])), index: 0))
    failed.addErrback { _ in 0 }
    UnhandledFailures.with({ _ in }) {}
    _ = Observation(Recorder())
  }

  @Test func `of what is shared are there`() throws {
    let lock = DeferredLock()
    #expect(lock.acquire().isCalled)
    #expect(lock.isLocked)
    try lock.release()
    #expect(try DeferredSemaphore(tokens: 1).run { 1 }.isCalled)
    let queue = DeferredQueue<Int>(size: 0, backlog: 0)
    #expect(throws: QueueOverflow.self) { try queue.put(1) }
    #expect(throws: QueueUnderflow.self) { try queue.get() }
  }

  @Test func `of clocks are there`() throws {
    let scheduler: any Scheduler = clock
    let call: DelayedCall = scheduler.callLater(after: .seconds(1), named: "call") {}
    try call.reset(after: .seconds(2))
    try call.delay(by: .seconds(1))
    #expect(call.isActive && call.due == .seconds(3) && clock.delayedCalls.count == 1)
    try call.cancel()
    let later = scheduler.deferLater(after: .seconds(1)) { 1 }
    let slept = scheduler.sleep(for: .seconds(2))
    try clock.advance(by: .seconds(1))
    try clock.pump([.seconds(1)])
    #expect(later.isCalled && slept.isCalled)
    #expect(clock.now == .seconds(2) && clock.nowMicroseconds == 2_000_000)
  }

  @Test func `of loops and tasks are there`() throws {
    let loop = LoopingCall(on: clock) {}
    try loop.start(every: .seconds(1), now: false)
    try loop.reset()
    #expect(loop.isRunning)
    try loop.stop()
    _ = LoopingCall.withCount(on: clock) { _ in }
    let cooperator = Cooperator(on: clock, started: false)
    cooperator.start()
    let task: CooperativeTask = try cooperator.cooperate { .done }
    try task.pause()
    try task.resume()
    #expect(throws: NotPaused.self) { try task.resume() }
    let done = task.whenDone(giving: "done")
    try task.stop()
    done.addErrback { failure in
      try failure.trap(TaskStopped.self)
      return "stopped"
    }
    #expect { try task.stop() } throws: { $0 is any TaskFinished }
    #expect(try !cooperator.coiterate([]).isCalled && cooperator.isRunning)
    try cooperator.stop()
    let errors: [any SchedulerError] = [SchedulerStopped(), TaskDone(), TaskFailed()]
    #expect(errors.allSatisfy { $0 is any TaskFinished } == false)
  }

  @Test func `of Failures are there`() throws {
    let first = Failure(Oops("a"), file: "F", line: 1)
    let failure = Failure(Oops("b"), from: first, file: "F", line: 2)
    #expect(failure.check(Oops.self) != nil && failure.error is Oops && failure.cause === first)
    #expect(failure.typeName == "Oops" && failure.parentNames == ["Exception"] && failure.message == "b")
    #expect(failure.description == "Oops b" && failure.origin.line == 2)
    #expect(failure.story == "Oops a (F:1), became Oops b (F:2)")
  }

  @Test func `on the page are all used here`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    let path = "Sources/Deferreds/Deferreds.docc/ComingFromTwisted.md"
    let page = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    let code = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
    // Words of the language and of Twisted, and the product that has tests of its own.
    let others: Set = ["return", "throw", "async", "await", "Result", "Reactors", "value", "type"]
    let rows = page.split(separator: "\n").prefix { $0 != "### Threads" }.filter { $0.hasPrefix("| `") }
    let names = rows.flatMap { row in
      row.split(separator: "|")[1].matches(of: /`([A-Za-z.]+)[^`]*`/).map { String($0.1) }
    }
    #expect(names.count > 80)
    for name in names where !others.contains(name) && name != "react" {
      #expect(code.contains(try Regex("[^A-Za-z\"]\(name)[^A-Za-z\"]")), "\(name)")
    }
  }
}
