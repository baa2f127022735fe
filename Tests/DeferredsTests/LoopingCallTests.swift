import Deferreds
import Testing

@Suite struct `A looping call` {
  /// The seconds at which a loop ticked.
  final class Ticks {
    var times: [Double] = []
    /// Not held: a loop's body that holds the clock that calls it is freed with nobody.
    unowned let clock: VirtualClock
    init(_ clock: VirtualClock) { self.clock = clock }
    func tick() { times.append(Double(clock.nowMicroseconds) / 1_000_000) }
  }

  @Test func `skips the ticks that went by`() throws {
    let clock = VirtualClock(stepping: .jump)
    let ticks = Ticks(clock)
    try LoopingCall(on: clock) { ticks.tick() }.start(every: .seconds(2))
    try clock.pump([.seconds(5), .milliseconds(500), .milliseconds(500), .seconds(2)])
    #expect(ticks.times == [0, 5, 6, 8])
  }

  @Test func `counts the ticks it stands for`() throws {
    let clock = VirtualClock(stepping: .jump)
    let log = Log()
    let loop = LoopingCall.withCount(on: clock) { log("\($0)") }
    try loop.start(every: .seconds(1))
    try clock.pump([.seconds(3), .seconds(1)])
    #expect(log.lines == ["1", "3", "1"])
  }

  @Test func `fires with itself when it is stopped`() throws {
    let clock = VirtualClock()
    let loop = LoopingCall(on: clock) {}
    let done = try loop.start(every: .seconds(1))
    try loop.stop()
    guard case .value(let value) = done.currentResult else {
      Issue.record("not fired")
      return
    }
    #expect(value === loop && !loop.isRunning && clock.pendingCount == 0)
  }

  @Test func `ends with what its body throws`() throws {
    let clock = VirtualClock()
    var ticks = 0
    let loop = LoopingCall(on: clock) {
      ticks += 1
      if ticks == 3 { throw Oops() }
    }
    let done = try loop.start(every: .seconds(1))
    try clock.advance(by: .seconds(10))
    #expect(done.shown == "Oops oops" && ticks == 3)
    done.addErrback { _ in loop }
  }

  @Test func `waits for the Deferred of its body, and never overlaps it`() throws {
    let clock = VirtualClock()
    var bodies: [Deferred<Int>] = []
    let loop = LoopingCall(on: clock) { () -> Deferred<Int> in
      bodies.append(Deferred())
      return bodies[bodies.count - 1]
    }
    let done = try loop.start(every: .seconds(1))
    try clock.advance(by: .seconds(5))
    #expect(bodies.count == 1)
    try bodies[0].callback(1)
    try clock.advance(by: .seconds(1))
    #expect(bodies.count == 2)
    try loop.stop()
    #expect(!done.isCalled)
    try bodies[1].callback(1)
    #expect(done.isCalled)
  }

  @Test func `counts from a reset`() throws {
    let clock = VirtualClock()
    let ticks = Ticks(clock)
    let loop = LoopingCall(on: clock) { ticks.tick() }
    try loop.start(every: .seconds(2), now: false)
    try clock.advance(by: .seconds(1))
    try loop.reset()
    try clock.advance(by: .seconds(4))
    #expect(ticks.times == [3, 5])
  }

  @Test func `keeps its grid when it is reset while a tick waits`() throws {
    let clock = VirtualClock()
    let ticks = Ticks(clock)
    let body = Deferred<Int>()
    let loop = LoopingCall(on: clock) { () -> Deferred<Int> in
      ticks.tick()
      return ticks.times.count == 1 ? body : .succeed(0)
    }
    try loop.start(every: .seconds(2))
    try clock.advance(by: .seconds(1))
    try loop.reset()
    try body.callback(0)
    try clock.advance(by: .seconds(4))
    #expect(ticks.times == [0, 2, 4])
  }

  @Test func `of interval 0 goes on inside one advance until it is stopped`() throws {
    let clock = VirtualClock()
    var counts: [Int] = []
    var loop: LoopingCall?
    loop = .withCount(on: clock) { count in
      counts.append(count)
      if counts.count == 3 { try loop?.stop() }
    }
    let done = try loop?.start(every: .zero)
    #expect(counts == [1])
    try clock.advance(by: .zero)
    #expect(counts == [1, 1, 1] && done?.isCalled == true)
    loop = nil
  }

  @Test func `of interval 0 that nobody stops ends the advance with an error`() throws {
    let clock = VirtualClock()
    clock.maximumCallsPerAdvance = 100
    let loop = LoopingCall(on: clock) {}
    try loop.start(every: .zero)
    #expect(throws: EndlessAdvanceError.self) { try clock.advance(by: .zero) }
    try loop.stop()
  }

  @Test func `refuses what makes no sense`() throws {
    let loop = LoopingCall(on: VirtualClock()) {}
    #expect(throws: AssertionError("Tried to stop a LoopingCall that was not running.")) { try loop.stop() }
    #expect(throws: AssertionError("Tried to reset a LoopingCall that was not running.")) { try loop.reset() }
    #expect(throws: ValueError("interval must be >= 0")) { try loop.start(every: .seconds(-1)) }
    try loop.start(every: .seconds(1))
    #expect(throws: AssertionError("Tried to start an already running LoopingCall.")) {
      try loop.start(every: .seconds(1))
    }
  }

  @Test func `stopped and started while a tick waits has two trains of ticks`() throws {
    let clock = VirtualClock()
    var bodies: [Deferred<Int>] = []
    let loop = LoopingCall(on: clock) { () -> Deferred<Int> in
      bodies.append(Deferred())
      return bodies[bodies.count - 1]
    }
    let lost = try loop.start(every: .seconds(1))
    try loop.stop()
    try loop.start(every: .seconds(1))
    for body in bodies { try body.callback(0) }
    #expect(clock.pendingCount == 2 && !lost.isCalled)
  }
}
