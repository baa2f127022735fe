import ArgumentParser
import Scenarios
import Screen
import Traces

/// `trapline run`: the same run as the explorer shows, as text.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a scenario to its end, or read a trace, and print what happened.",
    discussion: """
      As text: a line a step, in plain sentences. As json: one JSON object a step, in the trace format. As \
      observed: one JSON object with what the scenario's own code could observe, in which two engines can be \
      compared.

      With --against twisted it is run on real Twisted too, and nothing is printed but what comes of comparing the \
      two. Exit status then: 0 the same, 1 different, 3 nothing was compared because it never ends on Twisted, 65 \
      it never ends here, 69 no Python with Twisted was found.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, observed }

  @Option(help: "What to print.") var format = Format.text
  @OptionGroup var comparison: AgainstOptions
  @OptionGroup var following: FollowOption
  @OptionGroup var limits: BoundOptions
  @Option(help: "Write the run as a trace, too; `trapline` opens it like the scenario.", completion: .file())
  var trace: String?
  @Argument(help: sourceHelp, completion: .file(extensions: ["yaml", "yml", "jsonl", "gz"])) var files:
    [String]

  private var file: String { files[0] }

  func validate() throws {
    if files.isEmpty { throw ValidationError("Name a scenario or a trace.") }
    if files.count > 1, comparison.against != nil || format == .observed {
      throw ValidationError("Several files are opened together only where all are traces.")
    }
    if comparison.against != nil, format == .observed {
      throw ValidationError("With --against the format is text or json.")
    }
  }

  func run() throws {
    if comparison.against != nil { return try compare() }
    let source = try print()
    if let trace { try writeTrace(of: source, to: trace) }
    guard let fault = source.fault else { return }
    // A trace of a program that was stopped is as good as any other.
    guard source.recording != nil else { throw end(.badInput, cleaned(fault)) }
    writeError("trapline: \(cleaned(fault))\n")
  }

  /// Prints the run, and returns it as it is at its end.
  private func print() throws -> any RecordSource {
    var output = Output()
    if format == .observed {
      let run = ScenarioSource(try scenario(named: file), bounds: limits.bounds, keepsObservations: true)
      run.runToEnd()
      try output.line(run.run.observed)
      try output.flush()
      return run
    }
    let source = try trapline.source(of: files, bounds: limits.bounds, follows: following.follow)
    if format == .text {
      try printSentences(of: source, to: &output)
    } else {
      try printRecords(of: source, to: &output)
    }
    try output.flush()
    return source
  }

  private func compare() throws {
    let (scenario, input) = try read()
    let source = ScenarioSource(scenario, bounds: limits.bounds, keepsObservations: true)
    source.runToEnd()
    let request = TwistedRequest(
      bytes: input.bytes, bounds: limits.bounds, patience_s: comparison.patience_s)
    let answer = request.answer(from: PythonSearch(named: comparison.python))
    let verdict = Verdict.of(source.run.observed, fault: source.fault, answer)
    let text = VerdictText(file: cleaned(scenario.file), paper: .ofStandardOutput())
    var output = Output()
    if format == .json {
      try output.line(VerdictJSON(file: scenario.file).object(of: verdict).text)
    } else {
      for line in text.lines(of: verdict) { try output.line(line) }
    }
    try output.flush()
    guard let ending = verdict.ending else { return }
    throw text.complaint(about: verdict).map { end(ending, $0) } ?? ending.exitCode
  }

  private func read() throws -> (Scenario, InputFile) {
    do throws(OpenFailure) { return try readScenarioFile(file) } catch { throw error.told() }
  }
}

/// A line a step: its number, the virtual time in seconds, and what happened, indented by nesting.
private func printSentences(of source: any RecordSource, to output: inout Output) throws {
  try output.line(cleaned(source.title))
  if !source.summary.isEmpty { try output.line(cleaned(source.summary)) }
  try output.line()
  let narrator = Narrator()
  try forEachStep(of: source, to: &output) { record, world, output in
    let sentence = narrator.sentence(for: record, in: world)
    try output.line(stepLine(record, step: world.step, sentence: sentence, of: source))
  }
}

private func printRecords(of source: any RecordSource, to output: inout Output) throws {
  let narrator = Narrator()
  let writer = TraceWriter()
  try forEachStep(of: source, to: &output) { record, world, output in
    let sentence = narrator.sentence(for: record, in: world)
    try output.write(writer.line(for: record, step: world.step, sentence: sentence))
  }
}

/// Drives the source to its end and hands over each record with the world right after it, as they come.
private func forEachStep(
  of source: any RecordSource, to output: inout Output,
  _ body: (Record, World, inout Output) throws -> Void
) throws {
  var world = World(reading: source)
  while true {
    while world.step < source.count {
      world.advance(to: world.step + 1)
      let record = source.record(at: world.step)
      try body(record, world, &output)
    }
    if source.isAtEnd { return }
    source.extend()
    if world.step < source.count || source.isAtEnd { continue }
    // Whoever reads along sees all that has come.
    try output.flush()
    source.wait(atMost: patience_ms)
  }
}
