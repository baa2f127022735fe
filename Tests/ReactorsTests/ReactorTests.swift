#if Reactor
  import Deferreds
  import Reactors
  import Testing

  @Suite struct `A reactor` {
    let log = Log()

    @Test func `makes calls when they are due, in order, and says the time`() async throws {
      let early = try await onReactor { [log] reactor in
        var early = 0
        let calls = [3, 1, 2].map { delay -> DelayedCall in
          let due = reactor.now + .milliseconds(delay)
          return reactor.callLater(after: .milliseconds(delay)) {
            log("\(delay)")
            if reactor.now < due { early += 1 }
          }
        }
        // The machine may be busy between two of them.
        let order = calls.sorted { $0.due < $1.due }.map {
          $0 === calls[0] ? "3" : $0 === calls[1] ? "1" : "2"
        }
        return reactor.deferLater(after: .milliseconds(4)) {
          #expect(log.lines == order)
          return early
        }
      }
      #expect(early == 0)
    }

    @Test func `makes a call that is set inside another one on its next pass`() async throws {
      try await onReactor { [log] reactor in
        let done = Deferred<Void>()
        reactor.callLater(after: .zero) {
          log("first")
          reactor.callLater(after: .zero) {
            log("made inside")
            try done.callback()
          }
        }
        reactor.callLater(after: .zero) { log("second") }
        return done
      }
      #expect(log.lines == ["first", "second", "made inside"])
    }

    @Test func `moves calls to earlier times and takes them back`() async throws {
      try await onReactor { [log] reactor in
        let done = Deferred<Void>()
        let far = reactor.callLater(after: .seconds(3600)) {
          log("moved")
          try done.callback()
        }
        let gone = reactor.callLater(after: .milliseconds(1)) { log("cancelled") }
        try gone.cancel()
        try far.reset(after: .milliseconds(2))
        return done
      }
      #expect(log.lines == ["moved"])
    }

    @Test func `logs what a call throws, and goes on`() async throws {
      try await onReactor(logger: log.logger) { reactor in
        reactor.callLater(after: .zero, named: "bad") { throw Oops() }
        return reactor.sleep(for: .milliseconds(1))
      }
      #expect(
        log.lines == [
          "critical Unhandled error in a timed call: Oops oops [call error.message error.type]"
        ])
    }

    @Test func `logs a Failure that nobody handles, with its story`() async throws {
      try await onReactor(logger: log.logger) { reactor in
        let poem = Deferred<Int>()
        poem.addErrback { _ -> Int in throw Oops("second") }
        try poem.errback(Oops("first"), file: "Poem.swift", line: 7)
        return .succeed()
      }
      #expect(
        log.lines == [
          "critical Unhandled error in Deferred: Oops first (Poem.swift:7), became Oops second "
            + "[deferred.fired error.message error.type]"
        ])
    }

    @Test func `drops what is still to come when it is stopped, once`() async throws {
      try await onThread { [log] in
        try Reactor.run { reactor in
          reactor.callLater(after: .seconds(3600)) { log("dropped") }
          reactor.callLater(after: .zero) {
            try reactor.stop()
            #expect(throws: ReactorNotRunning.self) { try reactor.stop() }
          }
        }
      }
      #expect(log.lines == [])
    }

    @Test func `throws what its main function throws, and does not run inside itself`() async throws {
      await #expect(throws: Oops.self) { try await onThread { try Reactor.run { _ in throw Oops() } } }
      await #expect(throws: ReactorAlreadyRunning.self) {
        try await onThread { try Reactor.run { _ in try Reactor.run { _ in } } }
      }
    }

    @Test func `is where async bodies come back to from elsewhere`() async throws {
      let isHome = try await onReactor { reactor in
        Deferred { () async throws -> Bool in
          try await Task.sleep(for: .milliseconds(1))
          try await reactor.sleep(for: .milliseconds(1)).value
          return reactor.handle.isOnThisThread
        }
      }
      #expect(isHome)
    }
  }

  @Suite struct Threads {
    @Test func `do blocking work for a Deferred that fires on the reactor's`() async throws {
      let (there, here) = try await onReactor { reactor in
        let handle = reactor.handle
        return reactor.deferToThread { handle.isOnThisThread }.addCallback { ($0, handle.isOnThisThread) }
      }
      #expect(!there && here)
    }

    @Test func `give what they throw as a Failure`() async throws {
      await #expect { try await onReactor { $0.deferToThread { throw Oops() } } } throws: {
        ($0 as? Failure)?.error is Oops
      }
    }

    @Test func `have things done on the reactor's, in order`() async throws {
      let log = Log()
      try await onReactor { reactor in
        let done = Deferred<Void>()
        let handle = reactor.handle
        let finish = { @Sendable (reactor: Reactor) in log("done") }
        reactor.deferToThread {
          for number in 0..<3 { handle.callFromThread { log("\(number) \($0.handle.isOnThisThread)") } }
          handle.callFromThread(finish)
        }.addCallback { try done.callback() }
        return done
      }
      #expect(log.lines == ["0 true", "1 true", "2 true", "done"])
    }

    @Test func `wait for a Deferred of the reactor's`() async throws {
      let value = try await onReactor { reactor in
        let handle = reactor.handle
        return reactor.deferToThread { () throws -> Int in
          let one = try handle.blockingCallFromThread { $0.deferLater(after: .milliseconds(1)) { 1 } }
          let two = try handle.blockingCallFromThread { _ in 2 }
          return one + two
        }
      }
      #expect(value == 3)
    }

    @Test func `get the Failure of what they wait for`() async throws {
      await #expect { () async throws in
        try await onReactor { reactor in
          let handle = reactor.handle
          return reactor.deferToThread {
            try handle.blockingCallFromThread { _ in Deferred<Int>.fail(Oops()) }
          }
        }
      } throws: { ($0 as? Failure)?.error is Oops }
    }

    @Test func `do not wait for a reactor that stops, has stopped, or is their own`() async throws {
      let handle = try await onThread { () throws -> ReactorHandle in
        var kept: ReactorHandle?
        try Reactor.run { reactor in
          let handle = reactor.handle
          kept = handle
          #expect(throws: BlockingCallOnReactor.self) { try handle.blockingCallFromThread { _ in 1 } }
          reactor.deferToThread {
            #expect(throws: ReactorNotRunning.self) {
              try handle.blockingCallFromThread { reactor in
                try reactor.stop()
                return Deferred<Int>()
              }
            }
          }
        }
        return try #require(kept)
      }
      handle.callFromThread { _ in Issue.record("ran after the end") }
      #expect(throws: ReactorNotRunning.self) { try handle.blockingCallFromThread { _ in 1 } }
    }
  }
#endif
