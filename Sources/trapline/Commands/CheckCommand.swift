import ArgumentParser
import Explorer
import Scenarios
import Screen
import Traces

/// `trapline check`: every fault of every scenario or trace, without running anything.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Report every fault of scenarios and traces, with its place and a hint.",
    discussion: """
      Of a trace, faults are lines that can't be read: the first hundred are told. What is well written and can't have \
      happened all the same, such as a Deferred that is made twice, is a warning, and so is a trace that was not \
      closed: warnings alone end the command with 0.
      """)

  @Argument(help: sourceHelp, completion: .file(extensions: ["yaml", "yml", "jsonl", "gz"])) var files:
    [String]

  /// What there is to say of one file, and how it ends the command, if it does.
  private typealias Report = (lines: [String], ending: Ending?)

  func run() throws {
    var output = Output()
    var worst: Ending?
    let given = FilesGiven(files)
    for note in given.notes { writeError("trapline: \(note)\n") }
    for file in given.names {
      let report = report(on: file)
      for line in report.lines { try output.line(line) }
      worst = worst ?? report.ending
    }
    try output.flush()
    if let worst { throw worst.exitCode }
  }

  private func report(on file: String) -> Report {
    do throws(OpenFailure) {
      let input = try readNamed(SourceName(file))
      if input.isTrace { return report(on: try openedTrace(input), in: input.name) }
      let warnings = try parsed(input).warnings.map(\.rendered)
      return (warnings + ["\(cleaned(file)): no faults"], nil)
    } catch {
      // Faults are what was asked for; that there is no such file is not.
      if error.ending == .badInput { return ([error.report], .badInput) }
      _ = error.told()
      return ([], error.ending)
    }
  }

  /// What can't have happened, each well written as it may be, and what is missing.
  private func warnings(about trace: TraceFile) -> [String] {
    var consistency = Consistency(of: trace)
    trace.forEachEntry(after: 0, through: trace.count) { consistency.look(at: $0) }
    let told = consistency.contradictions.map { "step \($0.step) contradicts what was told: \($0.text)" }
    let more = consistency.unlisted > 0 ? ["\(consistency.unlisted) more contradictions"] : []
    let dropped = consistency.lossSteps.reduce(0) { sum, step in
      if case .dropped(let count) = trace.record(at: step).event { sum.adding(lost: count) } else { sum }
    }
    let loss = dropped > 0 ? ["the recorder did not keep all: \(counted(dropped, "event")) missing"] : []
    return told + more + loss
  }

  private func report(on trace: TraceFile, in file: String) -> Report {
    while !trace.isAtEnd { trace.extendPatiently() }
    let name = cleaned(file)
    var lines = trace.faults.map { $0.rendered(in: file) }
    if trace.unlistedFaults > 0 { lines.append("… and \(trace.unlistedFaults) more") }
    if let version = trace.newerVersion { lines.append("\(name): warning: \(version)") }
    if !trace.hasHeader, trace.count > 0 {
      lines.append("\(name): warning: it has no header: its beginning is missing")
    }
    if trace.unknownLines > 0 {
      let passed = counted(trace.unknownLines, "line")
      lines.append("\(name): warning: passed over, of kinds that are not known here: \(passed)")
    }
    if let damage = trace.damage { lines.append("\(name): error: \(cleaned(damage))") }
    if !trace.isClosed {
      let why =
        trace.isEmpty ? "the file is empty" : "it was not closed: its program was stopped, or still runs"
      lines.append("\(name): warning: \(why)")
    }
    if trace.unclosed > 0 { lines.append("\(name): warning: \(trace.unclosedText)") }
    if trace.afterClose > 0 {
      lines.append("\(name): warning: after it was closed: \(counted(trace.afterClose, "record"))")
    }
    lines += warnings(about: trace).map { "\(name): warning: \($0)" }
    let isFine = trace.faults.isEmpty && trace.damage == nil
    if isFine { lines.append("\(name): no faults in \(counted(trace.count, "record"))") }
    return (lines, isFine ? nil : .badInput)
  }
}
