import Deferreds
import Testing

/// A body that tells what it gets, waits once more, and tells its end.
private func sleeper(_ name: String, on clock: VirtualClock, _ log: Log) -> Deferred<String> {
  Deferred {
    log("\(name) begins")
    defer { log("\(name) ends") }
    try await clock.sleep(for: .seconds(1)).value
    log("\(name) at \(clock.now)")
    try await clock.sleep(for: .seconds(1)).value
    return name
  }
}

@Suite struct `An async body` {
  let clock = VirtualClock()
  let log = Log()

  @Test func `begins at once, and goes on inside the advance that fires what it awaits`() throws {
    let done = sleeper("a", on: clock, log)
    #expect(log.lines == ["a begins"])
    try clock.advance(by: .seconds(1))
    #expect(log.lines == ["a begins", "a at 1.0 seconds"])
    try clock.advance(by: .seconds(1))
    #expect(log.lines.last == "a ends" && done.shown == "a")
  }

  @Test func `goes through several sleeps in one advance of a clock that shows each its time`() throws {
    let done = sleeper("a", on: clock, log)
    try clock.advance(by: .seconds(2))
    #expect(done.shown == "a")
  }

  @Test func `runs in the same order every time`() throws {
    var orders: Set<[String]> = []
    for _ in 0..<1000 {
      let clock = VirtualClock()
      let log = Log()
      let all = (0..<5).map { sleeper("\($0)", on: clock, log).logged(log) }
      try clock.advance(by: .seconds(3))
      #expect(all.filter(\.isCalled).count == 5)
      orders.insert(log.lines)
    }
    #expect(orders.count == 1)
  }

  @Test func `goes on inside the other chain's run, before what was added after it`() throws {
    let inner = Deferred<Int>()
    let done = Deferred { [log] in log("got \(try await inner.value)") }
    inner.addCallbacks({ _ in log("callback") }, errback: { log("errback \($0)") })
    try inner.callback(1)
    #expect(log.lines == ["got 1", "errback MovedError The result moved to another Deferred"])
    #expect(done.isCalled)
  }

  @Test func `gets the Failure of what it awaits thrown there, and throws the same one on`() throws {
    let inner = Deferred<Int>()
    let failure = Failure(Oops("bad"))
    let done = Deferred { [log] in
      defer { log("finally") }
      do { return try await inner.value } catch let failure as Failure {
        log("caught \(failure)")
        try failure.trap(Other.self)
        return 0
      }
    }
    try inner.errback(failure)
    #expect(log.lines == ["caught Oops bad", "finally"])
    guard case .failure(let ended) = done.currentResult else {
      Issue.record("not failed")
      return
    }
    #expect(ended === failure)
    done.addErrback { _ in 0 }
  }

  @Test func `that throws an error of its own has what it caught for the cause`() throws {
    let inner = Deferred<Int>()
    let done = Deferred<Int> { () async throws -> Int in
      do { return try await inner.value } catch { throw Oops("second") }
    }
    try inner.errback(Oops("first"))
    guard case .failure(let failure) = done.currentResult else {
      Issue.record("not failed")
      return
    }
    #expect(failure.message == "second" && failure.cause?.message == "first")
    done.addErrback { _ in 0 }
  }

  @Test func `reads a chain that has fired, leaves it, and does not stop`() {
    let fired = Deferred.succeed(7)
    let done = Deferred { () async throws -> Int in
      var sum = 0
      for _ in 0..<10_000 { sum += try await fired.value }
      return sum
    }
    #expect(done.shown == "70000" && fired.shown == "7")
  }

  @Test func `that awaits the very chain that runs it, and is paused, is told that it goes round`() throws {
    let chain = Deferred<Int>()
    var body: Deferred<Int>?
    chain.addCallback { value in
      chain.pause()
      body = Deferred { try await chain.value }
      return value
    }
    try chain.callback(1)
    #expect(body?.shown.hasPrefix("CircularWaitError") == true)
    body?.addErrback { _ in 0 }
    try chain.unpause()
  }

  @Test func `that awaits ten thousand times in a loop needs no stack`() throws {
    let clock = clock
    let done = Deferred { () async throws -> Int in
      for _ in 0..<10_000 { try await clock.sleep(for: .microseconds(1)).value }
      return 1
    }
    try clock.advance(by: .seconds(1))
    #expect(done.shown == "1")
  }

  @Test func `in a row of fifty thousand that await one another needs no deep stack`() throws {
    let first = Deferred<Int>()
    var last = first
    for _ in 0..<50_000 {
      let inner = last
      last = Deferred { () async throws -> Int in try await inner.value + 1 }
    }
    try first.callback(0)
    #expect(last.shown == "50000")
  }

  @Test func `may fire what another body awaits`() throws {
    let first = Deferred<Int>()
    let second = Deferred<Int>()
    let one = Deferred { [log] in
      log("one \(try await first.value)")
      try second.callback(2)
      log("one is over")
    }
    let two = Deferred { [log] in log("two \(try await second.value)") }
    try first.callback(1)
    #expect(log.lines == ["one 1", "two 2", "one is over"])
    #expect(one.isCalled && two.isCalled)
  }

  @Test func `may be made by another body, which awaits it`() throws {
    let done = Deferred { [clock, log] in
      let inner = sleeper("inner", on: clock, log)
      return try await inner.value + " outer"
    }
    try clock.advance(by: .seconds(2))
    #expect(done.shown == "inner outer")
  }

