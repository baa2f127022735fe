import Foundation
import TestSupport
import Testing
import Traces

/// The recorder, started by hand for a part of a program.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct ByHandTests {
  /// What a program that finds the recorder by its first argument wrote, and the files that it left, by name.
  private struct Ended {
    var lines: [String]
    var errors: String
    /// Where it ran.
    var folder: String
    var files: [String: String]

    init(_ program: String, _ arguments: String...) throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let recorder = Recorded.programs.appending(path: "../../../Sources/TwistedRecorder").standardized.path
      let words = [Recorded.programs.appending(path: program).path, recorder] + arguments
      let ended = try run(try RealTwisted.found.get().python, words, in: folder)
      lines = ended.output.split(separator: "\n").map(String.init)
      (errors, self.folder) = (ended.errors, folder.path)
      files = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        files[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      }
    }

    func trace(_ name: String) throws -> TraceFile {
      let trace = try TraceFile(Array(try #require(files[name], "\(errors)").utf8), name: name)
      while !trace.isAtEnd { trace.extend() }
      return trace
    }
  }

  @Test func `a part of a program is one file, and what cannot be asked for is refused`() throws {
    let ended = try Ended("by_hand.py")
    let (lines, two) = (ended.lines, "\(ended.folder)/two.")
    #expect(lines.prefix(2) == ["\(two)jsonl", "None"], "\(ended.errors)")
    // The file that is there stays, and who asks is told of the other one.
    #expect(lines.dropFirst(2).first?.hasPrefix(two) == true && lines.dropFirst(2).first != lines.first)
    #expect(lines.dropFirst(3).first?.contains("'one.jsonl', 'two.") == true)
    #expect(
      lines.dropFirst(4) == [
        "FileNotFoundError", "IsADirectoryError", "ValueError", "ValueError", "ValueError", "ValueError",
        "3 None",
      ])
    #expect(ended.files["one.jsonl"]?.hasSuffix("{\"e\":\"closed\",\"why\":\"stopped\"}\n") == true)
  }

  @Test func `a Failure of before the start was born where it was raised, or nobody knows where`() throws {
    let ended = try Ended("late_start.py")
    let failures = World(after: try ended.trace("late.jsonl").allRecords).failures
    #expect(failures.map(\.type) == ["KeyError", "ZeroDivisionError", "OSError"], "\(ended.errors)")
    #expect(failures.map { $0.bornPlace?.line } == [nil, 11, 15])
  }

  @Test(arguments: ["wrapped", "closure", "keyword", "stale"])
  func `what the program put in the place of Twisted's is run as it is, told of, and stays`(way: String)
    throws
  {
    let ended = try Ended("replaced.py", way)
    #expect(ended.lines == ["called", "False", "True"], "\(ended.errors)")
    let kinds = try ended.trace("a.trace.jsonl").allRecords.map(\.event)
    #expect(kinds.contains { if case .timerEnded = $0 { true } else { false } })
  }

  @Test func `what the program put before the recorder's stays at the stop, and is not recorded by two`()
    throws
  {
    let ended = try Ended("replaced.py", "after")
    #expect(
      ended.lines == [
        "2 True", "True", "the program replaced functions of Deferred, and these still call the recorder",
      ], "\(ended.errors)")
    #expect(try ended.trace("a.trace.jsonl").isClosed && ended.files["b.trace.jsonl"] == nil)
  }

  @Test(arguments: [("put back", "True"), ("interrupted", "interrupted")])
  func `what the program has put back does not hinder it, and no ^C is lost`(way: String, line: String) throws
  {
    let ended = try Ended("by_hand_again.py", way)
    #expect(ended.lines == [line], "\(ended.errors)")
    #expect(try ended.trace("b.trace.jsonl").isClosed)
  }

  @Test func `a method of Deferred's that the program wrapped is not passed over`() throws {
    let ended = try Ended("replaced.py", "method")
    let words = "the program replaced Deferred.cancel, which the recorder would pass over"
    #expect(ended.lines == [words, "True"], "\(ended.errors)")
  }

  @Test func `what the program does when a Deferred goes is done while that is recorded`() throws {
    let ended = try Ended("replaced.py", "gone")
    #expect(ended.lines == ["gone", "True"], "\(ended.errors)")
    let kinds = try ended.trace("a.trace.jsonl").allRecords.map(\.event)
    #expect(kinds.contains { if case .collected = $0 { true } else { false } })
  }

  @Test func `a stop while another thread writes leaves a whole file`() throws {
    let ended = try Ended("by_hand_again.py", "beside a write")
    #expect(ended.lines == ["True True"], "\(ended.errors)")
    #expect(try ended.trace("b.trace.jsonl").isClosed && ended.trace("b.trace.jsonl").faults.isEmpty)
  }

  @Test func `nothing is lost, torn or there twice where ^C comes in the middle of a write`() throws {
    let ended = try Ended("by_hand_again.py", "interrupted write")
    #expect(ended.lines.dropLast() == ["interrupted", "interrupted"], "\(ended.errors)")
    let trace = try ended.trace("b.trace.jsonl")
    #expect(trace.isClosed && trace.faults.isEmpty)
    let made = trace.allRecords.filter { if case .made = $0.event { true } else { false } }
    #expect(made.count > 200 && made.count == ended.lines.last.flatMap { Int($0) })
  }

  @Test func `nor where it comes while the file is held for that, or given back`() throws {
    let ended = try Ended("by_hand_again.py", "interrupted hold")
    #expect(ended.lines.dropLast() == ["interrupted", "interrupted"], "\(ended.errors)")
    let trace = try ended.trace("b.trace.jsonl")
    #expect(trace.isClosed && trace.faults.isEmpty)
    let made = trace.allRecords.filter { if case .made = $0.event { true } else { false } }
    #expect(made.count > 200 && made.count == ended.lines.last.flatMap { Int($0) })
  }

  @Test(arguments: ["b.trace.jsonl", "b.trace.jsonl.gz"])
  func `nor where it comes while a file is made, or put aside for the next`(name: String) throws {
    let ended = try Ended("by_hand_again.py", "interrupted turn", name)
    #expect(ended.lines.dropLast().count { $0 == "interrupted" } == 12, "\(ended.errors)")
    #expect(ended.files.keys.filter { $0.contains("trace") } == ["b.trace.jsonl"])
    let trace = try ended.trace("b.trace.jsonl")
    #expect(trace.isClosed && trace.faults.isEmpty)
    let lost = trace.allRecords.reduce(0) {
      if case .dropped(let count) = $1.event { $0 + count } else { $0 }
    }
    let kept = trace.allRecords.count { if case .dropped = $0.event { false } else { true } }
    #expect(lost > 0 && lost + kept == ended.lines.last.flatMap { Int($0) })
  }

  @Test func `who is forked while the file is put aside does not take its name`() throws {
    let ended = try Ended("by_hand_again.py", "forked turn")
    #expect(ended.lines == ["2 True False", "True False"], "\(ended.errors)")
    #expect(try ended.trace("b.trace.jsonl").isClosed)
  }

  @Test func `it is stopped whole in any thread, and signals do what they did`() throws {
    let ended = try Ended("by_hand_again.py", "in a thread")
    #expect(ended.lines == ["a.trace.jsonl", "True", "True", "b.trace.jsonl", "True"], "\(ended.errors)")
    for name in ["a.trace.jsonl", "b.trace.jsonl"] { #expect(try ended.trace(name).isClosed) }
  }

  @Test func `what the program put before ours in logging is no hindrance, and told once`() throws {
    let ended = try Ended("by_hand_again.py", "put before")
    #expect(ended.lines == ["1"], "\(ended.errors)")
  }

  @Test func `a signal in the last write before an exec leaves that as it is, and the file whole`() throws {
    let ended = try Ended("by_hand_again.py", "becoming")
    #expect(ended.lines == ["FileNotFoundError", "True"], "\(ended.errors)")
    #expect(try ended.trace("b.trace.jsonl").isClosed && ended.trace("b.trace.jsonl").faults.isEmpty)
  }

  @Test func `each recording is there that is begun and stopped beside a busy thread`() throws {
    let ended = try Ended("by_hand_again.py", "beside another")
    #expect(ended.lines == ["b.trace.jsonl"], "\(ended.errors)")
  }

  @Test func `a chain that runs when another recording begins is told of from its next run on`() throws {
    let ended = try Ended("by_hand_again.py", "in a handler")
    #expect(ended.lines == ["1"], "\(ended.errors)")
    let trace = try ended.trace("b.trace.jsonl")
    #expect(trace.isClosed && trace.faults.isEmpty)
    let told = trace.allRecords.compactMap { record in
      switch record.event {
      case .entered(let id, _, _, _), .left(let id, _, _, _), .settled(let id, _): id
      default: nil
      }
    }
    // The one that its handler made never fires.
    #expect(!told.isEmpty && !told.contains(0))
  }

  @Test func `what fails or is logged as another recording begins is told of nothing that is in that`() throws
  {
    let ended = try Ended("by_hand_again.py", "in a failing handler")
    #expect(ended.lines == ["False False", "False False"], "\(ended.errors)")
  }

  @Test func `who stops it while Python goes down is told which file was made`() throws {
    let ended = try Ended("replaced.py", "at exit")
    #expect(ended.lines == ["\(ended.folder)/a.trace.jsonl"], "\(ended.errors)")
    #expect(try ended.trace("a.trace.jsonl").isClosed)
  }
}
