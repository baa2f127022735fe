import Foundation
import Scenarios
import Testing
import Traces

@testable import trapline

/// A run that was written as a trace, and what the commands make of one.
@Suite struct TraceTests {
  @Test(arguments: embeddedScenarios.map(\.name))
  func `a scenario's trace opens as the scenario does`(name: String) throws {
    let written = try TemporaryFile(named: "run.trace.jsonl")
    let scenario = ScenarioSource(try scenario(named: name), bounds: Bounds())
    scenario.runToEnd()
    try writeTrace(of: scenario, to: written.path)
    let trace = try #require(try source(named: written.path, bounds: Bounds()) as? TraceFile)
    while !trace.isAtEnd { trace.extend() }
    #expect(trace.allRecords == scenario.records)
    #expect((trace.title, trace.summary) == (scenario.title, scenario.summary))
    #expect(trace.openingStep == scenario.openingStep)
    #expect(trace.sourceText?.file == scenario.sourceText?.file)
    #expect(trace.sourceText?.lines == scenario.sourceText?.lines)
    #expect(trace.fault == nil && trace.faults.isEmpty)
    for record in scenario.records {
      guard case .note("say", _, let narration, _) = record.event else { continue }
      #expect(trace.question(in: narration) == scenario.question(in: narration))
    }
  }

  @Test func `run prints a trace as it printed the scenario, and writes it again to the same bytes`() throws {
    let first = try TemporaryFile(named: "first.trace.jsonl")
    let second = try TemporaryFile(named: "second.trace.jsonl")
    let scenario = try Program.run("run", "--trace", first.path, "06")
    let trace = try Program.run("run", "--trace", second.path, first.path)
    #expect(scenario.output == trace.output && trace.status == 0)
    #expect(try first.text() == second.text())
    #expect(try Program.run("check", first.path).output.hasSuffix("no faults in 23 records\n"))
  }

  @Test func `what was recorded alone, and why the file was closed, is written again and told`() throws {
    let text = """
      {"trapline":1,"program":"p","clock":"monotonic","unit":"us","filter":["shop","!shop.tests"]}
      {"t":1,"e":"clock"}
      {"e":"closed","why":"signal 15"}

      """
    let (file, again) = (try TemporaryFile(text, named: "a.trace.jsonl"), try TemporaryFile())
    #expect(try Program.run("run", "--trace", again.path, file.path).status == 0)
    #expect(try again.text() == text)
    let stats = try Program.run("stats", again.path)
    #expect(stats.lines.contains("whole: it was closed by its recorder (signal 15)"))
    #expect(stats.lines.contains("in part: recorded with --filter shop !shop.tests"))
    let json = try Program.run("stats", "--format", "json", again.path).output
    #expect(json.contains(#""closed": "signal 15", "filter": ["shop", "!shop.tests"]"#))
  }

  @Test func `a trace is readable by its owner alone`() throws {
    let folder = try TemporaryFile()
    let path = folder.folder + "/new.trace.jsonl"
    #expect(try Program.run("run", "--trace", path, "01").status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try Program.run("run", "--trace", folder.folder, "01").status == 74)
  }

  @Test func `a trace that was cut off is read as far as it goes, and says so`() throws {
    let whole = try TemporaryFile(named: "whole.trace.jsonl")
    _ = try Program.run("run", "--trace", whole.path, "06")
    let cut = try TemporaryFile(String(try whole.text().dropLast(400)), named: "cut.trace.jsonl")
    let ended = try Program.run("run", cut.path)
    #expect(ended.status == 0)
    #expect(ended.output.contains("parse raises GibberishError"))
    #expect(ended.errors.contains("the trace was not closed"))
    #expect(try Program.run("check", cut.path).output.contains("warning: it was not closed"))
  }

  @Test func `check tells each bad line of a trace, and what is none is refused`() throws {
    let bad = try TemporaryFile(
      "{\"trapline\":1,\"program\":\"p\"}\n{\"t\":0,\"e\":\"clock\"}\n\u{1B}[31m\n{\"t\":0,\"e\":\"named\",\"d\":1}\n",
      named: "bad.trace.jsonl")
    let ended = try Program.run("check", bad.path)
    #expect(ended.status == 65)
    #expect(ended.output.contains("bad.trace.jsonl:3:1: error: a line of a trace is a JSON object"))
    #expect(ended.output.contains("bad.trace.jsonl:4:1: error: `name` is missing"))
    let none = try TemporaryFile("hello\n", named: "none.trace.jsonl")
    for command in ["run", "check", "why"] {
      let refused = try Program.run(command, none.path)
      #expect(refused.status == 65)
      #expect((refused.output + refused.errors).contains("none.trace.jsonl:1:1: error: "))
    }
  }

