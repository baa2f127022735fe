import TestSupport
import Testing
import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Who gives up root's rights is recorded on, or it is told why not.
@Suite(
  .enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"),
  .enabled(if: geteuid() == 0, "only root can give up root's rights: nothing of this is tested"))
struct RightsTests {
  @Test(arguments: [("for good", 1, 1), ("for a while", 1, 2), ("in a worker", 2, 1)])
  func `who gives up its rights goes on being recorded where it can't make files`(
    _ way: String, _ files: Int, _ deferreds: Int
  ) throws {
    let run = try Recorded("rights.py", way)
    #expect(run.status == 0 && run.traces.count == files, "\(run.errors)")
    #expect(run.traces.allSatisfy(\.isClosed) && run.modes.allSatisfy { $0 == 0o600 })
    #expect(run.world.deferreds.count == deferreds)
    for trace in run.traces.dropFirst() {
      #expect(trace.allRecords.contains { if case .made = $0.event { true } else { false } })
    }
  }

  @Test func `who gives up its rights without a word tells why nothing is recorded`() throws {
    let run = try Recorded("rights.py", "unseen")
    #expect(run.status == 0 && run.traces.isEmpty)
    #expect(
      run.errors == "trapline: not recorded: can't write a.trace.jsonl: Permission denied\n", "\(run.errors)")
  }

  @Test func `of the child of one without rights it is told that it can make no file`() throws {
    let run = try Recorded("rights.py", "twice")
    #expect(run.status == 0 && run.traces.count == 1)
    #expect(run.errors.contains("events in a.trace.jsonl"), "\(run.errors)")
    #expect(run.errors.contains("not recorded: can't write a.trace.jsonl: Permission denied"))
  }

  @Test func `the last of who gave up its rights is kept in the one file that it has`() throws {
    let run = try Recorded("rights.py", "at length", options: ["--keep-last", "64K"])
    #expect(run.status == 0 && run.traces.count == 1, "\(run.errors)")
    #expect(run.text.utf8.count < 65_536 && run.traces.first?.isClosed == true)
    let values = run.events.compactMap { if case .fired(_, .value(let text)) = $0 { text.text } else { nil } }
    #expect(values.last == "2999" && values.count > 90, "\(values.count), \(run.errors)")
    #expect(run.errors.contains("NOT ALL IS THERE") && !run.errors.contains("not recorded"), "\(run.errors)")
  }

  @Test func `what came long before who gave up its rights is not kept beside it`() throws {
    let run = try Recorded("rights.py", "before and after", options: ["--keep-last", "64K"])
    #expect(run.status == 0 && run.traces.count == 1 && run.text.utf8.count < 65_536, "\(run.errors)")
    #expect(run.world.deferreds.count > 90)
    let values = run.events.compactMap { if case .fired(_, .value(let text)) = $0 { text.text } else { nil } }
    #expect(values.last == "5999" && run.traces.first?.isClosed == true, "\(run.errors)")
  }

  @Test func `no file is left of one that gives up its rights and does nothing`() throws {
    let run = try Recorded("rights.py", "in vain")
    #expect(run.status == 0 && run.traces.isEmpty)
    #expect(run.errors.contains("no Deferred was made and no timer set"), "\(run.errors)")
  }
}
