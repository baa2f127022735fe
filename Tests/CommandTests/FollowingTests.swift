import Foundation
import Scenarios
import Testing
import Traces

@testable import trapline

/// Traces that are read while somebody writes them.
@Suite struct FollowingTests {
  /// A trace that grows.
  private final class Growing {
    let file: TemporaryFile
    private let handle: FileHandle
    let trace: TraceFile

    init(_ start: [UInt8], named name: String = "g.trace.jsonl") throws {
      file = try TemporaryFile(named: name)
      handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file.path))
      try handle.write(contentsOf: start)
      trace = try #require(try source(of: [file.path], bounds: Bounds(), follows: true) as? TraceFile)
    }

    func write(_ bytes: [UInt8]) throws {
      try handle.seekToEnd()
      try handle.write(contentsOf: bytes)
    }

    func truncate() throws { try handle.truncate(atOffset: 10) }
  }

  private static let header = Array("{\"trapline\":1,\"program\":\"p\"}\n".utf8)
  private static let closed = Array("{\"e\":\"closed\"}\n".utf8)
  private static func clock(_ time: Int) -> [UInt8] { Array("{\"t\":\(time),\"e\":\"clock\"}\n".utf8) }

  @Test func `what is written is read, a line when it has its end, until the recorder closes it`() throws {
    let growing = try Growing(Self.header + Self.clock(1) + Self.clock(2).prefix(9))
    #expect(growing.trace.count == 1 && !growing.trace.isAtEnd)
    growing.trace.extend()
    #expect(growing.trace.count == 1 && growing.trace.faults.isEmpty)
    try growing.write(Array(Self.clock(2).dropFirst(9)))
    growing.trace.extend()
    #expect(growing.trace.count == 2 && growing.trace.record(at: 2).time == 2)
    for time in 3..<5000 { try growing.write(Self.clock(time)) }
    growing.trace.extend()
    #expect(growing.trace.count == 4999 && growing.trace.record(at: 4000).time == 4000)
    try growing.write(Self.closed)
    growing.trace.extend()
    #expect(growing.trace.isAtEnd && growing.trace.fault == nil)
  }

  @Test func `it may be empty at first, and compressed`() throws {
    let empty = try Growing([])
    #expect(empty.trace.count == 0 && !empty.trace.isAtEnd)
    try empty.write(Self.header + Self.clock(1) + Self.closed)
    empty.trace.extend()
    #expect(empty.trace.count == 1 && empty.trace.isAtEnd && empty.trace.title == "p")
    var all = Self.header + (0..<9000).flatMap { Self.clock($0 * 7919 % 10_007) } + Self.closed
    let packed = Deflater().take(&all, isLast: true)
    let growing = try Growing(Array(packed.prefix(9000)), named: "g.trace.jsonl.gz")
    growing.trace.extend()
    let known = growing.trace.count
    #expect(known > 0 && known < 9000 && !growing.trace.isAtEnd)
    try growing.write(Array(packed.dropFirst(9000)))
    growing.trace.extend()
    #expect(growing.trace.count == 9000 && growing.trace.isAtEnd && growing.trace.fault == nil)
  }

  @Test func `a file that was cut under us is told, and so is one that was replaced or removed`() throws {
    let cut = try Growing(Self.header + Self.clock(1))
    try cut.truncate()
    cut.trace.extend()
    #expect(cut.trace.isAtEnd && cut.trace.fault == FollowedFile.truncated)
    let replaced = try Growing(Self.header + Self.clock(1))
    try replaced.write(Self.clock(2))
    try FileManager.default.moveItem(atPath: replaced.file.path, toPath: replaced.file.path + ".1")
    try Data(Self.header).write(to: URL(fileURLWithPath: replaced.file.path))
    replaced.trace.extend()
    replaced.trace.extend()
    #expect(replaced.trace.isAtEnd && replaced.trace.count == 2)
    #expect(replaced.trace.fault?.hasPrefix("the file was replaced by another one") == true)
    let removed = try Growing(Self.header + Self.clock(1))
    try FileManager.default.removeItem(atPath: removed.file.path)
    removed.trace.extend()
    #expect(removed.trace.fault == "the file was removed while it was followed")
  }

  @Test func `run prints a trace to its close, and refuses to follow a scenario`() throws {
    let file = try TemporaryFile(
      String(decoding: Self.header + Self.clock(1) + Self.closed, as: UTF8.self), named: "a.trace.jsonl")
    #expect(try Program.run("run", "--follow", file.path).lines.count == 4)
    let refused = try Program.run("run", "--follow", "06")
    #expect(refused.status == 65 && refused.errors.contains("only a trace can be followed"))
  }

  @Test func `several traces are opened together, and scenarios are not`() throws {
    let texts = [4711, 4712].map {
      "{\"trapline\":1,\"program\":\"p\",\"pid\":\($0)}\n{\"t\":\($0),\"e\":\"clock\"}\n"
    }
    let files = try texts.map { try TemporaryFile($0, named: "a.trace.jsonl") }
    let run = try Program.run(["run"] + files.map(\.path))
    #expect(run.status == 0 && run.lines.first == "p and 1 more")
    #expect(run.output.contains("Process 4712 begins: p"))
    #expect(
      try Program.run(["run", files[0].path, "06"]).errors.contains("only traces can be opened together"))
    #expect(try Program.run(["stats"] + files.map(\.path)).status == 0)
  }
}
