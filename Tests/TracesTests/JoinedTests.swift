import Testing

@testable import Traces

/// Several recordings as one.
@Suite struct JoinedTests {
  private func file(_ text: String) throws -> TraceFile {
    try TraceFile(Array((text + "\n").utf8), name: "f")
  }

  private func all(_ source: any RecordSource) -> [Record] {
    while !source.isAtEnd { source.extend() }
    return source.allRecords
  }

  private static let parent = #"""
    {"trapline":1,"program":"app.py","clock":"monotonic","pid":4711,"started":"2026-01-01T10:00:00.000000Z"}
    {"t":0,"e":"made","d":0,"origin":"deferred","name":"a","file":"app.py","line":7}
    {"t":3000000,"e":"born","f":0,"type":"T"}
    {"t":3000001,"e":"fired","d":0,"vf":0,"th":"pool-1"}
    {"e":"closed"}
    """#
  private static let child = #"""
    {"trapline":1,"program":"app.py","clock":"monotonic","pid":4712,"parent":4711,"started":"2026-01-01T12:00:01.5+02:00"}
    {"t":0,"e":"made","d":0,"origin":"deferred","name":"b","file":"app.py","line":7}
    {"t":1,"e":"group","d":1,"kind":"list","members":[0]}
    {"t":2000000,"e":"fired","d":0,"v":"1"}
    {"e":"closed"}
    """#

  @Test func `they stand in the order of their calendars' time, each thing with a number of its own`() throws
  {
    let joined = JoinedTraces([try file(Self.child), try file(Self.parent)])
    let records = all(joined)
    #expect(records.map(\.time) == [0, 0, 1_500_000, 1_500_000, 1_500_001, 3_000_000, 3_000_001, 3_500_000])
    #expect(
      records.map(\.thread) == ["4711", "4711", "4712", "4712", "4712", "4711", "4711 · pool-1", "4712"])
    #expect(
      records[2].event
        == .note(kind: "mark", who: "4712", text: "Process 4712 begins: app.py, a child of process 4711", nil)
    )
    #expect(records[3].event == .made(1, origin: "deferred", name: "b", hasCanceller: false))
    #expect(records[4].event == .groupMade(2, kind: "list", members: [1]))
    #expect(records[6].event == .fired(0, .failure(0)) && records[7].event == .fired(1, .text("1")))
    #expect(joined.title == "app.py and 1 more" && joined.fault == nil && joined.progress == 1)
    #expect(joined.summary.contains("a child of process 4711"))
  }

  @Test func `what one place makes in several processes is of one site`() throws {
    let joined = JoinedTraces([try file(Self.parent), try file(Self.child)])
    var made: [Entry] = []
    while !joined.isAtEnd { joined.extend() }
    joined.forEachEntry(after: 0, through: joined.count) { if $0.kind == .made { made.append($0) } }
    #expect(made.count == 2 && made[0].other == made[1].other)
    #expect(joined.site(made[0].other)?.place == Place(file: "app.py", line: 7))
  }

  @Test(arguments: 0..<4) func `entries read again are those that came, and fit their records`(seed: UInt64)
    throws
  {
    let writer = TraceWriter()
    let files = try (0..<3).map { index in
      var header = TraceHeader(program: "p\(index)")
      header.started = "2026-01-01T10:00:00.\(index)Z"
      let records = Nonsense.records(3000, seed: seed * 3 + UInt64(index))
      return try TraceFile(writer.line(for: header) + records.flatMap { writer.line(for: $0) }, name: "f")
    }
    let joined = JoinedTraces(files)
    var first: [Entry] = []
    while !joined.isAtEnd {
      let known = joined.count
      joined.extend()
      joined.forEachEntry(after: known, through: joined.count) { first.append($0) }
    }
    #expect(first.count == 9003)
    var again: [Entry] = []
    joined.forEachEntry(after: 0, through: 5000) { again.append($0) }
    joined.forEachEntry(after: 5000, through: joined.count) { again.append($0) }
    #expect(again == first)
    let sites = Sites()
    for step in stride(from: 1, to: joined.count, by: 37) {
      var entry = Entry(joined.record(at: step), thread: first[step - 1].thread, sites: sites)
      if entry.kind == .made { entry.other = first[step - 1].other }
      #expect(entry == first[step - 1])
      #expect(joined.threadName(entry.thread) == joined.record(at: step).thread)
    }
    let timeline = Timeline(joined)
    while timeline.extend(budget: 1000) {}
    #expect(timeline.frontier == World(after: joined.allRecords))
  }

  /// What the recorder for Twisted writes of a service with one Deferred, which a timer fires after a second.
  private static func service(pid: Int, started: String) -> String {
    """
    {"trapline":1,"program":"app.py","clock":"monotonic","pid":\(pid),"started":"\(started)","twisted":"26.10.0"}
    {"t":0,"e":"made","d":0,"origin":"later","name":"deferLater 0"}
    {"t":1,"e":"timer","timer":0,"due":1000000,"name":"callback of Deferred 0","d":0}
    {"t":2,"e":"timer","timer":1,"due":1000000,"name":"callback of Deferred 77"}
    {"t":3,"e":"timer_moved","timer":0,"due":2000000}
    {"e":"closed"}
    """
  }
  private static let services = [
    service(pid: 1, started: "2026-01-01T10:00:00Z"), service(pid: 2, started: "2026-01-01T10:00:05Z"),
  ]

  /// The two services as several files and as one.
  private var bothWays: [any RecordSource] {
    get throws {
      [JoinedTraces(try Self.services.map(file)), try file(Self.services.joined(separator: "\n"))]
    }
  }

  @Test(arguments: [["", "stopped"], ["stopped", ""], ["", ""], ["stopped", "stopped"]])
  func `what is not over at the end is that of recordings whose program did not go on without them`(
    whys: [String]
  ) throws {
    let texts = whys.enumerated().map { index, why in
      #"""
      {"trapline":1,"program":"app.py","clock":"monotonic","pid":\#(index),"started":"2026-01-01T10:00:0\#(index)Z"}
      {"t":0,"e":"call","kind":"later","name":"work \#(index)"}
      {"e":"closed"\#(why.isEmpty ? "" : #","why":"\#(why)""#)}
      """#
    }
    let ways: [any RecordSource] = [
      JoinedTraces(try texts.map(file)), try file(texts.joined(separator: "\n")),
    ]
    for source in ways {
      let timeline = Timeline(source)
      while timeline.extend(budget: 100) {}
      let running = (0..<2).filter { whys[$0].isEmpty }.map { "work \($0)" }
      #expect(timeline.unfinished.map(\.name).sorted() == running)
    }
  }

  @Test func `a timer is due when its own process is so far`() throws {
    for source in try bothWays {
      _ = all(source)
      var world = World(reading: source)
      world.advance(to: source.count)
      #expect(world.timers.map(\.due) == [2_000_000, 1_000_000, 7_000_000, 6_000_000])
      #expect(
        all(source).compactMap(\.event.due) == [
          1_000_000, 1_000_000, 2_000_000, 6_000_000, 6_000_000, 7_000_000,
        ])
    }
  }

  @Test func `two of a name in two processes are told apart by the numbers that they have now`() throws {
    for source in try bothWays {
      _ = all(source)
      var world = World(reading: source)
      world.advance(to: source.count)
      #expect(world.deferreds.map(\.name) == ["deferLater 0", "deferLater 1"])
      #expect(world.timers.map(\.name)[0] == "callback of deferLater 0")
      #expect(world.timers.map(\.name)[2] == "callback of deferLater 1")
    }
  }

  @Test func `threads of several processes are called by both`() throws {
    let joined = JoinedTraces([try file(Self.child), try file(Self.parent)])
    _ = all(joined)
    #expect(joined.words(forThread: "4712") == "process 4712")
    #expect(joined.words(forThread: "4711 · pool-1") == "process 4711, thread pool-1")
    #expect(try file(Self.parent).words(forThread: "pool-1") == "thread pool-1")
  }

  @Test func `what stands behind a header in the same file is called by its process, and is no thread`()
    throws
  {
    let file = try file(Self.parent + "\n" + Self.child)
    _ = all(file)
    #expect(file.words(forThread: "4712") == "process 4712")
    #expect(file.words(forThread: "pool-1") == "thread pool-1")
    let nameless = #"{"trapline":1,"program":"p"}"# + "\n" + #"{"t":0,"e":"made","d":0,"name":"page 0"}"#
    let two = try self.file(nameless + "\n" + nameless)
    #expect(all(two).compactMap(\.thread).map { two.words(forThread: $0) } == ["recording 2"])
  }

  @Test func `a Failure that another process raised on its main thread is not told to come from a thread`()
    throws
  {
    let born = #"{"t":0,"e":"born","f":0,"type":"OSError","stack":["app.py:5 load"]}"#
    let onThread = #"{"t":1,"e":"born","f":1,"type":"OSError","th":"reader"}"#
    let header = #"{"trapline":1,"program":"p","pid":4711}"#
    let file = try file([header, header, born, onThread].joined(separator: "\n"))
    let other = try self.file(
      [header, born, header.replacing("4711", with: "4712"), born, onThread].joined(separator: "\n"))
    #expect(all(file).count == 2 && all(other).count == 3)
    var world = World(reading: other)
    world.advance(to: other.count)
    let stories = Stories(world: world, isComplete: true)
    #expect(stories.why(1).first == "Born at step 2, at 0 s, in process 4712, in load.")
    #expect(stories.why(2).first == "Born at step 3, at 0.000001 s, in process 4712, on thread reader.")
  }

  @Test func `a name that a program gave stays as it is`() throws {
    let plain = #"{"trapline":1,"program":"p"}"# + "\n" + #"{"t":0,"e":"made","d":0,"name":"page 0"}"#
    let joined = JoinedTraces([try file(plain), try file(plain)])
    #expect(all(joined).compactMap(\.event.madeName) == ["page 0", "page 0"])
  }

  @Test func `a header in the middle of a file begins another recording, whose things are others`() throws {
    let text = Self.parent + "\n" + Self.child
    let file = try file(text)
    let records = all(file)
    #expect(records.count == 6 && file.isClosed && file.fault == nil)
    #expect(records[3].event == .made(1, origin: "deferred", name: "b", hasCanceller: false))
    #expect(records[4].event == .groupMade(2, kind: "list", members: [1]))
    #expect(records[5].event == .fired(1, .text("1")))
    #expect(records.map(\.time) == [0, 3_000_000, 3_000_001, 1_500_000, 1_500_001, 3_500_000])
    #expect(records.map(\.thread) == [nil, nil, "pool-1", "4712", "4712", "4712"])
    let cut = try self.file(Self.parent + "\n" + Self.child.dropLast(15))
    #expect(all(cut).count > 3 && cut.fault?.contains("not closed") == true)
  }

  @Test(arguments: 0..<4) func `of recordings that were joined, entries read again are those that came`(
    seed: UInt64
  ) throws {
    let writer = TraceWriter()
    var bytes: [UInt8] = []
    for index in 0..<4 {
      var header = TraceHeader(program: "p")
      header.pid = index
      bytes += writer.line(for: header)
      for record in Nonsense.records(4000, seed: seed * 4 + UInt64(index)) {
        bytes += writer.line(for: record)
      }
    }
    let file = try TraceFile(bytes, name: "f")
    var first: [Entry] = []
    file.forEachEntry(after: 0, through: file.count) { first.append($0) }
    while !file.isAtEnd {
      let known = file.count
      file.extend()
      file.forEachEntry(after: known, through: file.count) { first.append($0) }
    }
    var again: [Entry] = []
    file.forEachEntry(after: 0, through: file.count) { again.append($0) }
    #expect(first == again && first.count == 16_000)
    let sites = Sites()
    for step in stride(from: 1, to: file.count, by: 37) {
      var entry = Entry(file.record(at: step), thread: first[step - 1].thread, sites: sites)
      if entry.kind == .made { entry.other = first[step - 1].other }
      #expect(entry == first[step - 1])
      #expect(file.threadName(entry.thread) == file.record(at: step).thread)
    }
  }
}

extension Event {
  fileprivate var due: Int64? {
    switch self {
    case .timerMade(_, let due, _, _), .timerMoved(_, let due): due
    default: nil
    }
  }

  fileprivate var madeName: String? {
    if case .made(_, _, let name, _) = self { name } else { nil }
  }
}
