#if Reactor
  import Deferreds
  import Reactors
  import Testing

  /// A program with everything that time does; it does not know on which clock it runs.
  private func program(on clock: any Scheduler, _ log: Log) -> Deferred<String> {
    Deferred {
      log(try await clock.deferLater(after: .milliseconds(2)) { "later" }.value)

      var ticks = 0
      var loop: LoopingCall?
      loop = LoopingCall(on: clock) {
        ticks += 1
        log("tick \(ticks)")
        if ticks == 3 { try loop?.stop() }
      }
      _ = try await loop?.start(every: .milliseconds(1)).value
      loop = nil

      let cooperator = Cooperator(on: clock)
      let tasks = try ["a", "b"].map { name in
        var steps = 0
        return try cooperator.cooperate {
          steps += 1
          log("\(name)\(steps)")
          return steps == 2 ? .done : .proceed
        }
      }
      for task in tasks { _ = try await task.whenDone().value }

      let never = Deferred<String>()
      never.addTimeout(after: .milliseconds(3), on: clock)
      do { _ = try await never.value } catch let failure as Failure { log(failure.typeName) }

      let moved = clock.callLater(after: .seconds(3600)) { log("moved") }
      let cancelled = clock.callLater(after: .milliseconds(1)) { log("cancelled") }
      try cancelled.cancel()
      try moved.reset(after: .milliseconds(1))
      while moved.isActive { try await clock.sleep(for: .milliseconds(1)).value }
      return "over"
    }
  }

  @Suite struct `A program that runs on a virtual clock` {
    @Test func `runs on a reactor as it is`() async throws {
      let virtual = Log()
      let clock = VirtualClock()
      let done = program(on: clock, virtual)
      try clock.advance(by: .seconds(1))
      #expect(done.isCalled && clock.pendingCount == 0)

      let real = Log()
      let result = try await onReactor { program(on: $0, real) }
      #expect(result == "over")
      #expect(real.lines == virtual.lines)
      #expect(
        virtual.lines == [
          "later", "tick 1", "tick 2", "tick 3", "a1", "b1", "a2", "b2", "TimeoutError", "moved",
        ])
    }
  }
#endif
