import Testing
import Traces

/// The example of the module's landing page, line by line: it must compile and say what the page says.
@Suite struct `The example on the landing page` {
  final class Recorded: RecordSource, RecordArray {
    let records: [Record]
    let sites = Sites()
    init(_ events: [Event]) { records = events.map { Record(time: 0, event: $0) } }
    var isAtEnd: Bool { true }
    func extend() {}
    var fault: String? { nil }
    var sourceText: (file: String, lines: [String])? { nil }
    var title: String { "A poem" }
    var summary: String { "" }
  }

  let timeline = Timeline(
    Recorded([
      .made(0, origin: "deferred", name: "poem", hasCanceller: false),
      .stageAdded(0, index: 0, .handlers, callback: nil, errback: "fall_back"),
      .failureBorn(0, type: "ValueError", parents: ["Exception"], message: "bad line", from: nil),
      .fired(0, .failure(0)),
      .entered(0, stage: 0, .errback, input: .failure(0)),
      .trapAsked(0, types: ["ValueError"], matched: "ValueError"),
      .left(0, stage: 0, .errback, .returned(ValueText("'original'"))),
      .settled(0, .value(ValueText("'original'"))),
    ]))

  @Test func `goes back to where the Failure is on its way, and knows its end`() {
    while timeline.forward() {}
    #expect(timeline.step == 8 && timeline.world.deferreds[0].result == .value(ValueText("'original'")))
    timeline.seek(to: 4)
    #expect(timeline.world.deferreds[0].result == .failure(0))
    #expect(timeline.stories.fate(of: 0, at: timeline.step) == "will be trapped at step 7 by fall_back")
  }

  @Test func `writes a line a record, after a header`() {
    let writer = TraceWriter()
    var bytes = writer.line(for: TraceHeader(program: "poem.py"))
    for record in timeline.source.allRecords { bytes += writer.line(for: record) }
    #expect(bytes.split(separator: UInt8(ascii: "\n")).count == 9)
  }
}
