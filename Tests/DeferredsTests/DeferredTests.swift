import Deferreds
import Testing

@Suite struct `A chain of callbacks` {
  @Test func `hands each handler what the one before returned`() throws {
    let log = Log()
    let deferred = Deferred<Int>()
    deferred.addCallback { $0 + 1 }.addCallback { "\($0)!" }.logged(log)
    try deferred.callback(1)
    #expect(log.lines == ["2!"])
  }

  @Test func `runs a handler at once when it has fired`() {
    let log = Log()
    Deferred.succeed(3).addCallback { $0 * 2 }.logged(log)
    #expect(log.lines == ["6"])
  }

  @Test func `gives what a callback throws to the next errback`() throws {
    let log = Log()
    let deferred = Deferred<Int>()
    deferred.addCallback { _ -> Int in throw Oops("first") }
      .addCallback { value -> Int in
        log("never")
        return value
      }
      .addErrback { failure in
        log("\(failure)")
        return 7
      }
      .logged(log)
    try deferred.callback(1)
    #expect(log.lines == ["Oops first", "7"])
  }

  @Test func `does not show an errback what its own callback throws`() throws {
    let log = Log()
    let deferred = Deferred<Int>()
    deferred.addCallbacks(
      { _ -> Int in throw Oops() },
      errback: { _ -> Int in
        log("sibling")
        return 0
      }
    ).addErrback { _ in 1 }.logged(log)
    try deferred.callback(1)
    #expect(log.lines == ["1"])
  }

  @Test func `passes the same Failure on where no errback stands`() throws {
    let failure = Failure(Oops())
    var seen: Failure?
    let deferred = Deferred<Int>()
    deferred.addCallback { $0 }.addCallback { $0 }.addErrback {
      seen = $0
      return 0
    }
    try deferred.errback(failure)
    #expect(seen === failure)
  }

  @Test func `switches to the errback line when a handler returns a Failure`() throws {
    let deferred = Deferred<Int>()
    deferred.addCallback { _ in StageResult<Int>.failure(Failure(Oops("returned"))) }
    try deferred.callback(1)
    #expect(deferred.shown == "Oops returned")
    deferred.addErrback { _ in 0 }
  }

  @Test func `runs a handler that was added inside a handler after it, at the end`() throws {
    let log = Log()
    let deferred = Deferred<Int>()
    deferred.addCallback { value -> Int in
      deferred.addCallback { value -> Int in
        log("inner \(value)")
        return 3
      }
      log("outer \(value)")
      return 2
    }
    deferred.logged(log, "second ")
    try deferred.callback(1)
    #expect(log.lines == ["outer 1", "second 2", "inner 2"])
    #expect(deferred.shown == "3")
  }

  @Test func `is not stopped by a pause inside its running handler`() throws {
    let log = Log()
    let deferred = Deferred<Int>()
    deferred.addCallback { value -> Int in
      deferred.pause()
      return value
    }.logged(log)
    try deferred.callback(1)
    #expect(log.lines == ["1"])
    #expect(deferred.pauseCount == 1)
  }

  @Test func `does nothing when a handler cancels its own chain`() throws {
    let deferred = Deferred<Int>()
    deferred.addCallback { value -> Int in
      try deferred.cancel()
      return value
    }
    try deferred.callback(1)
    #expect(deferred.shown == "1")
  }
}

@Suite struct `Firing` {
  @Test func `a second time throws and says where it was fired first`() throws {
    let deferred = Deferred<Int>()
    try deferred.callback(1, file: "A.swift", line: 12)
    let error = #expect(throws: AlreadyCalledError.self) { try deferred.callback(2) }
    #expect(error?.firstFired == Place(file: "A.swift", line: 12))
    #expect(error?.message == "")
    #expect(deferred.shown == "1")
  }

  @Test func `inside a handler throws into that handler`() throws {
    let deferred = Deferred<Int>()
    deferred.addCallback { value -> Int in
      try deferred.callback(2)
      return value
    }
    try deferred.callback(1)
    #expect(deferred.shown == "AlreadyCalledError")
    deferred.addErrback { _ in 0 }
  }

