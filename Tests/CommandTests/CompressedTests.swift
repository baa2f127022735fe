import Foundation
import Scenarios
import Testing
import Traces

@testable import trapline

/// Traces that are compressed, or come through a pipe.
@Suite struct CompressedTests {
  private func opened(_ bytes: [UInt8], named name: String = "a.trace.jsonl.gz") throws -> TraceFile {
    let file = try TemporaryFile(named: name)
    try Data(bytes).write(to: URL(fileURLWithPath: file.path))
    let trace = try #require(try source(named: file.path, bounds: Bounds()) as? TraceFile)
    while !trace.isAtEnd { trace.extend() }
    return trace
  }

  private func compressed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    return Deflater().take(&bytes, isLast: true)
  }

  private static let plain: [UInt8] = {
    let writer = TraceWriter()
    let records = (0..<3000).map { number in
      Record(time: Int64(number), event: .note(kind: "log", who: "w", text: "\(number * 7919 % 3001)", nil))
    }
    return writer.line(for: TraceHeader(program: "p")) + records.flatMap { writer.line(for: $0) }
      + writer.end(fault: nil)
  }()

  @Test func `what was compressed opens as what it was made from, whatever its name`() throws {
    let plain = try opened(Self.plain, named: "a.trace.jsonl")
    let packed = compressed(Self.plain)
    for name in ["a.trace.jsonl.gz", "a", "a.yaml"] {
      let trace = try opened(packed, named: name)
      #expect(trace.allRecords == plain.allRecords && trace.allRecords.count == 3000)
      #expect(trace.fault == nil && trace.progress == 1)
    }
  }

  @Test func `members that were joined are read as one, zeros between them too`() throws {
    let packed = compressed(Self.plain)
    #expect(try opened(packed + [0, 0, 0] + packed + [0]).count == 6000)
    let torn = try opened(packed + packed.dropLast(9000))
    #expect(torn.count > 3000 && torn.count < 6000)
  }

  @Test func `what was torn off is told as torn, wherever that was`() throws {
    let packed = compressed(Self.plain)
    for length in stride(from: packed.count - 9, to: 200, by: -997) {
      let trace = try opened(Array(packed.prefix(length)))
      #expect(trace.damage == nil && trace.faults.isEmpty)
      #expect(trace.count < 3000 ? trace.fault?.contains("not closed") == true : trace.fault == nil)
    }
  }

  @Test func `what was damaged is read up to there, and told`() throws {
    var packed = compressed(Self.plain)
    let trailing = try opened(packed + Array("hello".utf8))
    #expect(trailing.count == 3000 && trailing.damage?.hasSuffix("is not gzip") == true)
    packed[packed.count - 6] ^= 1
    #expect(try opened(packed).damage?.contains("damaged near its byte") == true)
    #expect(try opened(packed).count == 3000)
  }

  @Test func `a bomb is not read to its end`() throws {
    let deflater = Deflater()
    var packed: [UInt8] = []
    var header = Array("{\"trapline\":1,\"program\":\"p\"}\n".utf8)
    packed += deflater.take(&header, isLast: false)
    var line = [UInt8](repeating: 0x20, count: 1 << 20)
    line[line.count - 1] = 0x0a
    for _ in 0..<100 { packed += deflater.take(&line, isLast: false) }
    packed += deflater.take(&header, isLast: true)
    let trace = try opened(packed)
    #expect(trace.fault?.hasSuffix("times its size: the rest is not read") == true)
    // Not a trace by its beginning either: refused before it is large.
    var spaces = [UInt8](repeating: 0x20, count: 20 << 20)
    let none = try TemporaryFile(named: "none")
    try Data(Deflater().take(&spaces, isLast: true)).write(to: URL(fileURLWithPath: none.path))
    #expect(try Program.run("check", none.path).output.contains("larger than 16 MiB"))
  }

  @Test func `check tells that a compressed file is damaged, and run reads as far as it goes`() throws {
    let file = try TemporaryFile(named: "a.trace.jsonl.gz")
    try Data(compressed(Self.plain) + [7]).write(to: URL(fileURLWithPath: file.path))
    let checked = try Program.run("check", file.path)
    #expect(checked.status == 65 && checked.output.contains("a.trace.jsonl.gz: error: what follows byte"))
    let run = try Program.run("run", file.path)
    #expect(run.status == 0 && run.lines.count > 3000 && run.errors.contains("is not gzip"))
  }

  @Test func `run writes compressed what is named so`() throws {
    let folder = try TemporaryFile()
    let paths = ["/a.trace.jsonl", "/a.trace.jsonl.gz"].map { folder.folder + $0 }
    let outputs = try paths.map { try Program.run("run", "--trace", $0, "06").output }
    let packed = try Data(contentsOf: URL(fileURLWithPath: paths[1]))
    #expect(Array(packed.prefix(2)) == Inflater.magic)
    #expect(try Program.run("run", paths[1]).output == outputs[0])
    #expect(
      try Program.run("run", "--format", "json", paths[1]).output
        == Program.run("run", "--format", "json", paths[0]).output)
  }

  @Test(arguments: [false, true])
  func `a pipe is read as it comes, and any of it again`(isCompressed: Bool) throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let sent = isCompressed ? compressed(Self.plain) : Self.plain
    let stream = ByteStream(ends[0], isPipe: true)
    let bytes = try SpooledBytes(stream, after: [], isCompressed: isCompressed)
    let trace = try TraceFile(reading: bytes, name: "a")
    #expect(trace.count == 0 && !trace.isAtEnd && trace.faults.isEmpty)
    var counts: [Int] = []
    for start in stride(from: 0, to: sent.count, by: 5000) {
      let part = Array(sent[start..<min(sent.count, start + 5000)])
      #expect(write(ends[1], part, part.count) == part.count)
      trace.extend()
      counts.append(trace.count)
      #expect(!trace.isAtEnd)
    }
    #expect(counts == counts.sorted() && counts.count > 1)
    close(ends[1])
    trace.extend()
    #expect(trace.isAtEnd && trace.count == 3000 && trace.fault == nil)
    #expect(trace.record(at: 1).time == 0 && trace.record(at: 3000).time == 2999)
  }

  @Test func `standard input may be a trace of any length`() throws {
    let line =
      "{\"t\":0,\"e\":\"note\",\"kind\":\"log\",\"name\":\"w\",\"text\":\"\(String(repeating: "x", count: 1 << 20))\"}\n"
    let text =
      "{\"trapline\":1,\"program\":\"p\"}\n" + String(repeating: line, count: 20) + "{\"e\":\"closed\"}\n"
    #expect(try Program.run(["check", "-"], input: text).output == "<stdin>: no faults in 20 records\n")
    let file = try TemporaryFile(text)
    let piped = try Program.run(
      ["check", "-"],
      after: "mkfifo \(file.folder)/p; (cat \(file.path) >\(file.folder)/p &) ; exec <\(file.folder)/p")
    #expect(piped.output == "<stdin>: no faults in 20 records\n")
  }
}
