import Deferreds
import Testing

@Suite struct `Waiting for another Deferred` {
  @Test func `pauses the chain until the inner one has run its stages`() throws {
    let log = Log()
    let inner = Deferred<Int>().addCallback { $0 * 10 }
    let outer = Deferred.succeed(1).addCallback { _ in inner }.logged(log, "outer ")
    #expect(outer.isWaiting && outer.pauseCount == 1)
    try inner.callback(2)
    #expect(log.lines == ["outer 20"])
    #expect(!outer.isPaused)
  }

  @Test func `leaves the inner chain with its own empty value where the type has one`() throws {
    let log = Log()
    let inner = Deferred<Int?>()
    Deferred.succeed(1).addCallback { _ in inner }.logged(log, "outer ")
    try inner.callback(2)
    inner.addCallback { value -> Int? in
      log("inner \(String(describing: value))")
      return value
    }
    #expect(log.lines == ["outer Optional(2)", "inner nil"])
  }

  @Test func `gives the next handler of a moved chain a clear Failure`() throws {
    let inner = Deferred<Int>()
    let outer = Deferred.succeed(1).addCallback { _ in inner }
    try inner.callback(2)
    #expect(inner.shown == "moved")
    inner.addCallback { $0 + 1 }
    #expect(inner.shown == "MovedError The result moved to another Deferred")
    inner.addErrback { _ in 0 }
    #expect(outer.shown == "2")
  }

  @Test func `takes a result that is there already and clears its unhandled mark`() {
    let told = unhandled {
      let inner = Deferred<Int>.fail(Oops())
      Deferred.succeed(1).addCallback { _ in inner }.addErrback { _ in 0 }
    }
    #expect(told == [])
  }

  @Test func `gives the first of two waiters the value and the second the empty one`() throws {
    let log = Log()
    let inner = Deferred<Py>()
    Deferred<Py>.succeed(.none).addCallback { _ in inner }.logged(log, "first ")
    Deferred<Py>.succeed(.none).addCallback { _ in inner }.logged(log, "second ")
    try inner.callback(.int(1))
    #expect(log.lines == ["first 1", "second none"])
  }

  @Test func `for itself is a Failure in a typed program`() throws {
    let deferred = Deferred<Int>()
    deferred.addCallback { _ in deferred }
    try deferred.callback(1)
    #expect(deferred.shown.hasPrefix("CircularWaitError"))
    deferred.addErrback { _ in 0 }
  }

  @Test func `in a circle is a Failure for the chain that closes it`() throws {
    let first = Deferred<Int>()
    let second = Deferred<Int>()
    first.addCallback { _ in second }
    second.addCallback { _ in first }
    try first.callback(1)
    try second.callback(1)
    #expect(second.shown == "waiting" || second.shown == "moved")
    #expect(first.shown.hasPrefix("CircularWaitError"))
    first.addErrback { _ in 0 }
  }

  @Test func `is undone for all below when the chain that is resumed is paused`() throws {
    let log = Log()
    let inner = Deferred<Py>()
    let outer = Deferred<Py>.succeed(.none).addCallback { _ in inner }
    inner.logged(log, "later ")
    outer.pause()
    try inner.callback(.int(1))
    #expect(log.lines == [])
    inner.logged(log, "last ")
    #expect(log.lines == ["later none", "last none"])
    try outer.unpause()
    #expect(outer.shown == "1")
  }

  @Test func `through a stale handle never hands over a value of the wrong type`() throws {
    let log = Log()
    let numbers = Deferred<Int>()
    numbers.addCallback { "\($0)" }
    numbers.addCallback { number -> Int in
      log("called with \(number)")
      return number
    }
    try numbers.callback(1)
    #expect(log.lines == [])
    #expect(numbers.shown == "StaleHandleError The handler takes Int, but the chain carries String")
    numbers.addErrback { _ in 0 }
  }
}

@Suite struct `Chains of dynamic values, as in Twisted,` {
  @Test func `do not flatten a Deferred that callback is given`() throws {
    let inner = Deferred<Py>.succeed(.int(1))
    var seen: Py?
    let outer = Deferred<Py>().addCallback { value -> Py in
      seen = value
      return .none
    }
    try outer.callback(.deferred(inner))
    #expect(seen == .deferred(inner))
    #expect(inner.shown == "1")
  }

  @Test func `wait for a Deferred that a handler returns as a value`() throws {
    let inner = Deferred<Py>()
    let outer = Deferred<Py>.succeed(.none).addCallback { _ -> Py in .deferred(inner) }
    #expect(outer.isWaiting)
    try inner.callback(.int(4))
    #expect(outer.shown == "4")
    #expect(inner.shown == "none")
  }

  @Test func `give the next handler the inner Deferred after an unpause`() throws {
    let inner = Deferred<Py>()
    var seen: Py?
    let outer = Deferred<Py>.succeed(.none).addCallback { _ in inner }
    outer.addCallback { value -> Py in
      seen = value
      return .int(7)
    }
    try outer.unpause()
    #expect(seen == .deferred(inner))
    try inner.callback(.int(1))
    #expect(outer.pauseCount == -1)
    #expect(outer.shown == "1")
    outer.addCallback { _ -> Py in .text("never") }
    #expect(outer.shown == "1")
  }

  @Test func `never run again after an unmatched unpause`() throws {
    let deferred = Deferred<Py>()
    try deferred.unpause()
    #expect(deferred.pauseCount == -1)
    deferred.addCallback { _ -> Py in .int(2) }
    try deferred.callback(.int(1))
    #expect(deferred.shown == "1")
  }

  @Test func `wait for ever for themselves, and a cancel names the circle`() throws {
    let deferred = Deferred<Py>()
    deferred.addCallback { _ in deferred }
    try deferred.callback(.none)
    #expect(deferred.isWaiting)
    #expect(throws: CircularCancelError.self) { try deferred.cancel() }
  }

  @Test func `wait for ever in a circle, and a cancel names it`() throws {
    let recorder = Recorder()
    try Observation.with(Observation(recorder)) {
      let first = Deferred<Py>()
      let second = Deferred<Py>()
      first.name("a")
      second.name("b")
      first.addCallback { _ in second }
      second.addCallback { _ in first }
      try first.callback(.none)
      try second.callback(.none)
      #expect(first.isWaiting && second.isWaiting)
      let error = #expect(throws: CircularCancelError.self) { try first.cancel() }
      #expect(Set(error?.circle ?? []) == ["a", "b"])
    }
  }

  @Test func `wait for a chain whose result is a Deferred`() throws {
    let held = Deferred<Py>()
    let inner = Deferred<Py>()
    try inner.callback(.deferred(held))
    let outer = Deferred<Py>.succeed(.none).addCallback { _ in inner }
    #expect(outer.isWaiting)
    inner.addCallback { _ -> Py in .int(3) }
    #expect(outer.shown == "deferred")
  }

  @Test func `take the input of a chain whose handler runs right now`() throws {
    let running = Deferred<Py>()
    var outer: Deferred<Py>?
    running.addCallback { _ -> Py in
      outer = Deferred<Py>.succeed(.none).addCallback { _ in running }
      return .int(2)
    }
    try running.callback(.int(1))
    #expect(outer?.shown == "1")
    #expect(running.shown == "2")
  }
}
