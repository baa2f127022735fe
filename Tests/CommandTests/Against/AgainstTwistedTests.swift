import Foundation
import TestSupport
import Testing

/// `trapline run --against twisted`, with programs in Python's place that answer as Twisted might.
@Suite struct AgainstTwistedTests {
  private let scenario: TemporaryFile
  private let observed: String

  init() throws {
    scenario = try TemporaryFile(
      """
      trapline: 1
      deferreds:
        poem: {chain: [{errback: {name: fix, trap: ValueError, return: fixed}}]}
      timeline:
        - {at: 1, fail: poem, with: ValueError bad}

      """, named: "poem.yaml")
    observed = try Program.run("run", "--format", "observed", scenario.path).output
  }

  private func run(against python: FakePython, patience: Int = 30) throws -> Program.Ended {
    try Program.run(
      "run", "--against", "twisted", "--python", python.path, "--patience", "\(patience)", scenario.path)
  }

  @Test func `the same is said in a sentence with what was compared`() throws {
    let python = try FakePython(answering: observed)
    let ended = try run(against: python)
    #expect(ended.status == 0)
    #expect(ended.errors == "")
    let said = ended.output.replacing("\n", with: " ")
    #expect(said.contains("the same as on Twisted 26.10.0: 2 calls, 1 Deferred, no log lines and the time"))
    #expect(said.contains("Python 3.12.0: \(python.path)"))
    #expect(!said.contains("proven"))
  }

  @Test func `a difference is shown side by side, and ends with 1`() throws {
    let python = try FakePython(
      answering: observed.replacing("\"out\": \"fixed\"", with: "\"out\": \"mended\""))
    let ended = try run(against: python)
    #expect(ended.status == 1)
    #expect(ended.output.contains("has another outcome: \"fixed\" here, \"mended\""))
    #expect(ended.lines.contains { $0.contains("outcome  \"fixed\"") && $0.hasSuffix("outcome  \"mended\"") })
    #expect(ended.lines.allSatisfy { $0.count <= 100 })
  }

  @Test func `another version of Twisted is compared all the same, and named`() throws {
    let ended = try run(against: FakePython(answering: observed, twisted: "24.7.0"))
    #expect(ended.status == 0)
    #expect(ended.output.contains("Trapline is proven against Twisted 26.10.0; this is 24.7.0."))
  }

  @Test func `the outcome as JSON is one object`() throws {
    let python = try FakePython(answering: observed.replacing("\"time\": 1000000", with: "\"time\": 7"))
    let ended = try Program.run(
      "run", "--against", "twisted", "--python", python.path, "--format", "json", scenario.path)
    #expect(ended.status == 1)
    let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
    #expect(object?["outcome"] as? String == "different")
    let difference = try #require(object?["difference"] as? [String: Any])
    #expect(difference["in"] as? String == "time")
    #expect(difference["details"] as? [String] == ["time"])
  }

  @Test func `a run that goes round in circles there is not compared, and ends with 3`() throws {
    let python = try FakePython(
      saying: """
        echo '{"python": "3.12.0", "twisted": "26.10.0"}'
        echo 'run_on_twisted: a cancel that comes back to itself' >&2
        exit 3
        """)
    let ended = try run(against: python)
    #expect(ended.status == 3)
    let said = ended.output.replacing("\n", with: " ")
    #expect(said.contains("nothing was compared"))
    #expect(said.contains("Twisted has no answer: a cancel that comes back to itself."))
  }

  @Test func `a Python that hangs is ended with all that it started`() throws {
    let python = try FakePython(saying: "sleep 1000 & echo $! > \"$(dirname \"$0\")/started\"; sleep 1000")
    let ended = try run(against: python, patience: 5)
    #expect(ended.status == 69)
    #expect(ended.errors.contains("it did not answer within 5 s"))
    let started = try #require(python.started(within: 0))
    #expect(FakePython.hasEnded(started, within: 30))
  }

