import Deferreds
import Testing

@Suite struct `A virtual clock` {
  @Test func `runs calls by due time and ties in the order in which they were made`() throws {
    let clock = VirtualClock()
    let log = Log()
    for (name, delay) in [("late", 3), ("a", 1), ("b", 1)] {
      clock.callLater(after: .seconds(delay)) { log(name) }
    }
    try clock.advance(by: .seconds(5))
    #expect(log.lines == ["a", "b", "late"])
    #expect(clock.now == .seconds(5))
  }

  @Test(arguments: [(VirtualClock.Stepping.each, ["1", "3"]), (.jump, ["5", "5"])])
  func `shows each call its own due time, or the time advanced to`(
    stepping: VirtualClock.Stepping, expected: [String]
  ) throws {
    let clock = VirtualClock(stepping: stepping)
    let log = Log()
    for delay in [1, 3] {
      clock.callLater(after: .seconds(delay)) { log("\(clock.nowMicroseconds / 1_000_000)") }
    }
    try clock.advance(by: .seconds(5))
    #expect(log.lines == expected)
  }

  @Test func `in jumps, two sleeps of a second in a row do not end in an advance of two`() throws {
    let clock = VirtualClock(stepping: .jump)
    let log = Log()
    clock.sleep(for: .seconds(1)).addCallback { clock.sleep(for: .seconds(1)) }.addCallback { log("done") }
    try clock.advance(by: .seconds(2))
    #expect(log.lines.isEmpty)
    try clock.advance(by: .seconds(1))
    #expect(log.lines == ["done"])
  }

  @Test func `runs a call of delay 0 made inside a call in the same advance, last`() throws {
    let clock = VirtualClock(stepping: .jump)
    let log = Log()
    clock.callLater(after: .seconds(1)) {
      log("first")
      clock.callLater(after: .zero) { log("made inside") }
    }
    clock.callLater(after: .seconds(1)) { log("second") }
    try clock.advance(by: .seconds(1))
    #expect(log.lines == ["first", "second", "made inside"])
  }

  @Test func `throws what a call throws, keeps the time, and runs the rest on the next advance`() throws {
    let clock = VirtualClock(stepping: .jump)
    let log = Log()
    clock.callLater(after: .seconds(1)) { throw Oops() }
    clock.callLater(after: .seconds(1)) { log("rest") }
    #expect(throws: Oops.self) { try clock.advance(by: .seconds(2)) }
    #expect(clock.now == .seconds(2) && log.lines.isEmpty)
    try clock.advance(by: .zero)
    #expect(log.lines == ["rest"])
  }

  @Test func `goes on when somebody takes what a call throws`() throws {
    let clock = VirtualClock()
    let log = Log()
    clock.onError = { error, _ in log("\(error)") }
    clock.callLater(after: .seconds(1)) { throw Oops("bad") }
    clock.callLater(after: .seconds(1)) { log("rest") }
    try clock.advance(by: .seconds(2))
    #expect(log.lines == ["Oops bad", "rest"])
  }

  @Test func `accepts negative delays and advances`() throws {
    let clock = VirtualClock(stepping: .jump)
    let log = Log()
    clock.callLater(after: .seconds(-1)) { log("past") }
    try clock.advance(by: .seconds(-3))
    #expect(log.lines.isEmpty && clock.now == .seconds(-3))
    try clock.advance(by: .seconds(2))
    #expect(log.lines == ["past"])
  }

  @Test func `can be advanced inside a call`() throws {
    let clock = VirtualClock(stepping: .jump)
    let log = Log()
    clock.callLater(after: .seconds(1)) {
      try clock.advance(by: .seconds(5))
      log("outer \(clock.nowMicroseconds / 1_000_000)")
    }
    clock.callLater(after: .seconds(6)) { log("inner") }
    try clock.advance(by: .seconds(1))
    #expect(log.lines == ["inner", "outer 6"])
  }

  @Test func `gives up when one advance never ends`() throws {
    let clock = VirtualClock()
    clock.maximumCallsPerAdvance = 100
    let loop = LoopingCall(on: clock) {}
    try loop.start(every: .zero)
    #expect(throws: EndlessAdvanceError.self) { try clock.advance(by: .zero) }
  }

  @Test func `runs exactly one call a step for a driver`() throws {
    let clock = VirtualClock()
    let log = Log()
    for name in ["a", "b"] { clock.callLater(after: .seconds(2)) { log(name) } }
    #expect(clock.nextDue == .seconds(2))
    #expect(try clock.runNext())
    #expect(log.lines == ["a"] && clock.now == .seconds(2))
    #expect(try clock.runNext())
    #expect(try !clock.runNext())
  }
}