  @Test func `with a Failure acts as errback and keeps its identity`() throws {
    let failure = Failure(Oops())
    let deferred = Deferred<Int>()
    try deferred.errback(failure)
    guard case .failure(let held) = deferred.currentResult else {
      Issue.record("no Failure")
      return
    }
    #expect(held === failure)
    deferred.addErrback { _ in 0 }
  }
}

@Suite struct `Pausing` {
  @Test func `holds the next stage back until every pause is taken back`() throws {
    let log = Log()
    let deferred = Deferred<Int>().logged(log)
    deferred.pause()
    deferred.pause()
    try deferred.callback(1)
    try deferred.unpause()
    #expect(log.lines.isEmpty)
    try deferred.unpause()
    #expect(log.lines == ["1"])
  }

  @Test func `cannot be taken back without a pause`() {
    let deferred = Deferred<Int>()
    #expect(throws: UnmatchedUnpauseError.self) { try deferred.unpause() }
    #expect(deferred.pauseCount == 0)
  }

  @Test func `of a chain that waits cannot be ended by an unpause in a typed program`() throws {
    let inner = Deferred<Int>()
    let outer = Deferred.succeed(1).addCallback { _ in inner }
    #expect(throws: UnmatchedUnpauseError.self) { try outer.unpause() }
    try inner.callback(5)
    #expect(outer.shown == "5")
  }
}

@Suite struct `Cancelling` {
  @Test func `without a canceller fails the chain and swallows exactly one late result`() throws {
    let deferred = Deferred<Int>().addErrback { failure in
      try failure.trap(CancelledError.self)
      return -1
    }
    try deferred.cancel()
    try deferred.callback(1)
    #expect(throws: AlreadyCalledError.self) { try deferred.callback(2) }
    #expect(deferred.shown == "-1")
  }

  @Test func `with a canceller that fires nothing swallows no late result`() throws {
    let deferred = Deferred<Int> { _ in }
    deferred.addErrback { _ in 0 }
    try deferred.cancel()
    #expect(throws: AlreadyCalledError.self) { try deferred.callback(1) }
  }

  @Test func `takes the result that the canceller gives`() throws {
    let deferred = Deferred<Int> { try $0.callback(9) }
    try deferred.cancel()
    #expect(deferred.shown == "9")
  }

  @Test func `throws what the canceller throws and leaves the chain unfired`() {
    let deferred = Deferred<Int> { _ in throw Oops() }
    #expect(throws: (any Error).self) { try deferred.cancel() }
    #expect(!deferred.isCalled)
  }

  @Test func `after firing does nothing`() throws {
    var called = false
    let deferred = Deferred<Int> { _ in called = true }
    try deferred.callback(1)
    try deferred.cancel()
    #expect(!called)
    #expect(deferred.shown == "1")
  }

  @Test func `a chain that waits goes on to the one it waits for`() throws {
    let log = Log()
    let inner = Deferred<Int> { _ in log("inner cancelled") }
    let outer = Deferred.succeed(1).addCallback { _ in inner }.logged(log)
    try outer.cancel()
    #expect(log.lines == ["inner cancelled", "CancelledError"])
    outer.addErrback { _ in 0 }
  }

  @Test func `reaches an inner chain that nobody else holds`() throws {
    let log = Log()
    let outer = Deferred.succeed(1).addCallback { _ in Deferred<Int> { _ in log("reached") } }
    try outer.cancel()
    #expect(log.lines == ["reached"])
    #expect(outer.shown == "CancelledError")
    outer.addErrback { _ in 0 }
  }

  @Test func `reaches the end of a row of chains that only the first handle holds`() throws {
    let log = Log()
    var outer = Deferred<Int> { _ in log("reached") }
    for _ in 0..<1000 {
      let inner = outer
      outer = Deferred.succeed(1).addCallback { _ in inner }
    }
    try outer.cancel()
    #expect(log.lines == ["reached"])
    outer.addErrback { _ in 0 }
  }

  @Test func `inside its own canceller throws instead of going round for ever`() {
    let deferred = Deferred<Int> { try $0.cancel() }
    #expect(throws: (any Error).self) { try deferred.cancel() }
  }
}
