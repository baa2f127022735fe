import Foundation
import TestSupport
import Testing
import Traces

/// Where nothing can be recorded, no file is left, the end tells why and what would help, and the program's own
/// ending stands.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct ReasonTests {
  private static let fails = "import sys; sys.exit(5)"

  @Test(arguments: [
    ("-S", "started with -S", "without -S"), ("-I", "started with -I", "--pth PYTHON"),
    ("-E", "started with -E", "--pth PYTHON"), ("-IS", "started with -IS", "without -S"),
    ("-Wignore", "Deferreds were not imported", nil),
  ])
  func `a Python that can't be recorded is told by its flags`(flag: String, reason: String, hint: String?)
    throws
  {
    let run = try Recorded(flag, "-c", Self.fails)
    #expect(run.status == 5 && run.traces.isEmpty)
    #expect(run.errors.contains("trapline: nothing was recorded: ") && run.errors.contains(reason))
    #expect(hint.map { run.errors.contains($0) } ?? !run.errors.contains("\nhint: "), "\(run.errors)")
  }

  @Test func `Twisted that makes nothing is told`() throws {
    let run = try Recorded("-c", "from twisted.internet import defer")
    #expect(run.traces.isEmpty && run.status == 0)
    #expect(run.errors.contains("no Deferred was made and no timer set"), "\(run.errors)")
  }

  @Test(arguments: [
    ["sh", "-c", "exit 7"], ["env", "-i", "sh", "-c", "exit 7"],
  ])
  func `a command that is no Python, or hides the way to it, is told`(_ command: [String]) throws {
    let run = try Recorded(command: command)
    #expect(run.status == 7 && run.traces.isEmpty)
    #expect(run.errors.contains("no Python started that looks for sitecustomize"), "\(run.errors)")
    #expect(run.errors.contains("\nhint: ") && run.errors.contains("--pth PYTHON"))
  }

  @Test func `a sitecustomize that stands in front is told as what may be the reason`() throws {
    let python = try RealTwisted.found.get().python
    let run = try Recorded(command: [
      "sh", "-c",
      "echo > sitecustomize.py; PYTHONPATH=.:$PYTHONPATH exec \(python) -c 'from twisted.internet import defer'",
    ])
    #expect(run.status == 0 && run.traces.isEmpty)
    #expect(run.errors.contains("a sitecustomize of its own"), "\(run.errors)")
  }

  @Test func `a sitecustomize that the program has all the same is run`() throws {
    let python = try RealTwisted.found.get().python
    let command = "'from twisted.internet import defer; defer.succeed(hidden)'"
    let run = try Recorded(command: [
      "env", "PYTHONPATH=.", "sh", "-c",
      """
      echo 'import builtins; builtins.hidden = 17' > sitecustomize.py
      PYTHONPATH=$(echo "$TRAPLINE_HOME"/inject):$PYTHONPATH exec \(python) -c \(command)
      """,
    ])
    #expect(run.world.deferreds.at(0)?.result == .value(ValueText("17")), "\(run.errors)")
  }

  @Test func `what a finder of the program's own brought is recorded from Twisted's next module on`() throws {
    let run = try Recorded("own_finder.py")
    #expect(run.world.deferreds.at(0)?.result == .value(ValueText("3")), "\(run.errors)")
  }

  @Test(arguments: ["reload", "import"]) func `it is told that Twisted was loaded again`(_ way: String) throws
  {
    let run = try Recorded("again.py", way)
    #expect(run.status == 0 && run.output == "False None\n", "\(run.errors)")
    #expect(run.world.deferreds.count == 1)
    #expect(run.errors.contains("NOT ALL IS THERE: twisted.internet.defer was loaded again"), "\(run.errors)")
    #expect(run.text.contains("twisted.internet.defer was loaded again"))
    #expect(try !Recorded("trapped.py").errors.contains("NOT ALL"))
  }

  @Test func `a command that is not there ends with 66`() throws {
    let run = try Recorded(command: ["./nobody-has-this"])
    #expect(run.status == 66 && run.traces.isEmpty)
    #expect(run.errors.contains("can't run ./nobody-has-this: No such file"), "\(run.errors)")
  }

  @Test func `a Python that is too old is told`() throws {
    let home = BuiltProgram.package.appending(path: "Sources/TwistedRecorder").path
    let code = """
      import sys; sys.version_info = (3, 6, 15); sys.path.append('\(home)')
      from trapline_recorder import importing; importing.watch_as_asked()
      sys.exit(5)
      """
    let run = try Recorded("-I", "-c", code)
    #expect(run.status == 5 && run.traces.isEmpty)
    #expect(run.errors.contains("Python 3.6 is too old"), "\(run.errors)")
    #expect(run.errors.contains("hint: the recorder needs Python 3.8 or newer"))
  }

  @Test(arguments: [
    ("_runningCallbacks", "_isRunning", "_runCallbacks"), ("_suppressAlreadyCalled", "_ignoresNext", ""),
    ("DebugInfo", "DebugNotes", ""), ("def unpause", "def goOn", "unpause"),
  ])
  func `a Twisted of another make is refused and works as it would`(old: String, new: String, what: String)
    throws
  {
    let run = try Recorded("another_twisted.py", old, new)
    #expect(run.status == 0 && run.output == "3\n" && run.traces.isEmpty)
    #expect(run.errors.contains("not recorded: Twisted \(RealTwisted.version) is not known"), "\(run.errors)")
    #expect(run.errors.contains("(\(what)"))
  }

  @Test(arguments: [
    ("self._suppressAlreadyCalled = True", "self._suppressAlreadyCalled = False", "cancel"),
    ("self.called = True", "self.called = False or True", "_startRunCallbacks"),
    ("chainee.paused -= 1", "chainee.paused -= 1 * 1", "_runCallbacks"),
  ])
  func `one that was changed where it uses the same names is refused too`(
    old: String, new: String, method: String
  ) throws {
    let run = try Recorded("another_twisted.py", old, new, "defer_of_theirs.py")
    #expect(run.status == 0 && run.output == "3\n" && run.traces.isEmpty)
    #expect(
      run.errors.contains("not recorded: this Twisted's Deferred.\(method) is not that of any version known"),
      "\(run.errors)")
  }

  @Test func `one whose comments, types and texts for people were changed is recorded`() throws {
    let run = try Recorded("another_twisted.py", "-> None:", "-> object:  # Nothing.", "defer_of_theirs.py")
    #expect(run.output == "3\n" && run.traces.first?.isClosed == true, "\(run.errors)")
  }
}
