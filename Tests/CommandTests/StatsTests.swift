import Explorer
import Scenarios
import Testing
import Traces

@testable import trapline

/// `trapline stats`: what a trace comes to in numbers.
@Suite struct StatsTests {
  /// A service of which two requests succeed after waits of one and three seconds, one fails, one never ends.
  private static let trace = """
    {"trapline":1,"program":"shop.py","clock":"monotonic","started":"2026-11-27T19:43:23Z"}
    {"t":0,"e":"made","d":0,"origin":"deferred","name":"request 0","file":"/app/shop.py","line":7}
    {"t":0,"e":"made","d":1,"origin":"generator","name":"fetch 1","file":"/app/shop.py","line":9}
    {"t":0,"e":"generator","d":1,"name":"fetch"}
    {"t":0,"e":"yielded","d":1,"on":0}
    {"t":10,"e":"timer","timer":0,"due":1000000,"name":"callback of Deferred 3"}
    {"t":10,"e":"timer","timer":1,"due":2000000,"name":"callback of Deferred 4"}
    {"t":1000000,"e":"timer_began","timer":0}
    {"t":1000000,"e":"timer_ended","timer":0}
    {"t":2000000,"e":"timer_began","timer":1,"th":"Pool"}
    {"t":2000000,"e":"timer_ended","timer":1,"th":"Pool"}
    {"t":3000000,"e":"fired","d":0,"v":"1"}
    {"t":3000000,"e":"generator_resumed","d":1,"v":"1"}
    {"t":3000000,"e":"born","f":0,"type":"KeyError","parents":["Exception"],"message":"x"}
    {"t":3000000,"e":"fired","d":1,"vf":0}
    {"t":3000000,"e":"settled","d":1,"vf":0}
    {"t":3000001,"e":"collected","d":1}
    {"t":3000001,"e":"unhandled","d":1,"f":0}
    {"t":3000002,"e":"made","d":2,"origin":"deferred","name":"request 2","file":"/app/shop.py","line":7}
    {"t":3000003,"e":"dropped","count":12}

    """

  private func stats(_ text: String) throws -> TraceStats {
    let file = try TemporaryFile(text, named: "shop.trace.jsonl")
    var gathering = StatsGathering(try source(named: file.path, bounds: Bounds()))
    return gathering.run()
  }

  @Test func `Deferreds are counted by outcome and by the places that make them`() throws {
    let stats = try stats(Self.trace)
    #expect(stats.deferreds.made == 3 && stats.deferreds.notFired == 1)
    #expect(stats.deferreds.fine == 1 && stats.deferreds.unhandled == 1 && stats.deferreds.failed == 0)
    #expect(stats.sites.map(\.name) == ["request", "fetch"])
    #expect(stats.sites.first?.place == "/app/shop.py:7")
  }

  /// A program that is stopped in the middle of two handlers, of which one is a thread's.
  static let stopped = """
    {"trapline":1,"program":"shop.py","clock":"monotonic"}
    {"t":0,"e":"made","d":0,"origin":"deferred","name":"request 0","file":"/app/shop.py","line":7}
    {"t":0,"e":"stage","d":0,"i":0,"callback":"parse"}
    {"t":0,"e":"made","d":1,"origin":"deferred","name":"reply 1","file":"/app/shop.py","line":9}
    {"t":0,"e":"stage","d":1,"i":0,"callback":"send"}
    {"t":5,"e":"fired","d":1,"v":"1","th":"Pool"}
    {"t":5,"e":"entered","d":1,"i":0,"side":"callback","v":"1","th":"Pool","depth":1}
    {"t":6,"e":"fired","d":0,"v":"2"}
    {"t":7,"e":"entered","d":0,"i":0,"side":"callback","v":"2","file":"/app/shop.py","line":20,"depth":1}

    """

  @Test func `a function that failed is counted as failed, whoever took its Failure`() throws {
    let text = """
      {"trapline":1,"program":"shop.py","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"origin":"generator","name":"page 0","file":"/app/shop.py","line":7}
      {"t":0,"e":"generator","d":0,"name":"page"}
      {"t":0,"e":"made","d":1,"origin":"generator","name":"fetch 1","file":"/app/shop.py","line":9}
      {"t":0,"e":"yielded","d":0,"on":1}
      {"t":1,"e":"born","f":0,"type":"OSError","parents":[],"message":"x"}
      {"t":1,"e":"fired","d":1,"vf":0}
      {"t":1,"e":"generator_resumed","d":0,"vf":0}
      {"t":1,"e":"settled","d":1,"v":"none"}
      {"t":2,"e":"generator_ended","d":0,"end":"returned","v":"'old'"}
      {"t":2,"e":"fired","d":0,"v":"'old'"}

      """
    let stats = try stats(text)
    #expect(stats.deferreds.passedOn == 1 && stats.deferreds.fine == 1 && stats.deferreds.failed == 0)
    let lines = StatsText(stats: stats).lines
    #expect(lines.contains("        1  fetch  /app/shop.py:9  (1 failed and passed on)"))
    #expect(lines.contains("        1  failed, and passed that on to who waited for them"))
    #expect(StatsJSON(stats: stats).object["deferreds"]?["passed_on"]?.integer == 1)
  }

