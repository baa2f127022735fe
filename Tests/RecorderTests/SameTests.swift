import Foundation
import TestSupport
import Testing
import Traces

/// A program prints the same, recorded or not.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct SameTests {
  @Test(arguments: ["rough.py", "tracebacks.py", "closing.py"], [[], ["--filter", "nothing.of.it"]])
  func `objects that answer with harm, tracebacks and files are to a program what they always were`(
    program: String, options: [String]
  ) throws {
    let (alone, recorded) = (try plain(program), try Recorded(program, options: options))
    #expect(!alone.output.isEmpty)
    #expect(recorded.output == alone.output)
    #expect(recorded.status == alone.status)
  }

  @Test(arguments: ["22.4.0", "24.3.0"])
  func `so they are under older versions of Twisted`(version: String) throws {
    guard let older = RealTwisted.other(version) else { return }
    for program in ["rough.py", "tracebacks.py"] {
      #expect(try Recorded(program, twisted: older).output == plain(program, older).output, "\(program)")
    }
  }

  @Test func `what harms is told as far as it can be`() throws {
    let run = try Recorded("rough.py")
    #expect(run.traces.first?.faults.isEmpty == true && run.traces.first?.isClosed == true)
    #expect(run.world.failures.contains { $0.type == "SloppyError" })
  }

  @Test func `each thread is nested by itself, whatever others do meanwhile`() throws {
    let run = try Recorded("many_threads.py")
    let made = run.text.split(separator: "\n").filter { $0.contains(#""e":"made""#) }
    #expect(made.count == 4 * 500 * 2)
    #expect(made.filter { $0.contains(#""depth""#) }.isEmpty)
  }

  @Test func `a part of a program is one file, and what cannot be asked for is refused`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let recorder = Recorded.programs.appending(path: "../../../Sources/TwistedRecorder").standardized.path
    let ended = try run(
      try RealTwisted.found.get().python,
      [Recorded.programs.appending(path: "by_hand.py").path, recorder], in: folder)
    let lines = ended.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "\(folder.path)/two.jsonl" && lines.dropFirst().first == "None", "\(ended.errors)")
    // The file that is there stays, and who asks is told of the other one.
    #expect(
      lines.dropFirst(2).first?.hasPrefix("\(folder.path)/two.") == true
        && lines.dropFirst(2).first != lines.first)
    #expect(lines.dropFirst(3).first?.contains("'one.jsonl', 'two.") == true)
    #expect(
      lines.dropFirst(4) == [
        "FileNotFoundError", "IsADirectoryError", "ValueError", "ValueError", "ValueError", "ValueError",
        "3 None",
      ])
    let last = try String(contentsOf: folder.appending(path: "one.jsonl"), encoding: .utf8)
    #expect(last.hasSuffix("{\"e\":\"closed\",\"why\":\"stopped\"}\n"))
  }

  @Test func `a Failure of before the start was born where it was raised, or nobody knows where`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let recorder = Recorded.programs.appending(path: "../../../Sources/TwistedRecorder").standardized.path
    let ended = try run(
      try RealTwisted.found.get().python,
      [Recorded.programs.appending(path: "late_start.py").path, recorder], in: folder)
    let trace = try TraceFile(
      [UInt8](Data(contentsOf: folder.appending(path: "late.jsonl"))), name: "late")
    while !trace.isAtEnd { trace.extend() }
    let failures = World(after: trace.allRecords).failures
    #expect(failures.map(\.type) == ["KeyError", "ZeroDivisionError", "OSError"], "\(ended.errors)")
    #expect(failures.map { $0.bornPlace?.line } == [nil, 11, 15])
  }

  /// The same program, run without `trapline`.
  private func plain(_ program: String, _ twisted: RealTwisted? = nil) throws -> (
    output: String, errors: String, status: Int32
  ) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let python = try (twisted ?? RealTwisted.found.get()).python
    return try run(python, [Recorded.programs.appending(path: program).path], in: folder)
  }
}
