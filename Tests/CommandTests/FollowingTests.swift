import Foundation
import Scenarios
import TestSupport
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

    init(
      _ start: [UInt8], named name: String = "g.trace.jsonl", in file: TemporaryFile? = nil
    ) throws {
      self.file = try file ?? TemporaryFile(named: name)
      handle = try FileHandle(forWritingTo: URL(fileURLWithPath: self.file.path))
      try handle.write(contentsOf: start)
      let opened = try openSources([self.file.path], bounds: Bounds(), follows: true)
      trace = try #require(opened.source as? TraceFile)
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

  @Test func `what is followed is waited for until it is there and has its first line, plain or compressed`()
    throws
  {
    let file = try TemporaryFile(named: "a.trace.jsonl")
    func missing(_ bytes: [UInt8]?, _ name: String = "a.trace.jsonl") throws -> String? {
      let path = "\(file.folder)/\(name)"
      if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
      return AwaitedFiles([path]).missing()
    }
    #expect(try missing(nil, "none.gz")?.hasSuffix("none.gz, which is not there yet") == true)
    #expect(try missing([])?.hasPrefix("waiting for the first line of ") == true)
    #expect(try missing(Self.header.dropLast()) != nil)
    #expect(try missing(Self.header) == nil)
    // What is no trace is refused, not waited for.
    #expect(try missing(Array("title: poem".utf8)) == nil)
    var all = Self.header
    let packed = Deflater().take(&all, isLast: true)
    for count in [0, 1, 2, 12] { #expect(try missing(Array(packed.prefix(count)), "a.gz") != nil) }
    #expect(try missing(packed, "a.gz") == nil)
    #expect(AwaitedFiles(["shop", "-", file.folder, ""]).missing() == nil)
  }

  @Test func `run waits for a trace that comes, and says so`() throws {
    let file = try TemporaryFile(named: "a.trace.jsonl")
    try FileManager.default.removeItem(atPath: file.path)
    let text = String(decoding: Self.header + Self.clock(1) + Self.closed, as: UTF8.self)
    // The shell writes once it has read what is said of the file.
    let script = """
      "$0" run --follow "$1" 2>&1 | while read -r line; do
        echo "$line"
        case $line in *"not there yet") printf %s "$2" > "$1" ;; esac
      done
      """
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", script, BuiltProgram.path, file.path, text]
    let output = Pipe()
    shell.standardOutput = output
    try shell.run()
    let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(
      separator: "\n")
    shell.waitUntilExit()
    #expect(lines.first == "trapline: waiting for \(file.path), which is not there yet")
    #expect(lines.contains("p") && lines.last?.hasPrefix("1") == true)
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

  @Test(arguments: ["a.trace.jsonl", "a.trace.jsonl.gz"])
  func `a writer that is killed is missed once nothing more comes, and what it left is read`(name: String)
    throws
  {
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/cat")
    writer.standardInput = Pipe()
    let file = try TemporaryFile(named: name)
    writer.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: file.path))
    try writer.run()
    let header = Array("{\"trapline\":1,\"program\":\"p\",\"pid\":\(writer.processIdentifier)}\n".utf8)
    func written(_ lines: [UInt8]) -> [UInt8] {
      var lines = lines
      return name.hasSuffix(".gz") ? Deflater().take(&lines, isLast: true) : lines
    }
    let growing = try Growing(written(header + Self.clock(1)), in: file)
    growing.trace.extend()
    #expect(growing.trace.count == 1 && !growing.trace.isAtEnd)
    kill(writer.processIdentifier, SIGKILL)
    writer.waitUntilExit()
    growing.trace.extend()
    #expect(!growing.trace.isAtEnd)
    // Somebody may still write for it.
    try growing.write(written(Self.clock(2)))
    while !growing.trace.isAtEnd {
      growing.trace.extend()
      growing.trace.wait(atMost: patience_ms)
    }
    #expect(growing.trace.count == 2)
    let fault = "the trace was not closed: its program, process \(writer.processIdentifier), was stopped"
    #expect(growing.trace.fault == fault)
  }

  @Test func `a writer that ended before anybody looked is missed, unless somebody here writes for it`()
    throws
  {
    let gone = Process()
    gone.executableURL = URL(fileURLWithPath: "/bin/true")
    try gone.run()
    gone.waitUntilExit()
    let header = Array("{\"trapline\":1,\"program\":\"p\",\"pid\":\(gone.processIdentifier)}\n".utf8)
    let growing = try Growing(header + Self.clock(1), named: "a.trace.jsonl")
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/cat")
    writer.standardInput = Pipe()
    writer.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: growing.file.path))
    try writer.run()
    let file = try #require(OpenFile(growing.file.path, O_RDONLY))
    #expect(isWritten(file.descriptor) && RunningProcess(writer.processIdentifier) != nil)
    for _ in 0..<3 { growing.trace.extend() }
    #expect(!growing.trace.isAtEnd)
    kill(writer.processIdentifier, SIGKILL)
    writer.waitUntilExit()
    #expect(!isWritten(file.descriptor) && RunningProcess(writer.processIdentifier) == nil)
    while !growing.trace.isAtEnd {
      growing.trace.extend()
      growing.trace.wait(atMost: patience_ms)
    }
    let fault = "nobody who can be seen here writes it: its program was process \(gone.processIdentifier)"
    #expect(growing.trace.fault == "the trace was not closed, and \(fault)")
  }

  /// A followed file of a process of that number, and what was written so far.
  private func followed(
    _ file: TemporaryFile, pid: Int32, started: String?, seenIn processes: String = procFolder
  ) throws -> (FollowedFile, OpenFile) {
    let open = try #require(OpenFile(file.path, O_RDONLY))
    let followed = FollowedFile(open.descriptor, path: file.path, grace: .zero, processes: processes)
    var header = TraceHeader(program: "p")
    (header.pid, header.started) = (Int(pid), started)
    followed.note(header)
    return (followed, open)
  }

  @Test func `what is no trace is refused as what it is, not waited for`() throws {
    let program = try TemporaryFile("print(1)\n", named: "app.py")
    let other = try TemporaryFile("{\"trapline\":1,\"program\":\"p\"}\n", named: "a.trace.jsonl")
    for words in [["run", "--follow", program.path], ["why", other.path, program.path]] {
      let run = try Program.run(words)
      #expect(run.status == 65 && run.errors.contains("app.py is a Python program: it can be recorded"))
    }
  }

  @Test func `a process that was started after the recording is not the one that writes it`() throws {
    let file = try TemporaryFile("{}\n", named: "a.trace.jsonl")
    let older = try followed(file, pid: getpid(), started: "2999-01-01T00:00:00Z")
    #expect(older.0.change(since: 3) == nil)
    #expect(
      older.0.change(since: 3)?.contains("nobody who can be seen here") == true,
      "nor is one that has not the file")
    let writing = try FileHandle(forWritingTo: URL(fileURLWithPath: file.path))
    defer { try? writing.close() }
    for (start, isMissed) in [("2020-01-01T00:00:00Z", true), ("2999-01-01T00:00:00Z", false), (nil, false)] {
      let (followed, open) = try followed(file, pid: getpid(), started: start)
      #expect(followed.change(since: 3) == nil)
      #expect(
        (followed.change(since: 3) != nil) == isMissed, "started \(start ?? "at a time that is not told")")
      withExtendedLifetime(open) {}
    }
  }

  @Test func `a process whose files one may not see is believed to write, whoever owns the file`() throws {
    let file = try TemporaryFile("{}\n", named: "a.trace.jsonl")
    // As of a program that gave up root, to one who is not root: nothing is told of what it has open.
    try FileManager.default.createDirectory(
      atPath: "\(file.folder)/\(getpid())", withIntermediateDirectories: false)
    if getuid() == 0 { #expect(chown(file.path, 1001, 1001) == 0) }
    let (followed, open) = try followed(
      file, pid: getpid(), started: "2999-01-01T00:00:00Z", seenIn: file.folder)
    for _ in 0..<3 { #expect(followed.change(since: 3) == nil) }
    withExtendedLifetime(open) {}
  }

  @Test func `what grows though nobody here writes is written elsewhere, and followed on`() throws {
    let gone = Process()
    gone.executableURL = URL(fileURLWithPath: "/bin/true")
    try gone.run()
    gone.waitUntilExit()
    let file = try TemporaryFile("{}\n", named: "a.trace.jsonl")
    let (quiet, open) = try followed(file, pid: gone.processIdentifier, started: nil)
    let (followed, other) = try followed(file, pid: gone.processIdentifier, started: nil)
    for file in [quiet, followed] { #expect(file.change(since: 3) == nil) }
    #expect(quiet.change(since: 3)?.contains("nobody who can be seen here") == true)
    // Between two looks, as from another machine.
    try Data("{}\n{}\n".utf8).write(to: URL(fileURLWithPath: file.path))
    for _ in 0..<3 { #expect(followed.change(since: 6) == nil) }
    withExtendedLifetime((open, other)) {}
  }

  @Test func `of a file system that machines share nobody can tell who writes there`() throws {
    let file = try TemporaryFile("{}\n", named: "a.trace.jsonl")
    let open = try #require(OpenFile(file.path, O_RDONLY))
    #expect(!isShared(open.descriptor))
    let mounts = """
      25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      36 25 0:32 / /home rw,relatime shared:2 master:1 - nfs4 server:/home rw
      """
    #expect(isShared(device: "0:32", in: mounts))
    #expect(!isShared(device: "8:1", in: mounts) && !isShared(device: "0:3", in: mounts))
  }

  @Test func `run prints a trace to its close, and refuses to follow a scenario`() throws {
    let file = try TemporaryFile(
      String(decoding: Self.header + Self.clock(1) + Self.closed, as: UTF8.self), named: "a.trace.jsonl")
    #expect(try Program.run("run", "--follow", file.path).lines.count == 4)
    let refused = try Program.run("run", "--follow", "06")
    #expect(refused.status == 65 && refused.errors.contains("only a trace can be followed"))
  }
}
