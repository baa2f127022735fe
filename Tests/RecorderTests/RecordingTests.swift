import TestSupport
import Testing
import Traces

@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct RecordingTests {
  @Test func `a Failure is followed from the line that raised it to the trap that took it`() throws {
    let run = try Recorded("trapped.py")
    #expect(run.world.failures.map(\.type) == ["GibberishError"])
    let failure = try #require(run.world.failures.at(0))
    #expect(failure.message == "bad line 3")
    #expect(failure.parents == ["ValueError", "Exception"])
    #expect(failure.bornPlace?.line == 11)
    #expect(failure.bornIn == StageRef(deferred: 0, stage: 0, side: .callback))
    let trapped = StageRef(deferred: 0, stage: 2, side: .errback)
    #expect(failure.fate == .trapped(trapped, by: "GibberishError"))
    #expect(run.world.deferreds.at(0)?.result == .value(ValueText("'a limerick'")))
    #expect(run.world.deferreds.at(0)?.madePlace?.line == 23)
  }

  @Test func `a timer of a Clock is set, begins and ends around what it fires`() throws {
    let run = try Recorded("trapped.py")
    let began = try #require(run.events.firstIndex(of: .timerBegan(0)))
    let fired = try #require(
      run.events.firstIndex(of: .fired(0, .value(ValueText("'roses are red'")))))
    let ended = try #require(run.events.firstIndex(of: .timerEnded(0, raised: nil)))
    #expect(began < fired && fired < ended)
  }

  @Test func `what nobody handled and what was logged are told apart`() throws {
    let run = try Recorded("unhandled.py")
    let fates = Dictionary(
      uniqueKeysWithValues: run.world.failures.map { ($0.type, $0.fate) })
    #expect(fates == ["ConnectionLost": .unhandled(0), "OSError": .logged])
    let asked = run.events.contains {
      if case .trapAsked(_, let types, nil) = $0 { types.count == 2 && Set(types).count == 2 } else { false }
    }
    #expect(asked, "two types of one name are asked for by names that differ")
    let noted = run.events.contains {
      if case .note(kind: "error", _, _, let failure?) = $0 {
        run.world.failures.at(failure)?.type == "OSError"
      } else {
        false
      }
    }
    #expect(noted)
  }

  @Test(arguments: [
    ("repr", ["went wrong in secret", "why not", "ZeroDivisionError"]),
    ("none", ["ZeroDivisionError", "ZeroDivisionError", "ZeroDivisionError"]),
  ])
  func `what a program says of a Failure that it logs is told`(values: String, texts: [String]) throws {
    let run = try Recorded("saying.py", options: ["--values", values])
    let told = run.events.compactMap { event -> String? in
      if case .note(kind: "error", _, let text, _?) = event { text } else { nil }
    }
    #expect(told == texts)
  }

  @Test func `who fires a Deferred where nothing else runs that is told of is told by the line`() throws {
    let run = try Recorded("sharing.py")
    let trace = try #require(run.traces.first)
    // What `succeed` makes is fired where it is made.
    let fired = trace.allRecords.filter { record in
      if case .fired(let id, _) = record.event { run.world.deferreds[id].origin != "succeed" } else { false }
    }
    #expect(fired.contains { $0.depth == 0 } && fired.contains { $0.depth > 0 })
    for record in fired {
      #expect((record.place?.file.hasSuffix("sharing.py") == true) == (record.depth == 0), "\(record)")
    }
  }

  @Test func `what a program logs is told as its own filters leave it, once, and calls nothing more`() throws
  {
    let run = try Recorded("filtering_logs.py")
    let begun = ["before it begins", "the log began", "of its own history"]
    let heard = begun + ["value 1", "value 2", "count() of all", "failed 3"]
    #expect(run.output.contains("['\(heard.joined(separator: "', '"))']"), "\(run.output)")
    #expect(run.output.contains("password ***\npassword ***\nerror 3\n"))
    let told = run.events.compactMap { if case .note(_, _, let text, _) = $0 { text } else { nil } }
    let filtered = ["password ***", "password ***"]
    let values = ["value {count()}", "value {count()}", "count() of all", "failed {count()}"]
    #expect(told == begun + values + filtered + ["error 3"])
    let errors = run.events.compactMap { if case .note("error", _, _, let id?) = $0 { id } else { nil } }
    #expect(errors == [0, 1])
  }

  @Test func `waiting, generators, coroutines and groups are linked to what they wait for`() throws {
    let run = try Recorded("waiting.py")
    func count(_ isWanted: (Event) -> Bool) -> Int { run.events.count(where: isWanted) }
    #expect(count { if case .resumed = $0 { true } else { false } } == 1)
    #expect(count { if case .generatorBegan = $0 { true } else { false } } == 3)
    #expect(count { if case .generatorEnded = $0 { true } else { false } } == 3)
    #expect(count { if case .generatorYielded = $0 { true } else { false } } == 4)
    #expect(count { if case .read = $0 { true } else { false } } == 1)
    #expect(
      count { if case .groupMade(_, "gather", let members) = $0 { members.count == 2 } else { false } } == 1)
    #expect(count { if case .slotFilled = $0 { true } else { false } } == 2)
    #expect(count { if case .groupDecided(_, 1) = $0 { true } else { false } } == 1)
    #expect(count { if case .cancelAsked = $0 { true } else { false } } == 2)
  }

  @Test func `the end tells of a file as it is called where the command ran`() throws {
    #expect(try Recorded("trapped.py").errors.contains(" events in a.trace.jsonl ("))
  }

  @Test func `time does not run backwards where a result is taken over whose text takes long`() throws {
    let run = try Recorded("taking.py")
    #expect(run.events.contains { if case .took = $0 { true } else { false } })
    let times = try #require(run.traces.first).allRecords.map(\.time)
    #expect(times == times.sorted())
  }

  @Test func `every line of a trace can be read`() throws {
    for program in ["trapped.py", "unhandled.py", "waiting.py", "careful.py"] {
      let run = try Recorded(program)
      let trace = try #require(run.traces.first)
      #expect(trace.faults.isEmpty && trace.unknownLines == 0 && trace.isClosed, "\(program)")
      #expect(run.status == 0 && run.modes == [0o600], "\(program)")
    }
  }
}
