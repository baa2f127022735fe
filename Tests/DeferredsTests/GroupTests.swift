import Deferreds
import Testing

@Suite struct `A list of Deferreds` {
  func members(_ count: Int = 2) -> [Deferred<Py>] { (0..<count).map { _ in Deferred<Py>() } }
  func words(_ result: ListResult<Py>) -> Py {
    switch result {
    case .all(let all):
      .text(all.map { (try? $0.get()).map { "\($0)" } ?? "failed" }.joined(separator: ","))
    case .first(let value, let index): .text("\(value) of \(index)")
    }
  }

  @Test func `fires when all have fired, and leaves them their results`() throws {
    let members = members()
    let list = Deferred<Py>.list(members, giving: words)
    try members[1].callback(.int(2))
    try members[0].errback(Oops())
    #expect(list.shown == "failed,2")
    #expect(members.map(\.shown) == ["Oops oops", "2"])
    members[0].ignoringFailure()
  }

  @Test func `fires with the first value, or the first Failure, when asked to`() throws {
    let one = members()
    let first = Deferred<Py>.list(one, .fireOnOneCallback, giving: words)
    try one[1].callback(.int(5))
    #expect(first.shown == "5 of 1")
    let two = members()
    let failed = Deferred<Py>.list(two, [.fireOnOneErrback, .consumeErrors], giving: words)
    try two[0].errback(Oops("no"))
    #expect(failed.shown == "FirstError #0 Oops no" && two[0].shown == "none")
    failed.ignoringFailure()
  }

  @Test func `of nothing fires at once, but never on one callback`() {
    #expect(Deferred<Py>.list([Deferred<Py>](), giving: words).shown == "")
    #expect(Deferred<Py>.list([Deferred<Py>](), .fireOnOneCallback, giving: words).shown == "unfired")
  }

  @Test func `that is cancelled cancels each member, though a canceller throws`() throws {
    let bad = Deferred<Py> { _ in throw Oops() }
    let good = Deferred<Py>()
    let list = Deferred<Py>.list([bad, good], .consumeErrors, giving: words)
    let told = try unhandled { try list.cancel() }
    #expect(told == ["Oops oops"])
    #expect(good.shown == "none" && !list.isCalled)
  }

  @Test func `that waits for itself cannot be cancelled for ever`() throws {
    let members = members()
    let list = Deferred<Py>.list(members, giving: words)
    for member in members {
      member.addCallback { _ in list }
    }
    let outside = Deferred<Py>.list(
      [Deferred<Py>.succeed(.none).addCallback { _ in list }, list], giving: words)
    let circular = Deferred<Py>.list([outside], giving: words)
    try circular.cancel()
    #expect(list.isCalled)
    for member in members { member.ignoringFailure() }
  }

  @Test func `gathers values, and does not stop the others when one fails`() throws {
    let numbers = (0..<3).map { _ in Deferred<Int>() }
    let gathered = Deferred.gatherResults(numbers)
    for (index, number) in numbers.enumerated() { try number.callback(index * 10) }
    #expect(gathered.shown == "[0, 10, 20]")
    let more = members()
    let failing = Deferred<Py>.gatherResults(more, consumeErrors: true) { .int($0.count) }
    try more[1].errback(Oops())
    #expect(failing.shown == "FirstError #1 Oops oops" && !more[0].isCalled)
    failing.ignoringFailure()
  }
}

@Suite struct `A race` {
  @Test func `fires with the first value, after the losers are cancelled, and leaves all empty`() throws {
    let log = Log()
    let loser = Deferred<Py> { _ in log("cancelled") }
    let winner = Deferred<Py>()
    let race = Deferred<Py>.race([loser, winner]) { .text("\($1) of \($0)") }.logged(log)
    try winner.callback(.int(3))
    #expect(log.lines == ["cancelled", "3 of 1"])
    #expect([loser.shown, winner.shown] == ["none", "none"])
    #expect(race.isCalled)
  }

  @Test func `that all lose fails with all their Failures in order`() throws {
    let members = (0..<2).map { _ in Deferred<Int>() }
    let race = Deferred.race(members)
    try members[1].errback(Oops("y"))
    try members[0].errback(Oops("x"))
    #expect(race.shown == "FailureGroup #0 Oops x, #1 Oops y")
    race.addErrback { _ in (index: 0, value: 0) }
  }

  @Test func `of nothing never fires, and a cancel makes a group of CancelledErrors`() throws {
    #expect(!Deferred.race([Deferred<Int>]()).isCalled)
    let race = Deferred.race([Deferred<Int>(), Deferred<Int>()])
    try race.cancel()
    #expect(race.shown == "FailureGroup #0 CancelledError, #1 CancelledError")
    race.addErrback { _ in (index: 0, value: 0) }
  }

  @Test func `can be won by a canceller`() throws {
    let race = Deferred.race([Deferred<Int> { try $0.callback(4) }, Deferred<Int>()])
    try race.cancel()
    #expect(race.shown.contains("4"))
  }
}