  @Test func `who is fired on another thread than it was made on is counted, for Twisted has only one`()
    throws
  {
    let stats = try stats(
      """
      {"trapline":1,"program":"p","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"name":"call 0"}
      {"t":1,"e":"fired","d":0,"v":"1","th":"pool"}
      {"t":2,"e":"made","d":1,"name":"call 1","th":"pool"}
      {"t":3,"e":"fired","d":1,"v":"1","th":"pool"}
      {"t":4,"e":"made","d":2,"name":"call 2","th":"pool"}
      {"t":5,"e":"fired","d":2,"v":"1"}
      {"t":5,"e":"fired","d":2,"v":"1"}
      {"t":5,"e":"fired","d":3,"v":"1","th":"pool"}

      """)
    #expect(stats.deferreds.firedElsewhere == 2)
    #expect(
      StatsText(stats: stats).lines.contains(
        "        2  of all these were fired on another thread than they were made on"))
    #expect(StatsJSON(stats: stats).object["deferreds"]?["fired_elsewhere"]?.integer == 2)
    #expect(stats.sites.map(\.name) == ["call"], "they differ in their numbers alone")
  }

  @Test func `one that failed and passed that on, and stalls or runs now, is counted once`() throws {
    let failed = """
      {"trapline":1,"program":"p","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"name":"outer"}
      {"t":0,"e":"made","d":1,"name":"inner"}
      {"t":0,"e":"made","d":2,"name":"never"}
      {"t":1,"e":"fired","d":0,"v":"1"}
      {"t":1,"e":"waits","d":0,"on":1,"i":0}
      {"t":3,"e":"born","f":0,"type":"KeyError"}
      {"t":3,"e":"fired","d":1,"vf":0}
      {"t":3,"e":"resumed","d":0,"from":1,"i":0,"vf":0}
      {"t":4,"e":"entered","d":1,"i":1,"side":"callback","v":"none"}

      """
    let running = try stats(failed).deferreds
    #expect(running.running == 1 && running.passedOn == 0 && running.failed == 1 && running.notFired == 1)
    let stalled = try stats(
      failed + """
        {"t":5,"e":"left","d":1,"i":1,"side":"callback","end":"returned","vd":2}
        {"t":5,"e":"waits","d":1,"on":2,"i":0}

        """
    ).deferreds
    #expect(stalled.stalled == 1 && stalled.passedOn == 0 && stalled.failed == 1 && stalled.notFired == 1)
  }

  @Test func `places in installed packages are told without the folder of all packages, others whole`() throws
  {
    let packages = "/v/lib/python3.11/site-packages/"
    let stats = try stats(
      Self.trace.replacing("/app/shop.py\",\"line\":9", with: "\(packages)twisted/web/client.py\",\"line\":9")
    )
    let rows = StatsText(stats: stats).lines
    #expect(rows.contains { $0.hasSuffix("  fetch  twisted/web/client.py:9  (1 unhandled)") })
    #expect(rows.contains { $0.contains("  request  /app/shop.py:7  (") })
    #expect(stats.sites.map(\.place).contains("\(packages)twisted/web/client.py:9"), "programs get it whole")
  }

  @Test func `what is not over at the end is told, and is not counted as fine`() throws {
    let stats = try stats(Self.stopped)
    #expect(
      stats.running == [
        TraceStats.Running(name: "parse of request 0", place: "/app/shop.py:20", step: 8, thread: "main"),
        TraceStats.Running(name: "send of reply 1", place: "", step: 6, thread: "Pool"),
      ])
    #expect(stats.deferreds.running == 2 && stats.deferreds.fine == 0 && stats.deferreds.made == 2)
    #expect(stats.sites.map(\.outcomes.running) == [1, 1])
    let file = try TemporaryFile(Self.stopped, named: "shop.trace.jsonl")
    let lines = try Program.run("stats", file.path).lines
    #expect(lines.contains("           parse of request 0, from step 8  /app/shop.py:20"))
    #expect(lines.contains("           send of reply 1 in Pool, from step 6"))
    let why = try Program.run("why", file.path)
    #expect(
      why.lines.suffix(4) == [
        "", "Not over at the end: parse of request 0 (app/shop.py:20), from step 8 on.",
        "Not over at the end: send of reply 1 in thread Pool, from step 6 on.", "",
      ])
  }

  @Test func `a coroutine that is not over at the end is where it waited last, or was called`() throws {
    let began = """
      {"trapline":1,"program":"shop.py","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"origin":"generator","name":"fetch 0","file":"/app/shop.py","line":7}
      {"t":0,"e":"generator","d":0,"name":"fetch"}

      """
    let wentOn = """
      {"t":1,"e":"yielded","d":0,"on":null,"file":"/app/shop.py","line":12}
      {"t":2,"e":"yielded","d":0,"on":null,"file":"/app/shop.py","line":14}
      {"t":3,"e":"generator_resumed","d":0,"v":"1","depth":1}

      """
    #expect(try stats(began).running.map(\.place) == ["/app/shop.py:7"])
    #expect(try stats(began + wentOn).running.map(\.place) == ["/app/shop.py:14"])
  }

  @Test func `where a trace that was not closed ends between two handlers, why says so`() throws {
    let idle = """
      {"trapline":1,"program":"shop.py","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"name":"main"}

      """
    let words = "At its end no handler and no timed call was running."
    let dropped = "{\"t\":9,\"e\":\"dropped\",\"count\":3}\n"
    for (rest, isTold) in [("", true), (dropped, false), ("{\"e\":\"closed\"}\n", false)] {
      let file = try TemporaryFile(idle + rest, named: "shop.trace.jsonl")
      #expect(try Program.run("why", file.path).lines.contains(words) == isTold)
    }
  }

  @Test func `what a program ends itself in is told, but not where the end is missing`() throws {
    let dropped = "{\"t\":9,\"e\":\"dropped\",\"count\":3}\n"
    for (missing, count) in [("", 2), (dropped, 0)] {
      let text = Self.stopped + "\(missing){\"e\":\"closed\"}\n"
      let file = try TemporaryFile(text, named: "shop.trace.jsonl")
      let lines = try Program.run("why", file.path).lines
      #expect(lines.filter { $0.hasPrefix("Not over at the end") }.count == count)
      #expect(try stats(text).running.count == count)
    }
  }

  @Test func `Failures are counted by type and fate, waits by length, timers by what they call`() throws {
    let stats = try stats(Self.trace)
    #expect(stats.failures == [TraceStats.FailureCount(type: "KeyError", fate: .unhandled, count: 1)])
    #expect(
      stats.waits == [
        TraceStats.Wait(
          span: 3_000_000, who: "fetch 1", on: "request 0", step: 4, isOver: true, isDoubtful: false)
      ])
    #expect(stats.timers == [TraceStats.Count(name: "callback of Deferred", count: 2)])
  }

  @Test func `a wait in which events are missing is told with that doubt, and one after them without`() throws
  {
    let lines = [
      #"{"t":0,"e":"waits","d":0,"on":1,"i":0}"#, #"{"t":1,"e":"waits","d":2,"on":3,"i":0}"#,
      #"{"t":2,"e":"dropped","count":9}"#, #"{"t":3,"e":"waits","d":4,"on":5,"i":0}"#,
      #"{"t":1000000,"e":"resumed","d":0,"from":1,"i":0,"v":"1"}"#,
      #"{"t":2000003,"e":"resumed","d":4,"from":5,"i":0,"v":"1"}"#,
    ]
    let text = (["{\"trapline\":1,\"program\":\"p\"}"] + lines + ["{\"e\":\"closed\"}", ""]).joined(
      separator: "\n")
    let file = try TemporaryFile(text, named: "a.trace.jsonl")
    let told = try Program.run("stats", file.path).lines
    let waits = told.filter { $0.contains(", from step ") }.map { $0.drop { $0 == " " } }
    #expect(
      waits == [
        "2.000002 s  deferred 2 on deferred 3, from step 2, to the end, as far as is told",
        "2.000 s  deferred 4 on deferred 5, from step 4",
        "1.000 s  deferred 0 on deferred 1, from step 1, as far as is told",
      ])
    #expect(told.contains { $0.hasSuffix("still wait for another one at the end, as far as is told") })
  }

  @Test func `what is missing is said first`() throws {
    let file = try TemporaryFile(Self.trace, named: "shop.trace.jsonl")
    let ended = try Program.run("stats", file.path)
    #expect(ended.status == 0)
    let lines = ended.output.split(separator: "\n")
    #expect(lines.contains("DROPPED: 12 events are missing, the recorder did not keep them"))
    #expect(lines.contains { $0.hasPrefix("not whole: the trace was not closed") })
  }

  @Test func `a Deferred that waits for another one has no value yet`() throws {
    let stats = try stats(
      """
      {"trapline":1,"program":"shop.py","clock":"monotonic"}
      {"t":0,"e":"made","d":0,"name":"inner 0","file":"/app/shop.py","line":7}
      {"t":0,"e":"made","d":1,"name":"outer 1","file":"/app/shop.py","line":8}
      {"t":0,"e":"fired","d":1,"v":"1"}
      {"t":0,"e":"waits","d":1,"on":0,"i":0}
      {"t":0,"e":"made","d":9223372036854775807,"file":"/app/shop.py","line":9}

      """)
    #expect(stats.deferreds.fine == 0 && stats.deferreds.stalled == 1 && stats.deferreds.notFired == 1)
    #expect(stats.sites.map(\.name) == ["inner", "outer"], "one whose number is absurd is none")
    #expect(StatsText(stats: stats).lines.contains("        1  outer  /app/shop.py:8  (1 stalled)"))
  }

  @Test func `numbers beyond all bounds are counted as far as numbers go`() throws {
    let stats = try stats(
      """
      {"trapline":1,"program":"shop.py","clock":"monotonic"}
      {"t":-9223372036854775808,"e":"dropped","count":9223372036854775807}
      {"t":9223372036854775807,"e":"dropped","count":9223372036854775807}
      {"t":-9223372036854775808,"e":"yielded","d":0,"on":1}
      {"t":9223372036854775807,"e":"generator_resumed","d":0,"v":"1"}

      """)
    #expect(stats.dropped == .max)
    #expect(stats.waits.map(\.span) == [.max])
    #expect(StatsText(stats: stats).lines[2].hasPrefix("4 events in 9223372036854.775807 s, from -92"))
  }

  @Test func `json is one object with the same numbers`() throws {
    let file = try TemporaryFile(Self.trace, named: "shop.trace.jsonl")
    let ended = try Program.run("stats", "--format", "json", file.path)
    let object = try #require(JSONTree(ended.output.utf8))
    #expect(object["events"]?.integer == 19 && object["dropped"]?.integer == 12)
    #expect(object["deferreds"]?["unhandled"]?.integer == 1)
    #expect(
      object["failures"] != nil && object["fault"]?.string?.hasPrefix("the trace was not closed") == true)
  }

  @Test func `events are counted by thread`() throws {
    let list = RecordList([
      Record(time: 0, event: .clockAdvanced), Record(time: 1, thread: "Pool", event: .clockAdvanced),
      Record(time: 2, event: .clockAdvanced),
    ])
    var gathering = StatsGathering(ListedSource(list))
    let stats = gathering.run()
    #expect(stats.threads.map(\.name) == ["main", "Pool"] && stats.threads.map(\.count) == [2, 1])
  }

  @Test func `of many waits the longest are kept, those that are not over among them`() {
    var waits = LongestWaits { _ in 0 }
    for id in 0..<1000 {
      waits.begin(Int32(id), on: 5000, at: 0, step: id)
      if id != 7 { waits.end(Int32(id), at: Int64(id)) }
    }
    let longest = waits.longest(at: [0: 10_000])
    #expect(longest.count == TraceStats.listLimit)
    #expect(longest[0].who == 7 && !longest[0].isOver)
    #expect(longest[1].span == 999 && longest[TraceStats.listLimit - 1].span == 981)
  }

  @Test func `a scenario has numbers too, and a file that is none ends as elsewhere`() throws {
    #expect(try Program.run("stats", "06").output.contains("GibberishError  trapped"))
    #expect(try Program.run("stats", "/nowhere/at/all").status == 66)
  }
}

/// Records that are all there, with their threads.
private final class ListedSource: RecordSource {
  private let list: RecordList
  init(_ list: RecordList) { self.list = list }
  var count: Int { list.count }
  func record(at step: Int) -> Record { list.record(at: step) }
  func forEachEntry(after start: Int, through end: Int, _ body: (Entry) -> Void) {
    list.forEachEntry(after: start, through: end, body)
  }
  func threadName(_ number: Int32) -> String? { list.threadName(number) }
  func site(_ number: Int32) -> Site? { list.site(number) }
  var isAtEnd: Bool { true }
  func extend() {}
  var fault: String? { nil }
  var sourceText: (file: String, lines: [String])? { nil }
  var title: String { "A list" }
  var summary: String { "" }
}
