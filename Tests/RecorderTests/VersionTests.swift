import TestSupport
import Testing
import Traces

/// Twisted's insides changed over the years; what the recorder tells of a program did not.
@Suite(
  .serialized, .enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct VersionTests {
  @Test(arguments: ["22.4.0", "24.3.0"], ["waiting.py", "trapped.py", "unhandled.py", "futures.py"])
  func `older versions of Twisted give the same links and the same fates`(version: String, program: String)
    throws
  {
    guard let older = RealTwisted.other(version) else { return }
    try compare(program, older)
  }

  @Test(arguments: ["waiting.py", "trapped.py", "unhandled.py"])
  func `so does the oldest on the oldest Python`(program: String) throws {
    guard let oldest = RealTwisted.oldest("22.4.0") else { return }
    try compare(program, oldest)
  }

  private func compare(_ program: String, _ older: RealTwisted) throws {
    let (new, old) = (try Recorded(program), try Recorded(program, twisted: older))
    #expect(old.status == 0 && old.traces.first?.faults.isEmpty == true)
    #expect(!(new.links + new.fates).isEmpty)
    #expect(old.links == new.links)
    #expect(old.fates == new.fates)
    #expect(old.results == new.results)
  }
}

/// Other Pythons, each with the newest Twisted that there is for it.
@Suite(
  .serialized, .enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct PythonTests {
  @Test(arguments: RealTwisted.ofOtherPythons)
  func `another Python gives the same links and the same fates`(_ other: RealTwisted) throws {
    for program in ["waiting.py", "trapped.py", "unhandled.py", "sharing.py", "futures.py"] {
      let (usual, run) = (try Recorded(program), try Recorded(program, twisted: other))
      #expect(run.status == 0 && run.output == usual.output, "\(program): \(run.errors)")
      #expect(run.traces.first?.faults.isEmpty == true && run.traces.first?.isClosed == true, "\(program)")
      #expect(run.links == usual.links, "\(program)")
      #expect(run.fates == usual.fates, "\(program)")
      #expect(run.results == usual.results, "\(program)")
    }
  }

  @Test(arguments: RealTwisted.ofOtherPythons)
  func `Twisted's own tests pass under the recorder on another Python`(_ other: RealTwisted) throws {
    let run = try Recorded("own_tests.py", options: ["--max-size", "1M"], twisted: other)
    #expect(run.status == 0, "\(run.output.suffix(2000))")
    #expect(run.events.count > 5000 && run.traces.first?.faults.isEmpty == true)
  }
}
