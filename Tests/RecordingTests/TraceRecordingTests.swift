import Deferreds
import Foundation
import Recording
import Testing
import Traces

private struct Gibberish: NamedError {
  var message: String { "bad line 3" }
  var parentNames: [String] { ["ValueError"] }
}

/// One recording goes on at a time.
@Suite(.serialized) struct `A program that records itself` {
  let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).trace.jsonl").path

  private func bytes() throws -> [UInt8] {
    defer { try? FileManager.default.removeItem(atPath: path) }
    return Array(try Data(contentsOf: URL(filePath: path)))
  }

  private func read() throws -> TraceFile {
    let file = try TraceFile(bytes(), name: "it.trace.jsonl")
    while !file.isAtEnd { file.extend() }
    return file
  }

  /// The trace of what `body` does.
  private func recorded(
    values: TraceRecording.Values = .described, time: TraceRecording.Time = .virtual,
    _ body: () throws -> Void
  ) throws -> TraceFile {
    let recording = try TraceRecording.start(writingTo: path, values: values, time: time)
    do { try body() } catch {
      try recording.stop()
      throw error
    }
    try recording.stop()
    return try read()
  }

  private func parse() throws {
    let poem = Deferred<String>()
    poem.addCallback(named: "parse") { _ throws -> Int in throw Gibberish() }
      .addCallback(named: "double") { $0 * 2 }
      .addErrback(named: "fall_back") { failure in
        try failure.trap(Gibberish.self)
        return 7
      }
    try poem.callback("roses")
  }

  @Test func `leaves a trace that tells what became of a Failure`() throws {
    let file = try recorded { try parse() }
    #expect(file.fault == nil)
    let timeline = Timeline(file)
    while timeline.forward() {}
    let failure = try #require(timeline.world.failures.first)
    #expect(failure.type == "Gibberish" && failure.message == "bad line 3")
    let why = timeline.stories.why(0).joined(separator: "\n")
    #expect(why.contains("parse") && why.contains("fall_back"))
    #expect(timeline.world.deferreds[0].result == .value(ValueText("7")))
  }

  @Test func `says when it began to the microsecond, so that those of several processes are in order`() throws
  {
    let file = try recorded { try parse() }
    let started = try #require(file.header.started)
    #expect(started.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil)
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    #expect(abs(try Date(started, strategy: style).timeIntervalSinceNow) < 600)
  }

  @Test func `names the lines where its handlers were added`() throws {
    let line = #line + 1
    let file = try recorded { try Deferred<Int>().addCallback(named: "add") { $0 + 1 }.callback(1) }
    let stage = try #require(
      file.allRecords.first { $0.event == .stageAdded(0, index: 0, .handlers, callback: "add", errback: nil) }
    )
    #expect(stage.place == Traces.Place(file: "RecordingTests/TraceRecordingTests.swift", line: line))
  }

  /// All that happens to Deferreds, more or less.
  private func everything() throws {
    let clock = VirtualClock()
    try parse()
    let (outer, inner) = (Deferred<Int>(), Deferred<Int>())
    outer.addCallback { _ in inner }.addBoth { result in (try? result.get()) ?? 0 }
    try outer.callback(1)
    try inner.callback(2)
    Deferred.succeed(true).addCallback { !$0 }.addCallback { $0 ? 0.5 : 1e300 }.addCallback { "\($0)" }
      .addCallback { [$0] }.addCallback { _ in String(repeating: "long", count: 500) }.addCallback { _ in }
    let lock = DeferredLock()
    _ = lock.run { clock.sleep(for: .seconds(1)) }
    _ = lock.run { 1 }
    let members = [clock.deferLater(after: .seconds(2)) { 1 }, Deferred.fail(Gibberish())]
    Deferred.gatherResults(members).addErrback { _ in [] }
    members[1].addErrback { _ in 0 }
    let waiting = Deferred<Int>().addTimeout(after: .seconds(3), on: clock)
    waiting.addErrback { _ in 0 }
    let cancelled = Deferred<Int>(canceller: { try $0.errback(Gibberish()) })
    try cancelled.cancel()
    cancelled.addErrback { (_: Failure) throws -> Int in throw Gibberish() }.addErrback { _ in 0 }
    let loop = LoopingCall(on: clock) {}
    try loop.start(every: .seconds(1))
    _ = try Cooperator(on: clock).coiterate([.proceed, .proceed])
    let body = Deferred(named: "body") { () async throws -> Int in
      try await clock.sleep(for: .seconds(1)).value
      return 3
    }
    try clock.advance(by: .seconds(5))
    try loop.stop()
    #expect(body.isCalled)
    #expect(throws: AlreadyCalledError.self) { try outer.callback(1) }
    outer.name("outer")
    outer.pause()
    try outer.unpause()
  }

  @Test func `where a timer was set is told of it, of what is deferred, and of a timeout`() throws {
    let clock = VirtualClock()
    let line = #line
    let file = try recorded {
      clock.callLater(after: .seconds(1), named: "greet") {}
      _ = clock.deferLater(after: .seconds(1)) { 1 }
      _ = clock.sleep(for: .seconds(1))
      Deferred<Int>().addTimeout(after: .seconds(3), on: clock).addErrback { _ in 0 }
      try LoopingCall(on: clock) {}.start(every: .seconds(9), now: false)
      try clock.advance(by: .seconds(3))
    }
    let timers = file.allRecords.filter { if case .timerMade = $0.event { true } else { false } }
    let here = Traces.Place(file: #fileID, line: line)
    let places = (2...5).map { Traces.Place(file: here.file, line: line + $0) }
    // What a loop sets is the library's.
    #expect(timers.map(\.place) == places + [nil])
    let began = file.allRecords.filter { if case .timerBegan = $0.event { true } else { false } }
    #expect(began.map(\.place) == places)
  }

  @Test func `writes what a recorder in memory has`() throws {
    let recorder = Recorder()
    try Observation.with(Observation(recorder)) { try everything() }
    let file = try recorded { try everything() }
    #expect(file.count == recorder.records.count)
    for (written, kept) in zip(file.allRecords, recorder.records) where written != kept {
      Issue.record("\(written) in the file, \(kept) in memory")
      break
    }
  }

  /// What happens most is written without the writer.
  @Test func `writes it in the bytes of the writer of traces`() throws {
    func work() throws {
      try everything()
      for number in [0, -7, Int.min, .max] {
        let deferred = Deferred<Int>()
        deferred.addCallback(named: "a \"name\"\u{1b}") { $0 }.addBoth { (try? $0.get()) ?? 0 }
        try deferred.callback(number)
      }
    }
    let recorder = Recorder()
    try Observation.with(Observation(recorder)) { try work() }
    let recording = try TraceRecording.start(writingTo: path, time: .virtual)
    try work()
    try recording.stop()
    let written = try bytes().split(separator: UInt8(ascii: "\n")).dropFirst().dropLast()
    let expected = recorder.records.map { TraceWriter().line(for: $0).dropLast() }
    #expect(
      written.map { String(decoding: $0, as: UTF8.self) }
        == expected.map { String(decoding: $0, as: UTF8.self) })
  }

  @Test func `loses nothing where it is faster than its trace is written`() throws {
    let count = 40_000
    let file = try recorded {
      let deferred = Deferred<Int>()
      for _ in 0..<count { deferred.addCallback { $0 + 1 } }
      try deferred.callback(0)
    }
    #expect(file.count == 3 * count + 4)
    #expect(file.allRecords.suffix(2).first?.event == .settled(0, .value(ValueText("\(count)"))))
  }

  @Test func `tells apart handlers of any number of names`() throws {
    let file = try recorded {
      let deferred = Deferred<Int>()
      for number in 0..<10_000 { deferred.addCallback(named: "a handler with the number \(number)") { $0 } }
    }
    let names = file.allRecords.compactMap {
      if case .stageAdded(_, _, _, let callback, _) = $0.event { callback } else { nil }
    }
    #expect(names == (0..<10_000).map { "a handler with the number \($0)" })
  }

  @Test func `has the time of the wall where it asks for that`() throws {
    let begin = ContinuousClock.now
    let file = try recorded(time: .real) {
      let deferred = Deferred<Int>()
      deferred.addCallback { value in
        let until = ContinuousClock.now + .milliseconds(20)
        while ContinuousClock.now < until {}
        return value
      }
      try deferred.callback(1)
    }
    let wall = (ContinuousClock.now - begin) / .microseconds(1)
    let times = file.allRecords.map(\.time)
    #expect(times == times.sorted() && Double(times.last ?? 0) <= wall)
    let entered = try #require(file.allRecords.first { if case .entered = $0.event { true } else { false } })
    let left = try #require(file.allRecords.first { if case .left = $0.event { true } else { false } })
    #expect(left.time - entered.time >= 19_900)
    #expect(file.header.clock == "monotonic" && file.header.pid == Int(getpid()))
  }

  @Test func `hides what values and errors say where it is told to`() throws {
    let file = try recorded(values: .none) {
      let deferred = Deferred<String>()
      deferred.addCallback { _ throws -> Int in throw Gibberish() }.addErrback { _ in 12_345 }
      try deferred.callback("secret")
    }
    let text = String(decoding: file.allRecords.flatMap { TraceWriter().line(for: $0) }, as: UTF8.self)
    #expect(text.contains("Gibberish") && !text.contains("bad line"))
    #expect(!text.contains("secret") && !text.contains("12345"))
  }

  @Test func `does not hear of other threads`() throws {
    let file = try recorded {
      let done = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        try? Deferred<Int>().callback(1)
        done.signal()
      }
      done.wait()
    }
    #expect(file.allRecords.isEmpty)
  }

  @Test func `is readable by its owner alone, also where a file was there`() throws {
    _ = FileManager.default.createFile(
      atPath: path, contents: Data("old".utf8), attributes: [.posixPermissions: 0o644])
    try TraceRecording.start(writingTo: path).stop()
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(String(decoding: try bytes(), as: UTF8.self).hasSuffix("{\"e\":\"closed\"}\n"))
  }

  @Test func `does not begin a second recording, nor one that it cannot write`() throws {
    let recording = try TraceRecording.start(writingTo: path)
    #expect(throws: TraceRecordingError.self) { try TraceRecording.start(writingTo: path) }
    try recording.stop()
    try recording.stop()
    _ = try bytes()
    let error = #expect(throws: TraceRecordingError.self) {
      try TraceRecording.start(writingTo: "/nowhere/it.trace.jsonl")
    }
    #expect(error?.description.contains("No such file") == true)
  }

  @Test func `keeps nothing of a recording that is over`() throws {
    weak var recording: TraceRecording?
    weak var thread: AnyObject?
    do {
      let kept = try TraceRecording.start(writingTo: path)
      recording = kept
      thread = Mirror(reflecting: kept).descendant("thread") as AnyObject?
      #expect(thread != nil)
      try kept.stop()
    }
    _ = try bytes()
    #expect(recording == nil && thread == nil)
  }

  @Test func `goes on unrecorded after the end`() throws {
    let deferred = Deferred<Int>()
    let file = try recorded { deferred.addCallback { $0 }.addCallback { $0 } }
    #expect(file.allRecords.isEmpty, "it was there before")
    var late: Deferred<Int>?
    let made = try recorded { late = Deferred<Int>() }
    for _ in 0..<100_000 { late?.addCallback { $0 + 1 } }
    try late?.callback(0)
    #expect(made.allRecords.count == 1)
    if case .value(100_000)? = late?.currentResult {} else { Issue.record("it does not go on") }
  }

  // MARK: The program is what it would be without

  @Test func `is told of Failures that nobody handles as ever`() throws {
    let told = Told()
    let file = try recorded {
      try UnhandledFailures.with({ told.lines.append($0.typeName) }) {
        try Deferred<Int>().errback(Gibberish())
      }
    }
    #expect(told.lines == ["Gibberish"])
    #expect(file.allRecords.map(\.event).contains(.unhandled(0, 0)))
  }

  @Test func `gets the errors of its calls and cancellers themselves`() throws {
    _ = try recorded {
      let clock = VirtualClock()
      clock.callLater(after: .zero) { throw Gibberish() }
      #expect(throws: Gibberish.self) { try clock.advance(by: .zero) }
      let deferred = Deferred<Int>(canceller: { _ in throw Gibberish() })
      #expect(throws: Gibberish.self) { try deferred.cancel() }
    }
  }

  @Test func `may chain deeper by hand than a scenario`() throws {
    let file = try recorded {
      let first = Deferred<Int>()
      var last = first
      for _ in 0..<600 {
        let next = Deferred<Int>()
        last.chainDeferred(next)
        last = next
      }
      try first.callback(1)
      if case .value(1) = last.currentResult {} else { Issue.record("it did not arrive") }
    }
    #expect(file.allRecords.contains { $0.depth > 600 })
  }

  @Test func `that ends by itself has all of its trace`() async throws {
    await #expect(processExitsWith: .success) { [path = path as String] in
      try TraceRecording.start(writingTo: path, time: .virtual)
      for _ in 0..<1_000 { try Deferred<Int>().addCallback { $0 + 1 }.callback(1) }
      exit(0)
    }
    let file = try read()
    #expect(file.fault == nil && file.count == 1_000 * 7)
  }
}

private final class Told: @unchecked Sendable {
  var lines: [String] = []
}
