import Deferreds
import Testing

@Suite struct `A timeout` {
  let clock = VirtualClock()

  @Test func `turns the cancel into a TimeoutError`() throws {
    let deferred = Deferred<Int>().addTimeout(after: .seconds(3), on: clock)
    try clock.advance(by: .seconds(3))
    #expect(deferred.shown == "TimeoutError (3, 'Deferred')")
    deferred.addErrback { _ in 0 }
  }

  @Test func `stops its timer when the chain fires earlier`() throws {
    let deferred = Deferred<Int>().addTimeout(after: .milliseconds(2500), on: clock)
    try deferred.callback(1)
    #expect(clock.pendingCount == 0 && deferred.shown == "1")
  }

  @Test func `passes a value and another Failure`() throws {
    let value = Deferred<Int> { try $0.callback(5) }.addTimeout(after: .seconds(1), on: clock)
    let other = Deferred<Int> { try $0.errback(Oops()) }.addTimeout(after: .seconds(1), on: clock)
    try clock.advance(by: .seconds(1))
    #expect([value.shown, other.shown] == ["5", "Oops oops"])
    other.addErrback { _ in 0 }
  }

  @Test func `gives its own handler whatever comes, and only when time ran out`() throws {
    let log = Log()
    func deferred() -> Deferred<Int> {
      Deferred<Int> { try $0.callback(5) }.addTimeout(after: .seconds(1), on: clock) { result, after in
        log("\(result) after \(after)")
        return .value(6)
      }
    }
    let early = deferred()
    try early.callback(1)
    let late = deferred()
    try clock.advance(by: .seconds(1))
    #expect([early.shown, late.shown] == ["1", "6"])
    #expect(log.lines.count == 1)
  }

  @Test func `covers only the stages before it`() throws {
    let inner = Deferred<Int>()
    let deferred = Deferred<Int>().addTimeout(after: .seconds(1), on: clock).addCallback { _ in inner }
    try deferred.callback(1)
    try clock.advance(by: .seconds(2))
    #expect(deferred.isWaiting)
  }

  @Test func `of deferLater is cancelled with the Deferred`() throws {
    let later = clock.deferLater(after: .seconds(1)) { 3 }
    try later.cancel()
    #expect(later.shown == "CancelledError" && clock.pendingCount == 0)
    later.addErrback { _ in 0 }
    let second = clock.deferLater(after: .seconds(1)) { 3 }
    try clock.advance(by: .seconds(1))
    #expect(second.shown == "3")
  }
}
