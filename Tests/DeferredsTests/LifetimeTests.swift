import Deferreds
import Testing

@Suite struct `The end of a chain` {
  @Test func `tells of a Failure that nobody handled, once`() {
    let told = unhandled {
      _ = Deferred<Int>.fail(Oops("lost"))
      Deferred<Int>.fail(Oops("handled")).addErrback { _ in 0 }
    }
    #expect(told == ["Oops lost"])
  }

  @Test func `does not tell of a Failure that came while it was paused`() throws {
    let told = try unhandled {
      let deferred = Deferred<Int>()
      deferred.pause()
      try deferred.errback(Oops())
    }
    #expect(told == [])
  }

  /// Counts how many of it are alive.
  final class Token {
    let count: Log
    init(_ count: Log) { self.count = count }
    deinit { count("freed") }
  }

  @Test func `frees chains that wait for each other and were let go of`() throws {
    let log = Log()
    do {
      let token = Token(log)
      let inner = Deferred<Int>()
      let outer = Deferred.succeed(1).addCallback { _ in inner }
      outer.addCallback { value -> Int in
        _ = token
        return value
      }
      #expect(outer.isWaiting)
    }
    #expect(log.lines == ["freed"])
  }

  @Test func `frees groups and generators that nobody waits for any more`() throws {
    let log = Log()
    do {
      let token = Token(log)
      let members = (0..<3).map { _ in Deferred<Py>() }
      members[0].addCallback { value -> Py in
        _ = token
        return value
      }
      let list = Deferred<Py>.list(members) { _ in .none }
      let generator = Deferred<Py>.generator(
        .inline,
        Steps({ _ in .wait(list) }, { _ in .finished(.text("\(token)")) }))
      #expect(!generator.isCalled)
    }
    #expect(log.lines == ["freed"])
  }

  @Test func `cancels members that only their list holds`() throws {
    let log = Log()
    let list = Deferred<Py>.list([Deferred<Py> { _ in log("cancelled") }], .consumeErrors) { _ in .int(1) }
    try list.cancel()
    #expect(log.lines == ["cancelled"])
    #expect(list.shown == "1")
  }

  @Test func `takes no stack for a hundred thousand that wait in a row`() throws {
    let count = 100_000
    do {
      let row = (0..<count).map { _ in Deferred<Int>() }
      for (outer, inner) in zip(row, row.dropFirst()) { outer.addCallback { _ in inner } }
      for deferred in row { try deferred.callback(1) }
      #expect(row[0].shown == "1")
    }
    var outer = Deferred<Int>()
    for _ in 0..<count {
      let inner = outer
      outer = Deferred<Int>()
      outer.addCallback { _ in inner }
      try outer.callback(1)
    }
    #expect(outer.isWaiting)
  }

  @Test func `takes no stack for a hundred thousand that hold each other`() {
    var last = Deferred<Int>()
    for _ in 0..<100_000 {
      let inner = last
      last = Deferred<Int>()
      last.addCallback { _ in inner }
    }
    #expect(!last.isCalled)
  }

  @Test func `takes no stack for a hundred thousand of which each is the result of the next`() {
    var last = Deferred<Py>.succeed(.none)
    for _ in 0..<100_000 { last = .succeed(.deferred(last)) }
    #expect(last.shown == "deferred")
  }

  @Test func `takes no stack for a hundred thousand of which each is inside the result of the next`() {
    var last = Deferred<[Any]>.succeed([])
    for _ in 0..<100_000 { last = .succeed([last]) }
    #expect(last.isCalled)
  }

  @Test func `takes no stack for a hundred thousand of which each is inside the error of the next`() {
    struct Holding: NamedError, @unchecked Sendable {
      let deferred: Deferred<Int>
      var message: String { "" }
    }
    let told = unhandled {
      var last = Deferred<Int>.succeed(1)
      for _ in 0..<100_000 { last = .fail(Holding(deferred: last)) }
    }
    #expect(told.count == 100_000)
  }