  @Test(arguments: [
    ([0xEF, 0xBB, 0xBF], "it begins with a byte order mark; a trace has none"),
    ([0xFF, 0xFE], "it is UTF-16, and a trace is UTF-8"), ([], ""),
  ])
  func `what an editor put before a trace is named`(mark: [UInt8], hint: String) throws {
    let file = try TemporaryFile("", named: "marked.trace.jsonl")
    let trace = mark + Array("{\"trapline\":1,\"program\":\"p\"}\n".utf8)
    try Data(trace).write(to: URL(fileURLWithPath: file.path))
    let ended = try Program.run("why", file.path)
    #expect(ended.status == (mark.isEmpty ? 0 : 65))
    #expect(ended.errors.contains("hint: \(hint)") != mark.isEmpty, "\(ended.errors)")
  }

  @Test func `check warns of what is missing of a trace: its header, a close in the middle, its version`()
    throws
  {
    let clock = #"{"t":1,"e":"clock"}"#, header = #"{"trapline":1,"program":"p"}"#, end = #"{"e":"closed"}"#
    let told: [([String], String?)] = [
      ([header, clock, end], nil), ([header, clock, end, header, clock, end], nil),
      ([clock, end], "it has no header: its beginning is missing"),
      ([header, clock, header, clock, end], "a recording in it was not closed"),
      ([header, header, clock, end], "a recording in it was not closed"),
      ([header, end, header, clock], "it was not closed: its program was stopped, or still runs"),
      (
        [#"{"trapline":99,"program":"p"}"#, clock, end],
        "it is of version 99 of the format, and 1 is known here"
      ),
    ]
    for (lines, warning) in told {
      let file = try TemporaryFile((lines + [""]).joined(separator: "\n"), named: "a.trace.jsonl")
      let checked = try Program.run("check", file.path)
      let warnings = checked.lines.filter { $0.contains("warning") }
      #expect(warnings == (warning.map { ["\(file.path): warning: \($0)"] } ?? []) && checked.status == 0)
    }
  }

  @Test func `what only a scenario can do is refused for a trace in so many words`() throws {
    let trace = try TemporaryFile(named: "a.trace.jsonl")
    _ = try Program.run("run", "--trace", trace.path, "01")
    let ended = try Program.run("run", "--format", "observed", trace.path)
    #expect(ended.status == 65)
    #expect(ended.errors.contains("a.trace.jsonl is a trace: it can be opened, not run again"))
  }

  @Test func `who names a Python program is told how to record it`() throws {
    let file = try TemporaryFile("import this\n", named: "app.py")
    let run = try Program.run("run", file.path)
    #expect(run.status == 65 && run.errors.contains("hint: trapline record -- python "))
  }

  @Test func `check tells of each of several files, and the worst of them is how it ends`() throws {
    let fine = try failingProcess(1, "KeyError")
    let bad = try TemporaryFile(
      "{\"trapline\":1,\"program\":\"p\"}\nx\n{\"e\":\"closed\"}\n", named: "b.trace.jsonl")
    let ended = try Program.run("check", fine.path, bad.path, "06")
    #expect(ended.status == 65)
    #expect(ended.lines.count { $0.hasSuffix("no faults in 5 records") } == 1)
    #expect(ended.output.contains("b.trace.jsonl:2:1: error: "))
    #expect(ended.output.contains("06: no faults"))
    #expect(try Program.run("check", fine.path, fine.path).status == 0)
  }

  @Test(arguments: ["{\"trapline\":1,\"prog", "{\"trapline\":1", "{\"tra"])
  func `what was written of a header is a trace, whatever the file is called`(text: String) throws {
    let file = try TemporaryFile(text, named: "torn.log")
    let checked = try Program.run("check", file.path)
    #expect(checked.status == 65)
    #expect(checked.output.contains("torn.log:1:") && !checked.output.contains("trapline: 1"))
    #expect(checked.output.contains("a trace begins with a header"))
  }
}