  @Test func `runs its child tasks by turns`() throws {
    let done = Deferred { () async throws -> [Int] in
      await withTaskGroup(of: Int.self) { group in
        for number in 0..<5 {
          group.addTask {
            for _ in 0..<number { await Task.yield() }
            return number
          }
        }
        var order: [Int] = []
        for await number in group { order.append(number) }
        return order
      }
    }
    #expect(done.shown == "[0, 1, 2, 3, 4]")
  }

  @Test func `whose child tasks wait for chains goes on with them`() throws {
    // The child tasks run by turns on this very thread, which the compiler cannot see.
    nonisolated(unsafe) let gates = (0..<3).map { _ in Deferred<Int>() }
    let done = Deferred { () async throws -> [Int] in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in gates.indices { group.addTask { try await gates[number].value } }
        var order: [Int] = []
        for try await number in group { order.append(number) }
        return order
      }
    }
    for number in [1, 0, 2] { try gates[number].callback(number) }
    #expect(done.shown == "[1, 0, 2]")
  }
}

@Suite struct `An async body that is cancelled` {
  let log = Log()

  @Test func `has what it awaits cancelled, by its canceller`() throws {
    let inner = Deferred<Int> { [log] _ in log("canceller") }
    let done = Deferred { [log] () async throws -> Int in
      defer { log("finally") }
      return try await inner.value
    }
    try done.cancel()
    #expect(log.lines == ["canceller", "finally"])
    #expect(done.shown == "CancelledError")
    done.addErrback { _ in 0 }
  }

  @Test func `may catch it and return a value`() throws {
    let inner = Deferred<Int>()
    let done = Deferred { () async throws -> Int in
      do { return try await inner.value } catch let failure as Failure {
        try failure.trap(CancelledError.self)
        return 5
      }
    }
    try done.cancel()
    #expect(done.shown == "5")
  }

  @Test func `may catch it, go on, and fire later`() throws {
    let clock = VirtualClock()
    let done = Deferred { () async throws -> String in
      do { try await Deferred<Void>().value } catch {}
      try await clock.sleep(for: .seconds(1)).value
      return Task.isCancelled ? "cancelled" : "after all"
    }
    try done.cancel()
    #expect(done.isWaiting)
    try clock.advance(by: .seconds(1))
    #expect(done.shown == "after all")
  }

  @Test func `goes on with the result that the inner canceller gives`() throws {
    let inner = Deferred<Int> { try $0.callback(3) }
    let done = Deferred { () async throws -> Int in try await inner.value }
    try done.cancel()
    #expect(done.shown == "3")
  }

  @Test func `gives up in time when it has a timeout`() throws {
    let clock = VirtualClock()
    let done = Deferred { try await clock.sleep(for: .seconds(9)).value }
    done.addTimeout(after: .seconds(1), on: clock)
    try clock.advance(by: .seconds(1))
    #expect(done.shown.hasPrefix("TimeoutError") && clock.pendingCount == 0)
    done.addErrback { _ in }
  }

  @Test func `twice is cancelled again where it waits by then`() throws {
    let done = Deferred { [log] () async throws -> Void in
      for number in 1...2 {
        do { try await Deferred<Void>().value } catch { log("\(number) \(error)") }
      }
    }
    try done.cancel()
    try done.cancel()
    #expect(log.lines == ["1 CancelledError", "2 CancelledError"] && done.isCalled)
  }
}

@Suite struct `An async body on an actor` {
  @MainActor @Test func `that is cancelled has its task cancelled where it awaits something else`()
    async throws
  {
    let done = Deferred { () async throws -> Int in
      try await Task.sleep(for: .seconds(3600))
      return 1
    }
    try done.cancel()
    do {
      _ = try await done.value
      Issue.record("went on")
    } catch let failure as Failure {
      #expect(failure.error is CancelledError)
    }
  }

  @MainActor @Test func `goes on inside the advance, on its actor`() throws {
    let clock = VirtualClock()
    let log = Log()
    let done = Deferred { () async throws -> Void in
      MainActor.assertIsolated()
      log("begins")
      try await clock.sleep(for: .seconds(1)).value
      MainActor.assertIsolated()
      log("ends")
    }
    #expect(log.lines == ["begins"])
    try clock.advance(by: .seconds(1))
    #expect(log.lines == ["begins", "ends"] && done.isCalled)
  }

  private actor Counter {
    var count = 0
    private let clock = VirtualClock()

    func add() { count += 1 }

    func run(_ times: Int) throws -> Bool {
      let all = (0..<times).map { _ in
        Deferred {
          for _ in 0..<10 {
            self.count += 1
            try await self.clock.sleep(for: .seconds(1)).value
          }
        }
      }
      try clock.advance(by: .seconds(20))
      return all.allSatisfy(\.isCalled)
    }

    func helped(by other: Counter) async throws -> Int {
      let done = Deferred { () async throws -> Int in
        await other.add()
        self.assertIsolated()
        self.count += 1
        return await other.count
      }
      return try await done.value
    }
  }

  @Test func `keeps the actor to itself while it runs inside an advance`() async throws {
    let counter = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          let isOver = try await counter.run(50)
          #expect(isOver)
        }
        group.addTask { for _ in 0..<100 { await counter.add() } }
      }
      try await group.waitForAll()
    }
    #expect(await counter.count == 20 * 50 * 10 + 20 * 100)
  }

  @Test func `comes back to it from other actors`() async throws {
    let counter = Counter()
    #expect(try await counter.helped(by: Counter()) == 1)
    #expect(await counter.count == 1)
  }
}
