import Foundation
import Screen
import Testing

/// What the subcommands print, and how they end.
@Suite struct CommandLineTests {
  private let poem = """
    trapline: 1
    title: A poem
    deferreds:
      poem:
        chain:
          - callback: {name: parse, raise: ValueError bad}
          - errback: {name: fix, trap: ValueError, return: fixed}
    timeline:
      - {at: 1, fire: poem, with: roses}
    expect:
      - {at: end, result: {poem: fixed}}

    """

  @Test func `run prints a line a step, in plain sentences`() throws {
    let file = try TemporaryFile(poem)
    let ended = try Program.run("run", file.path)
    #expect(ended.status == 0)
    #expect(ended.errors == "")
    #expect(ended.output.contains("parse raises ValueError: bad"))
    #expect(ended.output.contains("1.000 s"))
  }

  @Test func `run as json prints one object a step, with the same sentences`() throws {
    let file = try TemporaryFile(poem)
    let text = try Program.run("run", file.path).lines.filter { $0.contains(" s  ") }
    let json = try Program.run("run", "--format", "json", file.path).lines.filter { !$0.isEmpty }
    let objects = try json.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let steps = objects.filter { $0["say"] != nil }
    #expect(steps.count == text.count)
    for (step, line) in zip(steps, text) {
      let sentence = try #require(step["say"] as? String)
      #expect(line.hasSuffix(sentence))
    }
  }

  @Test func `run as observed prints one object with what user code saw`() throws {
    let file = try TemporaryFile(poem)
    let ended = try Program.run("run", "--format", "observed", file.path)
    let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
    let calls = try #require(object?["calls"] as? [[String: Any]])
    #expect(calls.map { $0["who"] as? String } == ["timeline 0", "poem.parse", "poem.fix"])
    #expect(object?["time"] as? Int == 1_000_000)
  }

  @Test func `a scenario can come from standard input`() throws {
    let ended = try Program.run("run", "-", input: poem)
    #expect(ended.output.contains("fix traps ValueError"))
  }

  @Test func `an embedded scenario runs by name or number from any directory`() throws {
    for name in ["01-nothing-connected.yaml", "01-nothing-connected", "01", "1"] {
      #expect(try Program.run("run", name, in: "/").status == 0)
    }
  }

  @Test func `a timer that is due stands at the line that set it`() throws {
    let lines = try Program.run("run", "--format", "json", "02").lines
    let made = try #require(lines.first { $0.contains(#""e":"timer","#) })
    let began = try #require(lines.first { $0.contains(#""e":"timer_began","#) })
    let place = try #require(made.firstMatch(of: /"line":[0-9]+/)).output
    #expect(began.contains("\(place),"))
  }

  @Test func `a file that is not there ends with 66 and a hint`() throws {
    let ended = try Program.run("run", "no-such-file.yaml")
    #expect(ended.status == 66)
    #expect(ended.errors.contains("no such file, nor is one built in: no-such-file.yaml"))
    #expect(ended.errors.contains("hint: "))
    #expect(ended.output == "")
  }

  @Test func `a command that stands where a file should is told its place`() throws {
    let ended = try Program.run("--ascii", "list")
    #expect(ended.status == 66)
    #expect(ended.errors.contains("hint: a command comes before options and files: trapline list"))
  }

  @Test func `a misspelt command is told which one is near`() throws {
    let ended = try Program.run("whu", "shop")
    #expect(ended.status == 66 && ended.errors.contains("hint: did you mean `trapline why`?"))
    #expect(try !Program.run("why", "whu").errors.contains("did you mean"))
  }

  @Test func `a directory is refused in words`() throws {
    let ended = try Program.run("run", "/")
    #expect(ended.status == 74)
    #expect(ended.errors.contains("is a directory"))
  }

  @Test func `check reports all faults of all files, with line, column, caret and hint`() throws {
    let bad = try TemporaryFile(
      poem.replacingOccurrences(of: "trap: ValueError", with: "tarp: ValueError")
        .replacingOccurrences(of: "fire: poem", with: "fire: peom"))
    let good = try TemporaryFile(poem)
    let ended = try Program.run("check", bad.path, good.path)
    #expect(ended.status == 65)
    #expect(ended.output.contains("\(bad.path):7:"))
    #expect(ended.output.contains("trap"))
    #expect(ended.output.contains("\(bad.path):9:"))
    #expect(ended.output.contains("poem"))
    #expect(ended.output.contains("^"))
    #expect(ended.output.hasSuffix("\n\(good.path): no faults\n"))
    #expect(ended.errors == "")
  }

  @Test func `faults are the result of check, and what keeps run from one`() throws {
    let bad = try TemporaryFile("trapline: 1\ndeferrds: {}\n")
    let checked = try Program.run("check", bad.path)
    let ran = try Program.run("run", bad.path)
    #expect(checked.output.contains(":2:1: error: "))
    #expect([checked.errors, ran.output] == ["", ""])
    #expect(ran.errors == checked.output)
    #expect([checked.status, ran.status] == [65, 65])
  }

  @Test func `check tells of a file that is not there on standard error`() throws {
    let ended = try Program.run("check", "no-such-file.yaml")
    #expect(ended.status == 66)
    #expect(ended.output == "")
    #expect(ended.errors.contains("no such file"))
  }

  @Test func `schema prints a JSON Schema`() throws {
    let ended = try Program.run("schema")
    let object = try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any]
    #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
  }

  @Test func `a run without end is stopped with the name of what never ends`() throws {
    let file = try TemporaryFile(
      """
      trapline: 1
      title: Endless
      loops:
        poll: {every: 1, do: {return: ok}}
      timeline:
        - {start: poll}

      """)
    let ended = try Program.run("run", "--max-timer-calls", "50", file.path)
    #expect(ended.status == 65)
    #expect(ended.errors.contains("poll never stops"))
  }

  @Test func `the explorer says why it can't open without a terminal`() throws {
    let ended = try Program.run("01")
    #expect(ended.status == 74)
    #expect(ended.errors.contains("is not a terminal"))
    #expect(ended.errors.contains("trapline run 01"))
  }

  @Test func `wrong usage ends with 64`() throws {
    #expect(try Program.run("run", "--format", "nonsense", "01").status == 64)
    #expect(try Program.run("run", "--max-timer-calls", "0", "01").status == 64)
  }

  @Test(arguments: [["list", "a\u{1B}[31m"], ["run", "--format", "\u{9B}31m", "01"], ["--\u{202E}x"]])
  func `what is wrong with an argument is told without obeying it`(arguments: [String]) throws {
    let ended = try Program.run(arguments)
    #expect(ended.status == 64)
    #expect(ended.errors.hasPrefix("Error: "))
    #expect(
      ended.errors.split(separator: "\n").map { cleaned($0) }
        == ended.errors.split(separator: "\n").map(String.init))
  }

  @Test(arguments: [
    ["--help"], ["run", "--help"], ["help"], ["--version"], ["--generate-completion-script", "bash"],
    ["schema"], ["list"], ["run", "01"], ["run", "--format", "json", "01"],
    ["run", "--format", "observed", "01"], ["check", "01"], ["test", "01"],
    ["test", "--format", "tap", "01"],
  ])
  func `output that can't be written is no success`(arguments: [String]) throws {
    let ended = try Program.run(arguments, outputPath: "/dev/full")
    #expect(ended.status == 74)
    #expect(ended.errors.contains("can't write the output"))
  }
}
