import Deferreds
import Recording
import Testing
import Traces

/// What a recorder writes down while `body` runs.
private func recorded(_ body: (Observation) throws -> Void) rethrows -> [Record] {
  let recorder = Recorder()
  let observation = Observation(recorder)
  recorder.observation = observation
  try Observation.with(observation) { try body(observation) }
  return recorder.records
}

private func world(_ records: [Record]) -> World { World(after: records) }

private struct Gibberish: NamedError {
  var message: String { "bad line 3" }
  var parentNames: [String] { ["ValueError"] }
}

@Test func `a Deferred is written with the name that it was made under`() throws {
  let records = try recorded { observation in
    observation.nextName = "poem"
    try Deferred<Int>().callback(1)
  }
  #expect(records.first?.event == .made(0, origin: "deferred", name: "poem", hasCanceller: false))
  #expect(records.map(\.event).contains(.fired(0, .value(ValueText("1")))))
}

@Test func `a Failure is born inside the handler that raised it, before anybody speaks of it`() throws {
  let records = try recorded { _ in
    let deferred = Deferred<Int>()
    deferred.addCallback { (_: Int) throws -> Int in throw Gibberish() }
    deferred.addErrback { (_: Failure) -> Int in 0 }
    try deferred.callback(1)
  }
  let birth = try #require(
    records.firstIndex {
      $0.event
        == .failureBorn(0, type: "Gibberish", parents: ["ValueError"], message: "bad line 3", from: nil)
    })
  guard case .left(0, stage: 0, .callback, .raised(0)) = records[birth + 1].event else {
    Issue.record("the handler is left right after the birth")
    return
  }
  #expect(records[birth].depth == records[birth + 1].depth + 1)
  #expect(world(records).failures[0].bornIn == StageRef(deferred: 0, stage: 0, side: .callback))
}

@Test func `the records of a run are nested in what began it`() throws {
  let records = try recorded { _ in
    let deferred = Deferred<Int>()
    deferred.addCallback { (value: Int) -> Int in value + 1 }
    try deferred.callback(1)
  }
  let depths = records.map { (record) -> String in
    switch record.event {
    case .fired: "fired \(record.depth)"
    case .entered: "entered \(record.depth)"
    case .left: "left \(record.depth)"
    case .settled: "settled \(record.depth)"
    default: ""
    }
  }.filter { !$0.isEmpty }
  #expect(depths == ["fired 0", "entered 1", "left 1", "settled 1"])
}

@Test func `a Failure raised while another is handled is born from that one`() throws {
  struct Other: NamedError {}
  let records = try recorded { _ in
    let deferred = Deferred<Int>()
    deferred.addErrback { (_: Failure) throws -> Int in throw Other() }
    try deferred.errback(Gibberish())
  }
  let world = world(records)
  #expect(world.failures.map(\.type) == ["Gibberish", "Other"])
  #expect(world.failures[1].from == 0 && world.failures[0].fate == .became(1))
}

@Test func `a Failure that nobody handles is recorded when its Deferred goes`() throws {
  let records = try recorded { _ in try Deferred<Int>().errback(Gibberish()) }
  #expect(world(records).failures[0].fate == .unhandled(0))
  #expect(world(records).deferreds[0].isCollected)
}

@Test func `who waits and is resumed is folded as the chain ran`() throws {
  let records = try recorded { _ in
    let (outer, inner) = (Deferred<Int>(), Deferred<Int>())
    outer.addCallback { (_: Int) -> Deferred<Int> in inner }
    try outer.callback(1)
    try inner.callback(7)
  }
  let world = world(records)
  #expect(world.deferreds[0].stages[0].passage?.state == .gotFrom(1))
  #expect(world.deferreds[0].result == .value(ValueText("7")) && world.deferreds[0].pauseCount == 0)
}

@Test func `time goes with the clock, and the first moment needs no record`() throws {
  let records = try recorded { _ in
    let clock = VirtualClock()
    clock.callLater(after: .seconds(1), named: nil) {}
    clock.callLater(after: .seconds(1), named: nil) {}
    try clock.advance(by: .seconds(2))
  }
  #expect(records.filter { $0.event == .clockAdvanced }.map(\.time) == [1_000_000, 2_000_000])
  #expect(world(records).timers.map(\.state) == [.done, .done])
}

@Test func `a recorder keeps no Failure alive`() throws {
  weak var held: Failure?
  let recorder = Recorder()
  do {
    let failure = Failure(Gibberish())
    held = failure
    recorder.observe(.trapAsked(failure, types: [], matched: nil))
  }
  #expect(held == nil)
  recorder.observe(.trapAsked(Failure(Gibberish()), types: [], matched: nil))
  #expect(world(recorder.records).failures.count == 2)
}

@Test func `what is said twice in a row is written once`() {
  let recorder = Recorder()
  for _ in 0..<2 {
    recorder.observe(.sharedChanged(0, .lock, name: "l", held: 1, waiting: 0, total: 1))
    recorder.observe(.clockAdvanced(to: 5))
  }
  #expect(recorder.records.map(\.event).filter { $0 == .clockAdvanced }.count == 1)
}

@Test func `a lock, a semaphore and a queue tell whose turn it is`() throws {
  var turns: [DeferredID?] = []
  let records = try recorded { _ in
    let lock = DeferredLock()
    let (first, second) = (lock.acquire(), lock.acquire())
    try lock.release()
    let queue = DeferredQueue<Int>()
    try queue.put(1)
    let item = try queue.get()
    turns = [first.id, second.id, second.id, nil, item.id]
  }
  let told = records.compactMap { record -> Traces.SharedTurn?? in
    if case .sharedChanged(_, _, _, _, _, _, let turn) = record.event { .some(turn) } else { nil }
  }
  #expect(told.map { $0?.deferred } == turns)
  let waits = told.map { if case .asked? = $0 { true } else { false } }
  #expect(waits == [false, true, false, false, false])
  let actors = world(records).actors
  #expect(actors.map(\.deferred) == [turns[2], turns[4]])
}

@Test func `ends without beginnings do not nest below nothing`() {
  let recorder = Recorder()
  for _ in 0..<3 { recorder.observe(.runEnded(0)) }
  recorder.observe(.cancelAsked(0))
  #expect(recorder.records[0].depth == 0)
}

@Test func `a place in the program is the line that runs now`() {
  let recorder = Recorder()
  let observation = Observation(recorder)
  recorder.observation = observation
  observation.place = Deferreds.Place(file: "a.yaml", line: 7)
  recorder.observe(.cancelAsked(0))
  #expect(recorder.records[0].place == Traces.Place(file: "a.yaml", line: 7))
}