  @Test func `takes no stack for a hundred thousand of which each is known to the canceller of the next`() {
    var last = Deferred<Int>()
    for _ in 0..<100_000 {
      let inner = last
      last = Deferred<Int> { _ in try inner.cancel() }
    }
    #expect(!last.isCalled)
  }

  @Test func `is no further away with a million handlers`() throws {
    let deferred = Deferred<Int>()
    for _ in 0..<1_000_000 { deferred.addCallback { $0 + 1 } }
    try deferred.callback(0)
    #expect(deferred.shown == "1000000")
  }

  @Test func `a lock is freed with those that wait for it`() {
    weak var lock: DeferredLock?
    do {
      let kept = DeferredLock()
      lock = kept
      _ = kept.acquire()
      _ = kept.acquire()
      _ = kept.run { 1 }
      _ = kept.run { Deferred<Int>() }
      #expect(kept.waitingCount == 3)
    }
    #expect(lock == nil)
  }

  @Test func `what runs under a lock keeps it until it is released`() throws {
    let work = Deferred<Int>()
    weak var lock: DeferredLock?
    let next: Deferred<Int>
    do {
      let kept = DeferredLock()
      lock = kept
      _ = kept.run { work }
      next = kept.run { 2 }
    }
    #expect(lock?.isLocked == true)
    try work.callback(1)
    #expect(next.shown == "2")
    #expect(lock == nil)
  }

  @Test func `who waits for a lock that is gone can still be cancelled`() throws {
    let waiting: Deferred<DeferredSemaphore>
    do {
      let lock = DeferredLock()
      _ = lock.acquire()
      waiting = lock.acquire()
    }
    try waiting.cancel()
    #expect(waiting.shown == "CancelledError")
    waiting.addErrback { _ in DeferredLock() }
  }

  @Test func `a task is freed with those that wait for its end`() throws {
    weak var task: CooperativeTask?
    do {
      let cooperator = Cooperator(on: VirtualClock(), started: false)
      let kept = try cooperator.cooperate { .proceed }
      task = kept
      _ = kept.whenDone()
    }
    #expect(task == nil)
  }

  @Test func `a loop is freed with the Deferred that its end would fire`() throws {
    weak var loop: LoopingCall?
    do {
      let kept = LoopingCall(on: VirtualClock()) { Deferred<Int>() }
      loop = kept
      try kept.start(every: .seconds(1))
    }
    #expect(loop == nil)
  }

  @Test func `a loop that runs is freed with the clock that would call it`() throws {
    weak var loop: LoopingCall?
    weak var clock: VirtualClock?
    do {
      let kept = VirtualClock()
      clock = kept
      let running = LoopingCall(on: kept) {}
      loop = running
      try running.start(every: .seconds(1))
      try kept.advance(by: .seconds(3))
      #expect(loop != nil)
    }
    #expect(clock == nil && loop == nil)
  }

  @Test func `tasks that take turns are freed with the clock that would give them`() throws {
    weak var cooperator: Cooperator?
    weak var clock: VirtualClock?
    do {
      let kept = VirtualClock()
      clock = kept
      let giving = Cooperator(on: kept)
      cooperator = giving
      _ = try giving.cooperate { .proceed }
      #expect(try kept.runNext())
    }
    #expect(clock == nil && cooperator == nil)
  }

  @Test func `a loop whose clock is gone can be asked and stopped, and ticks no more`() throws {
    var ticks = 0
    var clock: VirtualClock? = VirtualClock()
    let loop = LoopingCall(on: try #require(clock)) { ticks += 1 }
    let done = try loop.start(every: .seconds(1), giving: "done")
    clock = nil
    try loop.reset()
    try loop.stop()
    #expect(done.shown == "done")
    try loop.start(every: .seconds(1))
    #expect(loop.isRunning && ticks == 2)
  }
}
