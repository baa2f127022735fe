import Deferreds
import Testing

/// Writes down the kind of each event, with the numbers of its chains.
final class Kinds: ChainObserver {
  var lines: [String] = []

  func observe(_ event: ChainEvent) {
    switch event {
    case .made(let id, let origin, _): lines.append("made \(id) \(origin.rawValue)")
    case .named(let id, let name): lines.append("named \(id) \(name)")
    case .stageAdded(let id, let index, let stage):
      lines.append("stage \(id).\(index) \(stage.callback ?? "-")/\(stage.errback ?? "-")")
    case .fired(let id, _): lines.append("fired \(id)")
    case .entered(let id, let stage, let side, _): lines.append("entered \(id).\(stage) \(side)")
    case .left(let id, let stage, _, let result): lines.append("left \(id).\(stage) \(Self.word(result))")
    case .passedThrough(let id, let stage, _): lines.append("passed \(id).\(stage)")
    case .waits(let outer, let inner, let stage): lines.append("\(outer) waits \(inner).\(stage)")
    case .took(let outer, let inner, _): lines.append("\(outer) took \(inner)")
    case .resumed(let outer, let inner, let stage, _): lines.append("\(outer) resumed by \(inner).\(stage)")
    case .settled(let id, _): lines.append("settled \(id)")
    case .runBegan(let id): lines.append("begin \(id)")
    case .runEnded(let id): lines.append("end \(id)")
    case .collected(let id): lines.append("collected \(id)")
    case .unhandled(let id, _): lines.append("unhandled \(id)")
    case .slotFilled(let id, let index, _): lines.append("slot \(id).\(index)")
    case .groupDecided(let id, let index): lines.append("decided \(id) \(index.map(String.init) ?? "all")")
    default: lines.append("\(event)".prefix { $0 != "(" }.description)
    }
  }

  static func word(_ result: HandlerResult) -> String {
    switch result {
    case .returned: "returned"
    case .returnedDeferred: "deferred"
    case .returnedFailure: "failure"
    case .raised: "raised"
    }
  }
}

@Suite struct `Whoever watches` {
  func watch(_ body: () throws -> Void) rethrows -> [String] {
    let kinds = Kinds()
    try Observation.with(Observation(kinds), body)
    return kinds.lines
  }

  @Test func `hears of every stage, and what passed it by`() throws {
    let lines = try watch {
      let deferred = Deferred<Int>()
      deferred.addCallback(named: "parse") { _ -> Int in throw Oops() }
      deferred.addCallback(named: "never") { $0 }
      deferred.addErrback(named: "recover") { _ in 0 }
      try deferred.callback(1)
    }
    #expect(
      lines == [
        "made 0 deferred", "stage 0.0 parse/-", "stage 0.1 never/-", "stage 0.2 -/recover", "fired 0",
        "begin 0", "entered 0.0 callback", "left 0.0 raised", "passed 0.1", "entered 0.2 errback",
        "left 0.2 returned", "settled 0", "end 0", "collected 0",
      ])
  }

  @Test func `hears of waiting and of the result that moves`() throws {
    let lines = try watch {
      let inner = Deferred<Int>()
      let outer = Deferred.succeed(1).addCallback(named: "wait") { _ in inner }
      try inner.callback(2)
      withExtendedLifetime(outer) {}
    }
    #expect(
      lines.prefix(14) == [
        "made 0 deferred", "made 1 succeed", "fired 1", "settled 1", "stage 1.0 wait/-", "begin 1",
        "entered 1.0 callback", "left 1.0 deferred", "stage 0.0 -/-", "1 waits 0.0", "end 1", "fired 0",
        "begin 0", "1 resumed by 0.0",
      ])
  }

  @Test func `hears of a Failure that nobody handled`() {
    let lines = watch { _ = Deferred<Int>.fail(Oops()) }
    #expect(lines.suffix(2) == ["collected 0", "unhandled 0"])
  }

  @Test func `hears of groups and of the members' slots`() throws {
    let lines = try watch {
      let members = (0..<2).map { _ in Deferred<Int>() }
      let all = Deferred.gatherResults(members)
      for member in members { try member.callback(1) }
      #expect(all.isCalled)
    }
    #expect(
      lines.filter { $0.hasPrefix("slot") || $0.hasPrefix("decided") } == [
        "slot 2.0", "slot 2.1", "decided 2 all",
      ])
  }

  @Test func `hears of what is made inside the handlers of what it watches`() throws {
    let kinds = Kinds()
    let deferred = Observation.with(Observation(kinds)) { Deferred<Int>() }
    deferred.addCallback { _ in Deferred.succeed(5) }
    try deferred.callback(1)
    #expect(kinds.lines.contains("made 1 succeed"))
  }

  @Test func `hears of timers, and of what a call throws`() throws {
    let lines = try watch {
      let clock = VirtualClock()
      clock.onError = { _, _ in }
      clock.callLater(after: .seconds(1)) { throw Oops() }
      let call = clock.callLater(after: .seconds(2)) {}
      try call.delay(by: .seconds(1))
      try call.cancel()
      try clock.advance(by: .seconds(5))
    }
    #expect(
      lines == [
        "timerMade", "timerMade", "timerMoved", "timerCancelled", "clockAdvanced", "timerBegan", "timerEnded",
        "clockAdvanced",
      ])
  }

  @Test func `names a chain as it is made`() {
    let lines = watch {
      Observation.current?.nextName = "poem"
      _ = Deferred<Int>()
    }
    #expect(lines.prefix(2) == ["made 0 deferred", "named 0 poem"])
  }

  // In a process of its own: there is one such watcher, and other tests must not be heard by it.
  @Test func `that is installed hears of everything that no other watcher does`() async {
    await #expect(processExitsWith: .success) {
      let kinds = Kinds()
      Observation.install(Observation(kinds))
      _ = Deferred.succeed(1)
      Observation.with(nil) { _ = Deferred.succeed(2) }
      Observation.install(nil)
      _ = Deferred.succeed(3)
      precondition(kinds.lines == ["made 0 succeed", "fired 0", "settled 0", "collected 0"])
    }
  }

  @Test func `does not hear of what is made outside`() {
    let kinds = Kinds()
    let observation = Observation(kinds)
    _ = Deferred<Int>.succeed(1)
    withExtendedLifetime(observation) {}
    #expect(kinds.lines.isEmpty)
  }

  @Test func `does not hear of what a loop or a lock makes for itself alone`() throws {
    let lines = try watch {
      let clock = VirtualClock()
      try LoopingCall(on: clock) {}.start(every: .seconds(1))
      _ = DeferredLock().run { 1 }
    }
    #expect(lines.filter { $0.hasPrefix("made") } == ["made 0 loop", "made 1 run"])
  }
}