@Suite struct `A delayed call` {
  @Test func `that was cancelled does not run and cannot be cancelled again`() throws {
    let clock = VirtualClock()
    let call = clock.callLater(after: .seconds(1)) { Issue.record("ran") }
    try call.cancel()
    #expect(!call.isActive && clock.pendingCount == 0)
    #expect(throws: AlreadyCancelled.self) { try call.cancel() }
    #expect(throws: AlreadyCancelled.self) { try call.reset(after: .zero) }
    try clock.advance(by: .seconds(2))
  }

  @Test func `inside itself has been called`() throws {
    let clock = VirtualClock()
    var call: DelayedCall?
    call = clock.callLater(after: .seconds(1)) {
      #expect(throws: AlreadyCalled.self) { try call?.cancel() }
    }
    try clock.advance(by: .seconds(1))
    #expect(throws: AlreadyCalled.self) { try call?.delay(by: .seconds(1)) }
  }

  @Test func `is reset from now, and delayed from when it was due`() throws {
    let clock = VirtualClock()
    let call = clock.callLater(after: .seconds(5)) {}
    try clock.advance(by: .seconds(1))
    try call.reset(after: .seconds(1))
    #expect(call.due == .seconds(2))
    try call.delay(by: .seconds(3))
    #expect(call.due == .seconds(5))
  }

  @Test func `that is moved later runs before those that were due then already`() throws {
    let clock = VirtualClock()
    let log = Log()
    let moved = clock.callLater(after: .seconds(1)) { log("moved") }
    clock.callLater(after: .seconds(2)) { log("stayed") }
    try moved.reset(after: .seconds(2))
    try clock.advance(by: .seconds(2))
    #expect(log.lines == ["moved", "stayed"])
  }

  @Test func `of a clock that is gone can still be cancelled`() throws {
    var clock: VirtualClock? = VirtualClock()
    let call = clock?.callLater(after: .seconds(1)) {}
    clock = nil
    try call?.cancel()
    #expect(call?.isActive == false)
  }

  /// Twisted's clock, word for word: a list that is sorted, stably, again and again.
  private final class NaiveClock {
    var calls: [(due: Int, name: Int)] = []
    var now = 0
    func sort() {
      calls = calls.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }
        .map(\.element)
    }
    func add(_ name: Int, after delay: Int) {
      calls.append((now + delay, name))
      sort()
    }
    func advance(_ amount: Int, _ run: (Int) -> Void) {
      now += amount
      sort()
      while let first = calls.first, first.due <= now {
        calls.removeFirst()
        run(first.name)
        sort()
      }
    }
    func move(_ name: Int, _ change: (Int) -> Int) {
      for index in calls.indices where calls[index].name == name {
        calls[index].due = change(calls[index].due)
      }
    }
  }

  @Test(arguments: 0..<40)
  func `keeps the place that Twisted's stable sorts give it`(seed: UInt64) throws {
    var random = Random(state: seed &+ 1)
    let naive = NaiveClock()
    let clock = VirtualClock(stepping: .jump)
    var pending: [Int: DelayedCall] = [:]
    var expected: [Int] = []
    var found: [Int] = []
    for name in 0..<300 {
      let delay = random.next(6)
      naive.add(name, after: delay)
      pending[name] = clock.callLater(after: .microseconds(delay)) { found.append(name) }
      for _ in 0..<random.next(4) {
        let other = random.next(name + 1)
        guard let call = pending[other], call.isActive else { continue }
        let by = random.next(6)
        switch random.next(4) {
        case 0:
          naive.calls.removeAll { $0.name == other }
          try call.cancel()
        case 1:
          naive.move(other) { _ in naive.now + by }
          try call.reset(after: .microseconds(by))
        default:
          naive.move(other) { $0 + by - 2 }
          try call.delay(by: .microseconds(by - 2))
        }
      }
      #expect(clock.pendingCount == naive.calls.count)
      if random.next(5) == 0 {
        let amount = random.next(3)
        naive.advance(amount) { expected.append($0) }
        try clock.advance(by: .microseconds(amount))
      }
    }
    #expect(clock.delayedCalls.count == naive.calls.count)
    naive.advance(100) { expected.append($0) }
    try clock.advance(by: .microseconds(100))
    #expect(found == expected)
  }
}

/// A generator whose numbers are the same every time.
struct Random {
  var state: UInt64
  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
