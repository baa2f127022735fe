import Testing

@testable import Traces

/// What is told of one recording is not taken for another's, in whatever way they came to be open together.
@Suite struct SeveralRecordingsTests {
  private static func header(_ pid: Int, second: Int = 0) -> String {
    #"{"trapline":1,"program":"p","clock":"monotonic","pid":\#(pid),"started":"2026-01-01T10:00:0\#(second)Z"}"#
  }

  private func file(_ lines: [String]) throws -> TraceFile {
    try TraceFile(Array((lines.joined(separator: "\n") + "\n").utf8), name: "f")
  }

  private func end(of source: any RecordSource) -> Timeline {
    let timeline = Timeline(source)
    while timeline.extend(budget: 100) {}
    return timeline
  }

  /// The two recordings as several files and as one.
  private func bothWays(_ first: [String], _ second: [String]) throws -> [any RecordSource] {
    [JoinedTraces([try file(first), try file(second)]), try file(first + second)]
  }

  private static let made = #"{"t":0,"e":"made","d":0,"name":"a 0"}"#
  private static let dropped = #"{"t":9000000,"e":"dropped","count":3}"#
  private static let closed = #"{"e":"closed"}"#

  @Test func `what one process lost leaves what the others told as sure as it was`() throws {
    let lossy = [Self.header(1), Self.made, Self.dropped, Self.closed]
    let whole = [Self.header(2), Self.made, Self.closed]
    for source in try bothWays(lossy, whole) + bothWays(whole, lossy) {
      let world = end(of: source).frontier
      let isDoubtful = world.deferreds.map { world.isUncertain(after: $0.madeAt) }
      #expect(isDoubtful.filter { $0 }.count == 1 && world.isUncertain(after: 0) && world.dropped == 3)
      let process = world.deferreds.map { source.record(at: $0.madeAt).thread ?? "first" }
      let isOfFirst = source is TraceFile && process[1] == "1" ? false : process[0] != "2"
      #expect(isDoubtful == [isOfFirst, !isOfFirst], "\(process)")
    }
  }

  private static func call(_ name: String) -> String {
    #"{"t":0,"e":"call","kind":"later","name":"\#(name)"}"#
  }
  private static let stopped = #"{"e":"closed","why":"stopped"}"#

  @Test(arguments: [[closed, stopped], [stopped, closed], [stopped, stopped], [closed, closed]])
  func `a file of two recordings ends as it does alone where others are open with it`(ends: [String]) throws {
    let two = [
      Self.header(1), Self.call("work 1"), ends[0], Self.header(2, second: 1), Self.call("work 2"), ends[1],
    ]
    let other = [Self.header(3, second: 2), #"{"t":0,"e":"clock"}"#, Self.closed]
    let running = (0..<2).filter { ends[$0] == Self.closed }.map { "work \($0 + 1)" }
    for source: any RecordSource in [
      try file(two), JoinedTraces([try file(two), try file(other)]),
      JoinedTraces([try file(other), try file(two)]),
    ] { #expect(end(of: source).unfinished.map(\.name).sorted() == running) }
  }

  @Test func `the second recording of a file that is one of several is a process of its own`() throws {
    let two = [
      Self.header(1), Self.made, Self.closed, Self.header(2, second: 1), Self.made,
      #"{"t":1,"e":"made","d":1,"name":"b 0","th":"pool"}"#, Self.closed,
    ]
    let joined = JoinedTraces([try file(two), try file([Self.header(2, second: 2), Self.made])])
    _ = end(of: joined)
    let threads = joined.allRecords.map { joined.words(forThread: $0.thread ?? "") }
    #expect(
      threads == [
        "process 1", "process 1", "process 2 #2", "process 2 #2, thread pool", "process 2", "process 2",
      ])
    var numbers: [Int32] = []
    joined.forEachEntry(after: 0, through: joined.count) { numbers.append($0.thread) }
    #expect(numbers.map { joined.threadName($0) } == joined.allRecords.map(\.thread))
  }

  @Test func `a process that becomes another program keeps its number, and is told apart all the same`()
    throws
  {
    let ends = [Self.closed, Self.closed, Self.stopped]
    let lines = ends.enumerated().flatMap { [Self.header(5), Self.call("work \($0 + 1)"), $1] }
    let source = try file(lines)
    #expect(end(of: source).unfinished.map(\.name).sorted() == ["work 1", "work 2"])
    #expect(source.allRecords.map(\.thread) == [nil, "5 #2", "5 #3"])
  }

  @Test func `a thread's name is its own, whatever is in it`() throws {
    let thread = #"{"t":1,"e":"made","d":1,"name":"b 0","th":"worker · 2"}"#
    let lines = [Self.header(1), Self.made, thread]
    #expect(try file(lines).words(forThread: "worker · 2") == "thread worker · 2")
    for source in try bothWays(lines, [Self.header(2, second: 1), Self.made, thread]) {
      _ = end(of: source)
      let words = source.allRecords.map { source.words(forThread: $0.thread ?? "main") }
      #expect(words.last == "process 2, thread worker · 2")
      #expect(words.contains(source is TraceFile ? "thread worker · 2" : "process 1, thread worker · 2"))
    }
  }
}
