package import Traces

/// What the source panel shows: a scenario's text, or the file of a recorded program where something happened.
extension Session {
  /// When the recording began, where this is one and tells.
  package var startTime: CalendarTime? { source.recording?.startTime }

  /// A file of the recorded program, as far as it is at hand.
  func programFile(_ name: String) -> ProgramFile? {
    guard !name.isEmpty, let files else { return nil }
    // A trace is often opened in another folder than that in which its program was started.
    if !name.hasPrefix("/"), let folder = source.recording?.cwd,
      let file = files.file("\(folder)/\(name)", recordedAt: startTime)
    {
      return file
    }
    return files.file(name, recordedAt: startTime)
  }

  /// One line of a file of the recorded program, without the spaces around it.
  package func sourceLine(at place: Place) -> String? {
    guard source.sourceText == nil, let lines = programFile(place.file)?.lines,
      lines.indices.contains(place.line - 1)
    else { return nil }
    let line = lines[place.line - 1].drop { $0 == " " || $0 == "\t" }
    return line.isEmpty ? nil : String(line)
  }

  /// How far back a place is looked for that a step without one happened at.
  private static let placeLimit = 256

  /// The place in the program of the current step, or of the last before it that has one, and that step.
  private var followedPlace: (place: Place, step: Int)? {
    for step in stride(from: step, to: max(0, step - Self.placeLimit), by: -1) {
      guard let record = record(at: step) else { continue }
      if case .entered(let id, let index, _, _) = record.event,
        let stage = timeline.world.deferreds.at(id)?.stages.at(index), stage.kind.resumesCoroutine,
        let waiting = stage.place
      {
        return (waiting, step)
      }
      if let place = record.place { return (place, step) }
    }
    return nil
  }

  /// The place of what a person has selected, in the panel that was looked at before the source.
  private var selectedPlace: Place? {
    let known = timeline.frontier
    switch placePanel {
    case .failures: return selection.failure.flatMap { known.failures.at($0)?.bornPlace }
    case .timers:
      return selection.timer.flatMap { known.timers.at($0)?.place }
        ?? selection.actor.flatMap { firstStep(of: $0) }.flatMap { record(at: $0)?.place }
    case .events: return selection.event.flatMap { record(at: $0)?.place }
    case .deferreds: return selection.deferred.flatMap { known.deferreds.at($0)?.madePlace }
    case .chain:
      guard let stage = selection.stage, let id = shownDeferred else { return nil }
      return known.deferreds.at(id)?.stages.at(stage).flatMap { place(of: $0) }
    case .log:
      return selection.logEntry.flatMap { timeline.world.log.at($0) }.flatMap { record(at: $0.step)?.place }
    case .source, .details, .narration: return nil
    }
  }

  /// Where the handler of a stage that was reached begins; of another one, where it was added. So is one that resumes a
  /// coroutine: it was added where that waits, and begins in Twisted's own code, which tells nobody anything.
  func place(of stage: StageState) -> Place? {
    if stage.kind.resumesCoroutine, let place = stage.place { return place }
    return stage.passage.flatMap { record(at: $0.step)?.place } ?? stage.place
  }

  /// The text that is shown, with the line that matters now; nil where none is at hand.
  package var shownSource: ShownSource? {
    if let text = source.sourceText {
      return ShownSource(file: text.file, lines: text.lines, current: currentLine)
    }
    guard let place = sourcePlace, let file = programFile(place.file) else { return nil }
    let isThere = file.lines.indices.contains(place.line - 1)
    return ShownSource(
      file: file.path, lines: file.lines, current: isThere ? place.line - 1 : nil, isChanged: file.isChanged)
  }

  /// The place in a recorded program that is shown.
  package var sourcePlace: Place? {
    source.sourceText == nil ? selectedPlace ?? followedPlace?.place : nil
  }

  /// Whether a recording's line that is shown is an earlier step's, for this one tells none.
  package var isSourceEarlier: Bool {
    guard source.sourceText == nil, selectedPlace == nil, let followed = followedPlace else { return false }
    return followed.step != step
  }

  /// The line of the source where the current record came from, by index from 0.
  package var currentLine: Int? {
    guard let text = source.sourceText else { return shownSource?.current }
    for step in stride(from: step, to: max(0, step - Self.placeLimit), by: -1) {
      if let line = record(at: step)?.place?.line, line > 0, line <= text.lines.count { return line - 1 }
    }
    return nil
  }

  /// The selected line of the source, by index from 0: by itself the current one.
  package var shownLine: Int? {
    guard let source = shownSource, !source.lines.isEmpty else { return nil }
    return min(selection.line ?? source.current ?? 0, source.lines.count - 1)
  }
}

extension StageKind {
  /// Whether what runs there is Twisted's own code that goes on with a coroutine.
  fileprivate var resumesCoroutine: Bool {
    switch self {
    case .library("inlineCallbacks"), .library("coroutine"), .library("await"): true
    default: false
    }
  }
}
