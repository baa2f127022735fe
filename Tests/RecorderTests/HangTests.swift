import Foundation
import TestSupport
import Testing
import Traces

/// A program that hangs writes nothing any more; killed then, it leaves what it told up to the handler it hangs in.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct HangTests {
  /// - Returns: the traces that are there, by name, and the status of the recording.
  private func recorded(
    _ words: [String], in name: String, options: [String] = []
  ) throws -> (traces: [String: TraceFile], status: Int32) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = Recorded.programs.appending(path: "hanging.py").path
    let command = [try RealTwisted.found.get().python, program] + words
    let ended = try run(BuiltProgram.path, ["record", "-o", name] + options + ["--"] + command, in: folder)
    var traces: [String: TraceFile] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let packed = try Data(contentsOf: folder.appending(path: name))
      traces[name] = try TraceFile(unpacked(packed, in: folder), name: name)
    }
    for trace in traces.values { while !trace.isAtEnd { trace.extend() } }
    return (traces, ended.status)
  }

  /// As a stranger would read it: with gzip, which complains of a torn end and gives what is before.
  private func unpacked(_ data: Data, in folder: URL) throws -> [UInt8] {
    guard data.starts(with: [0x1F, 0x8B]) else { return [UInt8](data) }
    try data.write(to: folder.appending(path: "copy.gz"))
    return [UInt8](try run("/bin/sh", ["-c", "gzip -dc < copy.gz"], in: folder).output.utf8)
  }

  private func hangs(_ trace: TraceFile?, after count: Int) throws {
    let trace = try #require(trace)
    let running = Narrator().running(in: World(after: trace.allRecords))
    #expect(running.map(\.name) == ["stuck of hanging.py <module> 0"])
    let place = try #require(running.first?.place)
    #expect(place.file.hasSuffix("hanging.py"))
    #expect(trace.fault == "the trace was not closed: its program was stopped, or still runs")
    let stages = trace.allRecords.filter { if case .entered = $0.event { true } else { false } }
    #expect(stages.count == count + 1, "nothing is there twice")
  }

  @Test(arguments: ["c", "python"], ["a.trace.jsonl", "a.trace.jsonl.gz"])
  func `a handler that hangs is in the trace`(_ way: String, _ name: String) throws {
    let (traces, status) = try recorded([way, "700"], in: name)
    #expect(status == 9)
    try hangs(traces[name], after: 700)
  }

  @Test(arguments: [[], ["--keep-last", "64K"], ["--max-size", "230K"]])
  func `it is there while the program hangs, and when that goes on nothing is there twice`(
    _ options: [String]
  ) throws {
    let run = try Recorded("hanging.py", "patient", "150", options: options)
    #expect(run.status == 0 && run.output == "a value\n", "\(run.errors)")
    let lines = run.text.split(separator: "\n").filter { $0.hasPrefix(#"{"t""#) }
    #expect(Set(lines).count == lines.count && run.traces.allSatisfy { $0.faults.isEmpty && $0.isClosed })
    let dropped = run.events.reduce(0) { if case .dropped(let count) = $1 { $0 + count } else { $0 } }
    #expect(run.events.count + dropped - (dropped > 0 ? 1 : 0) == (5 * 151 + 150) * 3 + 7)
    #expect(options.isEmpty == (dropped == 0))
  }

  @Test(arguments: ["a.trace.jsonl", "a.trace.jsonl.gz"])
  func `what is written while the program hangs is not there twice`(_ name: String) throws {
    let (traces, status) = try recorded(["writing", "100"], in: name)
    #expect(status == 9)
    let trace = try #require(traces[name])
    let stages = trace.allRecords.filter { if case .entered = $0.event { true } else { false } }
    #expect(stages.count == 100)
  }

  @Test(arguments: ["a.trace.jsonl", "a.trace.jsonl.gz"])
  func `nothing comes after the end of a recording that the program stops`(_ name: String) throws {
    let (traces, status) = try recorded(["stopped", "100"], in: name)
    #expect(status == 0)
    let trace = try #require(traces[name])
    #expect(trace.isClosed && trace.faults.isEmpty)
    let stages = trace.allRecords.filter { if case .entered = $0.event { true } else { false } }
    #expect(stages.count == 1)
  }

  @Test func `a child that hangs leaves it too`() throws {
    let (traces, status) = try recorded(["child", "20"], in: "a.trace.jsonl")
    #expect(status == 0 && traces.count == 2)
    let child = traces.filter { $0.key != "a.trace.jsonl" }.values.first
    try hangs(child, after: 20)
    #expect(traces["a.trace.jsonl"]?.isClosed == true)
  }

  @Test(arguments: ["a.trace.jsonl", "a.trace.jsonl.gz"])
  func `of a long run whose last is kept, the handler that hangs is the last`(_ name: String) throws {
    let (traces, _) = try recorded(["c", "5000"], in: name, options: ["--keep-last", "60K"])
    guard case .entered(_, stage: 5000, _, _) = try #require(traces[name]?.allRecords.last).event else {
      Issue.record("\(String(describing: traces[name]?.allRecords.last))")
      return
    }
  }

  @Test func `a file never exceeds its largest size`() throws {
    let (traces, _) = try recorded(["c", "700"], in: "a.trace.jsonl", options: ["--max-size", "40K"])
    let trace = try #require(traces["a.trace.jsonl"])
    #expect(trace.allRecords.count > 100)
    #expect(Narrator().running(in: World(after: trace.allRecords)).allSatisfy { !$0.name.contains("stuck") })
  }
}
