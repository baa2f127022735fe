import Testing
import Traces

@testable import trapline

/// The numbers of several recordings that are read as one.
@Suite struct SeveralStatsTests {
  private static func header(_ pid: Int) -> String {
    #"{"trapline":1,"program":"p","pid":\#(pid),"started":"2026-01-01T10:00:0\#(pid)Z"}"#
  }

  private func file(_ lines: [String]) throws -> TraceFile {
    try TraceFile(Array((lines.joined(separator: "\n") + "\n").utf8), name: "f")
  }

  private func stats(_ source: any RecordSource) -> TraceStats {
    var gathering = StatsGathering(source)
    return gathering.run()
  }

  /// A program that waits from half a second on, to its end after one.
  private static func waits(_ pid: Int) -> [String] {
    [
      header(pid), #"{"t":0,"e":"made","d":0,"name":"w 0"}"#, #"{"t":1,"e":"made","d":1,"name":"b 0"}"#,
      #"{"t":500000,"e":"waits","d":0,"on":1,"i":0}"#, #"{"t":1000000,"e":"clock"}"#, #"{"e":"closed"}"#,
    ]
  }

  /// One that loses events after 90 seconds.
  private static let long = [
    header(2), #"{"t":0,"e":"clock"}"#, #"{"t":90000000,"e":"dropped","count":4}"#, #"{"e":"closed"}"#,
  ]

  @Test
  func `a wait of a process that is over ends with that process, and what others lost leaves it as told`()
    throws
  {
    for source: any RecordSource in [
      JoinedTraces([try file(Self.waits(1)), try file(Self.long)]), try file(Self.waits(1) + Self.long),
      JoinedTraces([try file(Self.long), try file(Self.waits(3))]), try file(Self.long + Self.waits(3)),
    ] {
      let wait = stats(source).waits.first
      #expect(wait?.span == 500_000 && wait?.isDoubtful == false && wait?.isOver == false)
    }
  }

  @Test func `the span begins with what came first, wherever that stands in the file`() throws {
    for source in [try file(Self.waits(3) + Self.waits(1)), try file(Self.waits(1) + Self.waits(3))] {
      let stats = stats(source)
      #expect(stats.lastTime - stats.firstTime == 3_000_000)
    }
  }
}
