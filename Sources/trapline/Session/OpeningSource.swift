import ArgumentParser
import Explorer
import Scenarios
import Screen
import Traces

/// Opens whatever a person named: a scenario, ready to be driven, or a trace.
///
/// - Parameter follows: whether somebody may still write to it.
func openSource(_ name: SourceName, bounds: Bounds, follows: Bool = false) throws(OpenFailure) -> Opened {
  let input = try readNamed(name, follows: follows)
  guard input.isTrace else {
    guard !follows else {
      _ = try parsed(input)
      let summary = "\(cleaned(input.name)) is a scenario: only a trace can be followed"
      throw OpenFailure(ending: .badInput, report: "trapline: \(summary)", summary: summary)
    }
    let scenario = try parsed(input)
    return Opened(name: input.sourceName, source: ScenarioSource(scenario, bounds: bounds))
  }
  return Opened(name: input.sourceName, source: try openedTrace(input))
}

/// Opens what a person named: one thing, or the traces of several processes as one, each once.
func openSources(_ names: [String], bounds: Bounds, follows: Bool) throws(OpenFailure) -> Opened {
  let given = FilesGiven(names)
  guard given.names.count > 1 else {
    var opened = try openSource(SourceName(given.names[0]), bounds: bounds, follows: follows)
    opened.notes = given.notes
    return opened
  }
  var traces: [OpenTrace] = []
  var notes = given.notes
  for name in given.names {
    let input = try readNamed(SourceName(name), follows: follows)
    guard input.isTrace else {
      _ = try parsed(input)
      let summary = "\(cleaned(input.name)) is a scenario: only traces can be opened together"
      throw OpenFailure(ending: .badInput, report: "trapline: \(summary)", summary: summary)
    }
    let trace = (input, try openedTrace(input))
    guard let place = traces.firstIndex(where: { areCopies($0, trace) }) else {
      traces.append(trace)
      continue
    }
    notes.append(keepLonger(&traces[place], trace))
  }
  notes += notesOnRuns(traces)
  let name = traces.count == 1 ? traces[0].input.sourceName : joinedName(traces.map(\.input.name))
  let source: any RecordSource = traces.count == 1 ? traces[0].file : JoinedTraces(traces.map(\.file))
  return Opened(name: name, source: source, notes: notes)
}

/// Of two copies the one that holds more, and what is to be said of the other.
private func keepLonger(_ known: inout OpenTrace, _ other: OpenTrace) -> String {
  let isLonger = (other.input.trace?.expectedSize ?? 0) > (known.input.trace?.expectedSize ?? 0)
  let names = (known.input.name, other.input.name)
  if isLonger { known = other }
  return isLonger
    ? FilesGiven.note(names.0, repeats: names.1, as: "recording")
    : FilesGiven.note(names.1, repeats: names.0, as: "recording")
}

/// What is to be said of files that an earlier run left beside those of the last one, which are called alike: its
/// processes are others. A server and its client, which were recorded by themselves, are meant to be of two runs.
private func notesOnRuns(_ traces: [OpenTrace]) -> [String] {
  func start(_ trace: OpenTrace) -> Int64 { trace.file.header.startTime?.microseconds ?? 0 }
  func run(_ trace: OpenTrace) -> String? { trace.file.header.run }
  let told = traces.filter { run($0) != nil }.sorted { start($0) < start($1) }
  let ofLast = told.filter { run($0) == told.last.flatMap(run) }
  let names = Set(ofLast.map { commonName($0.input.name) })
  return told.filter { run($0) != told.last.flatMap(run) && names.contains(commonName($0.input.name)) }.map {
    "\(cleaned($0.input.name)) is of another run than \(cleaned(ofLast[0].input.name))"
  }
}

/// What the files of all processes of a run are called, as the recorder names them: `app` for `app.4711.trace.jsonl`.
private func commonName(_ name: String) -> Substring {
  let file = name.split(separator: "/").last ?? ""
  let ending = /(\.[0-9]+(-[0-9a-f]{6})?)?(\.trace)?\.jsonl(\.gz)?$/
  return file.firstMatch(of: ending).map { file[..<$0.range.lowerBound] } ?? file
}

/// What several files are called together.
func joinedName(_ names: [String]) -> SourceName { SourceName("\(names[0]) and \(names.count - 1) more") }

/// The trace in a file.
func openedTrace(_ input: InputFile) throws(OpenFailure) -> TraceFile {
  do throws(TraceFault) {
    let trace = try TraceFile(
      reading: input.trace ?? MemoryBytes(input.bytes), name: input.name, isFollowed: input.isFollowed)
    // What a lesson keeps to itself is in the scenario, and not among the records.
    if let source = trace.header.source,
      case .success(let scenario) = parseScenario(Array(source.utf8), file: input.name)
    {
      trace.questions = scenario.questions
    }
    return trace
  } catch {
    let line = error.rendered(in: input.name)
    let report = "\(line)\n  hint: \(hint(on: input.bytes))"
    throw OpenFailure(ending: .badInput, report: report, summary: line)
  }
}

/// What a file that is no trace should have been, by how it begins.
private func hint(on bytes: [UInt8]) -> String {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return "it begins with a byte order mark; a trace has none" }
  if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
    return "it is UTF-16, and a trace is UTF-8"
  }
  return "a trace begins with a header: {\"trapline\":1,\"program\":…}"
}

extension TraceFault {
  /// The fault as a compiler would print it, safe for a terminal.
  func rendered(in file: String) -> String {
    "\(cleaned(file)):\(line):\(column): error: \(cleaned(message))"
  }
}

extension InputFile {
  /// How it is found again.
  var sourceName: SourceName { SourceName(name, in: place) }

  /// By its name, else by what is in it: a scenario may be written as JSON too.
  var isTrace: Bool { name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.gz") || TraceFile.isTrace(bytes) }
}

/// The same, for a command: a failure is told on standard error, and ends it.
func source(named names: String..., bounds: Bounds) throws -> any RecordSource {
  try source(of: names, bounds: bounds)
}

/// The same, for several.
func source(of names: [String], bounds: Bounds, follows: Bool = false) throws -> any RecordSource {
  if follows { awaitFiles(AwaitedFiles(names)) }
  do throws(OpenFailure) {
    let opened = try openSources(names, bounds: bounds, follows: follows)
    for note in opened.notes { writeError("trapline: \(note)\n") }
    return opened.source
  } catch { throw error.told() }
}

extension RecordSource {
  /// Brings in what happens next, and waits for it where it has to come first.
  func extendPatiently() {
    let known = count
    extend()
    if count == known, !isAtEnd { wait(atMost: patience_ms) }
  }
}

extension Timeline {
  /// The same, for up to `budget` records; false at the end of all.
  func extendPatiently(budget: Int) -> Bool {
    let known = count
    let mayComeMore = extend(budget: budget)
    if mayComeMore, count == known, !source.isAtEnd { source.wait(atMost: patience_ms) }
    return mayComeMore
  }
}

/// How long a file that grows is left alone before it is looked at again.
let patience_ms = 200

/// All of a scenario's run, of a trace, or of several.
func wholeTimeline(of names: [String], bounds: Bounds) throws -> Timeline {
  let timeline = Timeline(try source(of: names, bounds: bounds))
  while timeline.extendPatiently(budget: 100_000) {}
  return timeline
}

/// The help of every argument that names something to look at.
let sourceHelp = ArgumentHelp("\(sourceText).")
let sourceText = "A scenario or a trace: a file, - for standard input, or the name of one that is built in"
