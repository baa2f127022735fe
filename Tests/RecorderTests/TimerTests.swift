import Foundation
import TestSupport
import Testing
import Traces

/// Delayed calls and loops are told of without a frame of the recorder's between Twisted and the program.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct TimerTests {
  @Test(arguments: [[], ["--filter", "nobody"]])
  func `warnings, tracebacks and stacks of delayed calls and loops are as without the recorder`(
    _ options: [String]
  ) throws {
    let recorded = try Recorded("warned.py", options: options)
    try #expect(recorded.output == plain("warned.py"))
    #expect(recorded.output.contains("a call at 2 ") && !recorded.output.contains("trapline"))
    #expect(recorded.events.contains(.timerEnded(0, raised: nil)) || !options.isEmpty)
  }

  @Test(arguments: ["22.4.0", "24.3.0"])
  func `so they are under older versions of Twisted`(version: String) throws {
    guard let older = RealTwisted.other(version) else { return }
    try #expect(Recorded("warned.py", twisted: older).output == plain("warned.py", older))
  }

  @Test(arguments: RealTwisted.ofOtherPythons)
  func `and on other Pythons`(_ other: RealTwisted) throws {
    try #expect(Recorded("warned.py", twisted: other).output == plain("warned.py", other))
  }

  @Test(arguments: [nil, "22.4.0", "24.3.0"] as [String?])
  func `what a delayed call or a canceller throws is one Failure, whoever catches or logs it`(
    version: String?
  ) throws {
    let older = version.flatMap { RealTwisted.other($0) }
    guard version == nil || older != nil else { return }
    let run = try Recorded("throwing.py", twisted: older)
    let born = run.events.compactMap {
      if case .failureBorn(let id, let type, _, _, _) = $0 { (id, type) } else { nil }
    }
    let later = ["KeyError", "KeyError", "KeyError", "IndexError"]
    #expect(born.map(\.1) == ["KeyError"] + Array(repeating: "ValueError", count: 600) + later)
    let thrown = run.events.compactMap { if case .timerEnded(_, let id?) = $0 { id } else { nil } }
    let logged = run.events.compactMap { if case .note("error", _, _, let id?) = $0 { id } else { nil } }
    #expect(thrown == Array(1...600) + [603] && logged == Array(1...600))
    #expect(run.events.contains { if case .left(0, _, _, .raised(0)) = $0 { true } else { false } })
  }

  @Test func `what a loop's function gives is called after that function, where it stands`() throws {
    let run = try Recorded("ticking.py")
    let ticks = try #require(run.traces.first).allRecords.filter { record in
      if case .made(_, "succeed", let name?, _) = record.event { name.hasPrefix("tick of ") } else { false }
    }
    #expect(!ticks.isEmpty && ticks.allSatisfy { $0.place?.file.hasSuffix("ticking.py") == true })
  }

  @Test(arguments: [[], ["--stacks"]], ["alone", "forked"])
  func `what a loop's function makes itself is called and placed as anywhere`(
    options: [String], way: String
  ) throws {
    let run = try Recorded("polling.py", way, options: options)
    #expect(run.output == "[]\n")
    let made = try #require(run.traces.first).allRecords.compactMap { record in
      if case .made(_, _, let name?, _) = record.event { (name, record.place?.line) } else { nil }
    }
    func lines(_ start: String) -> [Int?] { made.filter { $0.0.hasPrefix(start) }.map(\.1) }
    #expect(lines("succeed") == [22] && lines("deferLater") == [22] && lines("gatherResults") == [23])
    #expect(lines("tick of Batch").count == 1 && lines("tick of ").count == 1)
    let ticks = run.text.split(separator: "\n").filter { $0.contains("tick of Batch") && $0.contains("made") }
    #expect(ticks.count == 1 && ticks.allSatisfy { $0.contains("\"stack\"") != options.isEmpty })
  }

  @Test func `the timer of a loop is called after what that calls`() throws {
    let run = try Recorded("ticking.py")
    let names = Set(run.world.timers.compactMap(\.name).filter { $0.hasPrefix("LoopingCall") })
    #expect(!names.isEmpty && names.allSatisfy { $0.hasPrefix("LoopingCall of ") }, "\(names)")
  }

  @Test func `ticks that a loop left out are counted, and its name is that of what it calls`() throws {
    let run = try Recorded("ticking.py")
    func skipped(_ actor: ActorID) -> [Int] {
      run.events.compactMap { if case .loopTicked(actor, _, let skipped) = $0 { skipped } else { nil } }
    }
    #expect(run.output == "1\n1\n3\n1\n1\n1\n")
    #expect(skipped(0) == [0, 0, 2, 0, 0, 0] && skipped(1) == [0, 0, 2, 0, 0, 0])
    let names = run.events.compactMap { event in
      if case .loopStarted(_, let name, _, _, _) = event { name } else { nil }
    }
    #expect(names == ["<lambda>", "counted"])
  }

  private func plain(_ program: String, _ twisted: RealTwisted? = nil) throws -> String {
    let python = try (twisted ?? RealTwisted.found.get()).python
    let plain = try run(python, [Recorded.programs.appending(path: program).path], in: Recorded.programs)
    #expect(plain.status == 0, "\(plain.errors)")
    return plain.output
  }
}
