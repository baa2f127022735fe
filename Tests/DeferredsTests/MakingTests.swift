import Deferreds
import Testing

@Suite struct `A call whose result is wanted as a Deferred` {
  @Test func `gives what the function returns, throws or waits for`() throws {
    let inner = Deferred<Int>()
    #expect(Deferred.maybe { 1 }.shown == "1")
    #expect(Deferred.maybe { inner }.isSame(as: inner))
    let made: [Deferred<Int>] = [
      .maybe { () throws -> Int in throw Oops() },
      .maybe { () throws -> StageResult<Int> in .failure(Failure(Oops())) },
    ]
    #expect(made.map(\.shown) == ["Oops oops", "Oops oops"])
    for deferred in made { deferred.addErrback { _ in 0 } }
  }

  @Test func `keeps the identity of a Failure that is thrown`() {
    let failure = Failure(Oops())
    var seen: Failure?
    Deferred.maybe { () throws -> Int in throw failure }.addErrback {
      seen = $0
      return 0
    }
    #expect(seen === failure)
  }

  @Test func `by execute does not take the result of a Deferred that it returns`() {
    let inner = Deferred<Py>.succeed(.int(1))
    #expect(Deferred.execute { Py.deferred(inner) }.shown == "deferred")
    let failed = Deferred.execute { () throws -> Py in throw Oops() }
    #expect(failed.shown == "Oops oops" && inner.shown == "1")
    failed.ignoringFailure()
  }
}

@Suite struct `A chain that is chained to another` {
  let source = Deferred<Py>()
  let target = Deferred<Py>()

  @Test func `fires it with its value and is left empty`() throws {
    source.chainDeferred(target)
    try source.callback(.int(1))
    #expect([source.shown, target.shown] == ["none", "1"])
  }

  @Test func `fires it with its Failure, which is then no longer its own`() throws {
    source.chainDeferred(target)
    let told = try unhandled { try source.errback(Oops()) }
    #expect([source.shown, target.shown] == ["none", "Oops oops"] && told == [])
    target.ignoringFailure()
  }

  @Test func `does not hear of the other's cancel, whose late result is swallowed`() throws {
    source.chainDeferred(target)
    try target.cancel()
    #expect(!source.isCalled)
    try source.callback(.int(1))
    #expect([source.shown, target.shown] == ["none", "CancelledError"])
    target.ignoringFailure()
  }

  @Test func `fails where the other has been called`() throws {
    try target.callback(.int(0))
    source.chainDeferred(target)
    try source.callback(.int(1))
    #expect(source.shown == "AlreadyCalledError" && target.shown == "0")
    source.ignoringFailure()
  }
}

@Suite struct `A Deferred in words` {
  @Test func `says what it holds or waits for`() throws {
    let unfired = Deferred<Int>()
    let waiting = Deferred.succeed(1).addCallback { _ in unfired }
    let failed = Deferred<Int>.fail(Oops())
    let moved = Deferred.succeed(1)
    Deferred.succeed(2).addCallback { _ in moved }
    #expect(
      [unfired, waiting, failed, .succeed(3), moved].map(\.description) == [
        "Deferred", "Deferred: waiting on Deferred", "Deferred: current result: Oops oops",
        "Deferred: current result: 3", "Deferred: result moved",
      ])
    failed.addErrback { _ in 0 }
  }

  @Test func `gives others inside its result by name, for they may hold it again`() throws {
    let circle = Deferred<[Any]>()
    try circle.callback([circle])
    #expect(circle.description == "Deferred: current result: [Deferred]")
    circle.addCallback { _ in [] }
  }

  @Test func `takes an error that a handler returns for a value`() throws {
    let log = Log()
    Deferred.succeed(1).addCallback { _ in Oops("returned") }.addCallbacks(
      { log("callback \($0.message)") }, errback: { log("errback \($0)") })
    #expect(log.lines == ["callback returned"])
  }
}