  @Test func `a signal that ends the program ends the Python first`() throws {
    let python = try FakePython(saying: "echo $$ > \"$(dirname \"$0\")/started\"; exec sleep 1000")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
    process.arguments = ["run", "--against", "twisted", "--python", python.path, scenario.path]
    try process.run()
    let started = try #require(python.started(within: 30))
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == SIGTERM)
    #expect(FakePython.hasEnded(started, within: 30))
  }

  @Test func `a name that the PATH has not is not looked for in the working directory`() throws {
    let python = try FakePython(answering: observed)
    let ended = try Program.run(
      "run", "--against", "twisted", "--python", "python", scenario.path, in: python.folder,
      environment: ["PATH": "/nowhere"])
    #expect(ended.status == 69)
    #expect(ended.errors.contains("python: it can't be started: the PATH has no such program"))
  }

  @Test(arguments: [
    ("exit 0", "it ended with status 0, without a word"),
    ("echo '\u{1b}[31mhello'; echo nonsense", "it did not answer as a Python does"),
    ("printf 'a\\033[31mb\\n' >&2; exit 5", "it ended with status 5, saying: a␛[31mb"),
    ("kill -SEGV $$", "it was killed by signal 11"),
    ("exec yes", "it did not answer as a Python does"),
    (
      "echo '{\"python\": \"3.12.0\", \"twisted\": \"26.10.0\"}'; echo '{\"calls\": 3}'",
      "something that was not asked for"
    ),
    ("echo '{\"python\": \"3.12.0\", \"twisted\": \"26.10.0\"}'; exit 70", "it gave up in the middle"),
    (
      "echo '{\"python\": \"3.12.0\", \"lacks\": \"twisted\", \"why\": \"No module\"}'; exit 4",
      "Python 3.12.0 has no Twisted that can be imported: No module"
    ),
  ])
  func `what is no Python with Twisted is told in words`(script: String, words: String) throws {
    let ended = try run(against: FakePython(saying: script))
    #expect(ended.status == 69)
    #expect(ended.output == "")
    #expect(ended.errors.contains(words))
    #expect(!ended.errors.contains("\u{1b}"))
  }

  @Test func `what is no Python does not give back the whole program that it was given`() throws {
    let ended = try run(against: FakePython(saying: "echo \"can't open '$2'\" | tr '\\n' ' ' >&2; exit 2"))
    #expect(ended.status == 69)
    #expect(ended.errors.contains("it ended with status 2, saying: can't open '"))
    #expect(!ended.errors.contains("one JSON object on stdin"))
  }

  @Test func `a Python that only lacks Twisted is helped with the command that installs it`() throws {
    let lacks = #"{"python": "3.12.0", "lacks": "twisted", "why": "No module"}"#
    let python = try FakePython(saying: "echo '\(lacks)'; exit 4")
    let ended = try run(against: python)
    #expect(ended.errors.contains("\(python.path) -m pip install twisted==26.10.0"))
  }

  @Test func `without any Python the commands that make one are told`() throws {
    let ended = try Program.run(
      "run", "--against", "twisted", scenario.path, in: scenario.folder, environment: ["PATH": "/nowhere"])
    #expect(ended.status == 69)
    #expect(ended.errors.contains("python3 -m venv .venv && .venv/bin/pip install twisted==26.10.0"))
  }

  @Test func `the first Python of the PATH that has Twisted answers`() throws {
    let useless = try FakePython(saying: "exit 1")
    let good = try FakePython(answering: observed)
    let ended = try Program.run(
      "run", "--against", "twisted", scenario.path, in: scenario.folder,
      environment: ["PATH": "\(useless.folder):\(good.folder):/usr/bin:/bin"])
    #expect(ended.status == 0)
    #expect(ended.output.replacing("\n", with: " ").contains("Python 3.12.0: \(good.path)"))
  }

  @Test func `the environment names the only Python to ask`() throws {
    let good = try FakePython(answering: observed)
    let ended = try Program.run(
      "run", "--against", "twisted", scenario.path,
      environment: ["PATH": "\(good.folder):/usr/bin:/bin", "TRAPLINE_PYTHON": "/nowhere/python"])
    #expect(ended.status == 69)
    #expect(ended.errors.contains("/nowhere/python: it can't be started: No such file or directory"))
  }

  @Test func `an embedded scenario and standard input are compared too`() throws {
    let python = try FakePython(answering: observed)
    let text = try String(contentsOfFile: scenario.path, encoding: .utf8)
    let piped = try Program.run("run", "--against", "twisted", "--python", python.path, "-", input: text)
    #expect(piped.status == 0)
    #expect(piped.output.hasPrefix("<stdin>: the same"))
    let embedded = try Program.run("run", "--against", "twisted", "--python", python.path, "11")
    #expect(embedded.output.hasPrefix("11-waiting.yaml: not the same"))
  }

  @Test func `options that make no sense together are refused`() throws {
    #expect(try Program.run("run", "--python", "python3", "11").status == 64)
    #expect(try Program.run("run", "--against", "asyncio", "11").status == 64)
    #expect(try Program.run("run", "--against", "twisted", "--format", "observed", "11").status == 64)
    #expect(try Program.run("run", "--against", "twisted", "--patience", "0", "11").status == 64)
  }
}
