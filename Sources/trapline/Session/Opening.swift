import Explorer
import Scenarios
import Screen
import Traces

/// A scenario that is open, ready to be driven, or a trace.
struct Opened {
  var name: SourceName
  var source: any RecordSource
  /// What was left out, as sentences for people.
  var notes: [String] = []
}

/// Why a scenario could not be opened.
struct OpenFailure: Error {
  var ending: Ending
  /// All of it, over as many lines as it takes.
  var report: String
  /// The first fault in one line, for the explorer's message line.
  var summary: String
}

/// Reads and parses a scenario: a path, `-`, or the name of an embedded one.
func readScenario(_ name: String) throws(OpenFailure) -> Scenario { try readScenarioFile(name).scenario }

/// The same, with the file that it was read from.
func readScenarioFile(_ name: String) throws(OpenFailure) -> (scenario: Scenario, input: InputFile) {
  let input = try readNamed(SourceName(name))
  return (try parsed(input), input)
}

/// Reads what a person named.
func readNamed(_ name: SourceName, follows: Bool = false) throws(OpenFailure) -> InputFile {
  do throws(InputFailure) { return try readInput(name, follows: follows) } catch {
    let summary = error.message.prefix { $0 != "\n" }
    throw OpenFailure(ending: error.ending, report: "trapline: \(error.message)", summary: String(summary))
  }
}

/// The scenario in a file.
func parsed(_ input: InputFile) throws(OpenFailure) -> Scenario {
  guard !input.isTrace else {
    let summary = "\(cleaned(input.name)) is a trace: it can be opened, not run again"
    throw OpenFailure(ending: .badInput, report: "trapline: \(summary)", summary: summary)
  }
  guard !input.name.hasSuffix(".py") else {
    let summary = "\(cleaned(input.name)) is a Python program: it can be recorded, and its trace opened"
    let hint = "hint: trapline record -- python \(cleaned(input.name))"
    throw OpenFailure(ending: .badInput, report: "trapline: \(summary)\n\(hint)", summary: summary)
  }
  switch parseScenario(input.bytes, file: input.name) {
  case .success(let scenario): return scenario
  case .failure(let faults):
    let first = faults.faults.first.map { "\($0.file):\($0.line):\($0.column): \($0.message)" }
    throw OpenFailure(ending: .badInput, report: faults.description, summary: first ?? "not a scenario")
  }
}

/// The same, for a command: a failure is told on standard error, and ends it.
func scenario(named name: String) throws -> Scenario {
  do throws(OpenFailure) { return try readScenario(name) } catch { throw error.told() }
}

extension OpenFailure {
  /// The report, with an end to its last line.
  var lines: String { report.hasSuffix("\n") ? report : report + "\n" }

  /// Tells it on standard error; what it returns ends the command.
  func told() -> any Error {
    writeError(lines)
    return ending.exitCode
  }
}
