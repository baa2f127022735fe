import TestSupport
import Testing
import Traces

/// What is asked of `trapline record`, and what it says of itself.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct OptionTests {
  @Test(arguments: [["--max-size", "400k"], ["--keep-last", "400k"]])
  func `what a size leaves out is counted, in the file and at the end`(_ size: [String]) throws {
    let run = try Recorded("many.py", options: size)
    let dropped = run.events.compactMap { event -> Int? in
      if case .dropped(let count) = event { count } else { nil }
    }
    #expect(dropped.count == 1)
    #expect(dropped.reduce(run.events.count - 1, +) == 30_000)
    // Of what is kept one half is whole, up to where the next piece would have been too much.
    #expect(run.text.utf8.count <= 400_000 && run.text.utf8.count > 170_000)
    #expect(run.errors.contains("\(dropped.first ?? 0) events were dropped"), "\(run.errors)")
    #expect(run.traces.count == 1 && run.traces.first?.isClosed == true)
    #expect(run.traces.first?.faults.isEmpty == true)
  }

  @Test func `what is left of a long run has its Deferreds`() throws {
    let run = try Recorded("many.py", "40000", options: ["--keep-last", "400k"])
    let trace = try #require(run.traces.first)
    let made = run.events.count { if case .made = $0 { true } else { false } }
    #expect(made > 150 && trace.faults.isEmpty)
    // Two of which the beginning is lost may be there, too: one, and the one before it, which goes when it is there.
    #expect((made...made + 2).contains(run.world.deferreds.count))
    #expect(run.world.deferreds.count { $0.result != nil } >= made - 1)
    let times = trace.allRecords.map(\.time)
    #expect(times == times.sorted())
  }

  @Test(arguments: [["3000", "3M"], ["40000", "400K"]])
  func `what is kept of a run that is killed is one file, with all that is in both halves`(
    _ sizes: [String]
  ) throws {
    let run = try Recorded("many.py", sizes[0], "killed", options: ["--keep-last", sizes[1]])
    #expect(run.status == 9 && run.traces.count == 1 && run.traces[0].faults.isEmpty)
    #expect(run.text.split(separator: "\n").count { $0.hasPrefix(#"{"trapline""#) } == 1)
    let dropped = run.events.compactMap { if case .dropped(let count) = $0 { count } else { nil } }
    #expect(dropped.count == (sizes[0] == "3000" ? 0 : 1))
    // The last of them waited when the kill came.
    let made = run.events.compactMap { if case .made(let id, _, _, _) = $0 { id } else { nil } }
    #expect(made.count > 150 && zip(made, made.dropFirst()).allSatisfy { $1 == $0 + 1 })
    let all = run.events.count - dropped.count + dropped.reduce(0, +)
    #expect(all <= Int(sizes[0])! * 10 && all > Int(sizes[0])! * 10 - 20_000)
    let times = run.traces[0].allRecords.map(\.time)
    #expect(times == times.sorted())
    let told = run.errors.split(separator: "\n")
    #expect(
      told.count == 2 && told[0].contains(" in a.trace.jsonl ") && told[1].hasPrefix("hint: "), "\(told)")
  }

  @Test func `two halves that are all there is are one file with one beginning`() throws {
    let run = try Recorded("many.py", "3000", options: ["--keep-last", "3M"])
    #expect(run.traces.count == 1 && run.traces[0].faults.isEmpty && run.traces[0].isClosed)
    #expect(run.text.split(separator: "\n").count { $0.hasPrefix(#"{"trapline""#) } == 1)
    #expect(run.events.count == 30_000)
    #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
  }

  @Test func `callers are told where that is asked for`() throws {
    let run = try Recorded("many.py", options: ["--stacks"])
    #expect(run.text.contains(#"many.py:14 make"#))
    #expect(
      run.text.split(separator: "\n").contains { $0.contains(#""e":"made""#) && $0.contains(#""stack":["#) })
  }

  @Test func `decorated handlers have their own names, and a line of the log is noted once`() throws {
    let run = try Recorded("naming.py")
    let names = run.events.compactMap { event -> String? in
      if case .stageAdded(0, _, _, let callback, _) = event { callback } else { nil }
    }
    #expect(names == ["first", "second", "fails"])
    let notes = run.events.compactMap { event -> String? in
      if case .note(_, _, let text, _) = event { text } else { nil }
    }
    #expect(notes == ["no page", "one line of the log"])
    #expect(run.traces.count == 2, "a child whose environment was made anew is recorded too")
  }

  @Test func `a Python that is started while the file is put aside does not take its name`() throws {
    let run = try Recorded("turning.py", options: ["--keep-last", "50k"])
    #expect(
      run.output == "True\n" && run.traces.count == 2 && run.traces.allSatisfy(\.isClosed), "\(run.errors)")
    #expect(run.text.contains("\"v\":\"2999\"") && !run.text.contains("in the child"))
  }
}
