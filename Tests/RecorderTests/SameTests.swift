import Foundation
import TestSupport
import Testing
import Traces

/// A program prints the same, recorded or not.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct SameTests {
  @Test(
    arguments: ["rough.py", "tracebacks.py", "closing.py", "unusual.py"],
    [[], ["--filter", "nothing.of.it"]])
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
    for program in ["rough.py", "tracebacks.py", "unusual.py"] {
      #expect(try Recorded(program, twisted: older).output == plain(program, older).output, "\(program)")
    }
  }

  @Test func `who stands in the place of what ends a process, and without arguments, is recorded whole`()
    throws
  {
    let run = try Recorded("unusual.py")
    #expect(run.traces.count == 1 && run.traces.first?.isClosed == true, "\(run.errors)")
    #expect(run.events.count { if case .fired = $0 { true } else { false } } >= 600)
    #expect(!run.errors.contains("not recorded"), "\(run.errors)")
  }

  @Test func `what happens while another thread is in a text that was asked for is recorded`() throws {
    let run = try Recorded("meanwhile.py")
    let values = run.events.compactMap { if case .fired(_, .value(let text)) = $0 { text.text } else { nil } }
    #expect(values == ["'meanwhile'"], "\(run.errors)")
    let notes = run.events.compactMap { if case .note(_, _, let text, _) = $0 { text } else { nil } }
    #expect(Set(notes) == ["said meanwhile", "slow", "said while one is collected"])
    #expect(run.traces.count == 2, "\(run.errors)")
    let ofChild = run.traces.last?.allRecords.map(\.event) ?? []
    #expect(ofChild.contains { if case .note(_, _, "said in the child", _) = $0 { true } else { false } })
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
