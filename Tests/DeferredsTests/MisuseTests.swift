import Deferreds
import Testing

/// What a program should not do, and what comes of it: no crash, no leak, and Twisted's error or one of our own.
@Suite struct Misuse {
  /// Counts how many of it are alive.
  final class Token {
    let count: Log
    init(_ count: Log) { self.count = count }
    deinit { count("freed") }
  }

  @Test(
    arguments: [
      ("fire", "AlreadyCalledError"), ("fail", "AlreadyCalledError"), ("cancel", "1"), ("pause", "1"),
      ("unpause", "1"), ("await", "waiting"), ("chain to itself", "1"),
    ])
  func `of its own chain by a handler ends as with Twisted`(deed: String, result: String) throws {
    let log = Log()
    let told = unhandled {
      do {
        let token = Token(log)
        let deferred = Deferred<Py>()
        deferred.addCallback { value -> StageResult<Py> in
          _ = token
          switch deed {
          case "fire": try deferred.callback(value)
          case "fail": try deferred.errback(Oops())
          case "cancel": try deferred.cancel()
          case "pause": deferred.pause()
          case "unpause": try deferred.unpause()
          case "await": return .wait(deferred)
          default: deferred.chainDeferred(deferred)
          }
          return .value(value)
        }
        try? deferred.callback(.int(1))
        #expect(deferred.shown == result || deed == "chain to itself")
      }
    }
    #expect(log.lines == ["freed"])
    #expect(told == (result.hasSuffix("Error") || deed == "chain to itself" ? ["AlreadyCalledError"] : []))
  }

  @Test func `dropping the last handle on a chain from its own handler lets the run go on`() throws {
    let log = Log()
    var last: Deferred<Int>? = Deferred<Int>()
    last?.addCallback { value -> Int in
      last = nil
      return value + 1
    }
    last?.logged(log)
    try last?.callback(1)
    #expect(log.lines == ["2"])
  }

  @Test func `a canceller that raises leaves its chain as it was, and one that cancels again is told so`()
    throws
  {
    let raising = Deferred<Int> { _ in throw Oops() }
    #expect(throws: (any Error).self) { try raising.cancel() }
    #expect(!raising.isCalled)
    let again = Deferred<Int> { deferred in try deferred.cancel() }
    #expect(throws: CircularCancelError.self) { try again.cancel() }
    #expect(!again.isCalled)
  }

  @Test func `a loop that stops itself while it waits ends when what it waits for comes`() throws {
    let clock = VirtualClock()
    let body = Deferred<Int>()
    var loop: LoopingCall?
    loop = LoopingCall(on: clock) { () throws -> Deferred<Int> in
      try loop?.stop()
      return body
    }
    let done = try #require(try loop?.start(every: .seconds(1)))
    #expect(throws: AssertionError("Tried to stop a LoopingCall that was not running.")) { try loop?.stop() }
    #expect(!done.isCalled)
    try body.callback(1)
    #expect(done.isCalled && clock.pendingCount == 0)
    loop = nil
  }

  @Test func `an unpause of a chain that waits, and waits again, leaves nothing that dangles`() throws {
    let log = Log()
    for order in [[0, 1], [1, 0], [0], [1], []] {
      let token = Token(log)
      var inner = [Deferred<Py>(), Deferred<Py>()]
      var outer: Deferred<Py>? = Deferred<Py>()
      for deferred in inner { outer?.addCallback { _ in deferred } }
      outer?.addCallback { value -> Py in
        _ = token
        return value
      }
      try outer?.callback(.none)
      try outer?.unpause()
      if order.count == 1 { outer = nil }
      for index in order { try inner[index].callback(.int(index)) }
      if order.isEmpty { outer = nil }
      inner = []
    }
    #expect(log.lines.count == 5)
  }

  // MARK: Time

  @Test(arguments: [VirtualClock.Stepping.each, .jump])
  func `time that does not fit ends at the end of time`(stepping: VirtualClock.Stepping) throws {
    let clock = VirtualClock(stepping: stepping)
    let log = Log()
    try clock.advance(by: .seconds(10))
    let far = clock.callLater(after: .seconds(Int64.max)) { log("far") }
    #expect(clock.nextDueMicroseconds == .max)
    try far.delay(by: .microseconds(Int64.max))
    try far.delay(by: .microseconds(-5))
    try far.reset(after: .microseconds(Int64.max))
    #expect(clock.nextDueMicroseconds == .max)
    try clock.advance(by: .seconds(Int64.max))
    #expect(log.lines == ["far"] && clock.nowMicroseconds == .max)
    clock.callLater(after: .seconds(1)) { log("later than all") }
    try clock.advance(by: .seconds(1))
    #expect(log.lines == ["far", "later than all"])
  }

  @Test func `before the beginning of time there is nothing either`() throws {
    let clock = VirtualClock()
    let call = clock.callLater(after: .zero) {}
    try call.delay(by: .seconds(Int64.min))
    try call.delay(by: .seconds(-1))
    try clock.advance(by: .seconds(Int64.min))
    try clock.advance(by: .seconds(-1))
    #expect(clock.nowMicroseconds == .min && !call.isActive)
  }

  @Test func `a loop of the longest interval counts its ticks across all of time`() throws {
    let clock = VirtualClock(stepping: .jump)
    let log = Log()
    try clock.advance(by: .microseconds(Int64.min))
    let loop = LoopingCall.withCount(on: clock) { log("\($0)") }
    try loop.start(every: .microseconds(Int64.max))
    try clock.advance(by: .microseconds(Int64.max))
    try loop.stop()
    try loop.start(every: .microseconds(1))
    try clock.advance(by: .microseconds(Int64.max))
    try loop.stop()
    #expect(log.lines == ["1", "1", "\(Int64.max)"] && clock.pendingCount == 0)
  }

  @Test(arguments: [0, 1, 2_305_843_009_213_693_951, Int64.max - 1, Int64.max, -1, Int64.min])
  func `whole microseconds are exact to the last`(count: Int64) throws {
    let clock = VirtualClock()
    clock.callLater(after: .microseconds(count)) {}
    #expect(clock.nextDueMicroseconds == count)
  }
}
