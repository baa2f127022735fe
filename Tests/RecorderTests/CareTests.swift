import TestSupport
import Testing
import Traces

/// The recorder never changes what a program does.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct CareTests {
  @Test func `a text that raises, never ends or makes Deferreds is the recorder's own affair`() throws {
    let run = try Recorded("careful.py")
    #expect(run.status == 0)
    #expect(
      run.output
        == "['raises']\n['_callbacks', '_canceller', '_chainedTo', '_runningCallbacks', 'called', 'result']\n"
    )
    #expect(run.world.deferreds.count == 7)
    #expect(run.text.utf8.count < 20_000)
  }

  @Test(arguments: ["types", "none"]) func `values are left out where that is asked for`(_ values: String)
    throws
  {
    let run = try Recorded("trapped.py", options: ["--values", values])
    #expect(!run.text.contains("roses") && !run.text.contains("limerick"))
    #expect(run.text.contains("bad line 3") == (values == "types"))
    #expect(run.world.failures.map(\.type) == ["GibberishError"])
  }

  @Test func `Twisted's own tests pass`() throws {
    let suites = ["twisted.test.test_task", "twisted.internet.test.test_inlinecb"]
    let hasHamcrest = try Recorded("-c", "import hamcrest").status == 0
    let all = suites + (hasHamcrest ? ["twisted.test.test_defer"] : [])
    let code = "import sys; from twisted.scripts.trial import run; sys.argv[0] = 'trial'; run()"
    let run =
      hasHamcrest
      ? try Recorded("-c", code, all[0], all[1], all[2]) : try Recorded("-c", code, all[0], all[1])
    #expect(run.status == 0, "\(run.output.suffix(2000))")
    #expect(run.events.count > 1000)
  }
}
