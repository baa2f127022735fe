import Screen
import Traces

/// What there is to know of one thing, in full.
struct Details {
  let scene: Scene
  let session: Session
  private var timeline: Timeline { session.timeline }

  /// The paragraphs about a thing.
  func lines(of subject: Subject) -> DetailLines {
    var lines = DetailLines()
    switch subject {
    case .deferred(let id): addDeferred(id, to: &lines)
    case .stage(let id, let stage): addStage(stage, of: id, to: &lines)
    case .site(let id): addSite(id, to: &lines)
    case .failure(let id): addFailure(id, to: &lines)
    case .timer(let id): addTimer(id, to: &lines)
    case .actor(let id): addActor(id, to: &lines)
    case .event(let step): addEvent(step, to: &lines)
    case .line(let index): addSourceLine(index, to: &lines)
    case .logEntry(let index): addLogEntry(index, to: &lines)
    }
    return lines
  }

  /// What a thing is called in the title of the panel.
  func title(of subject: Subject) -> String {
    switch subject {
    case .deferred(let id): return scene.name(of: id)
    case .stage(let id, let stage): return "\(scene.name(of: id)), stage \(stage)"
    case .failure(let id): return (scene.failure(id) ?? scene.known.failures.at(id))?.type ?? "Failure \(id)"
    case .site(let id): return scene.known.sites.at(id).map { SiteWords.name(of: $0, session.timeline) } ?? ""
    case .timer(let id): return scene.world.timers.at(id)?.name ?? "timer \(id)"
    case .actor(let id): return scene.world.actors.at(id)?.name ?? "actor \(id)"
    case .event(let step): return "step \(step)"
    case .line(let index): return "line \(index + 1)"
    case .logEntry(let index): return "entry \(index + 1)"
    }
  }

  /// A step and its time; in a recording also what the calendar and the clock on the wall said.
  func step(_ step: Int, _ time: Int64) -> String {
    "step \(step), \(clockText(time)) s" + (wallTime(time).map { ", \($0)" } ?? "")
  }

  private func wallTime(_ time: Int64) -> String? {
    guard session.source.isRecording, let start = session.startTime else { return nil }
    return "\(start.advanced(by: time).text) UTC"
  }

  /// A line of the program, and what stands there where its file is at hand.
  func add(_ label: String, _ place: Place?, to lines: inout DetailLines) {
    guard let place else { return }
    lines.add(label, place.file.isEmpty ? "line \(place.line)" : "\(place.file):\(place.line)")
    lines.add("", session.sourceLine(at: place), Style(.string))
  }

  /// What made a thing at a step, where the trace tells of it.
  func addMade(_ step: Int, _ text: String, to lines: inout DetailLines) {
    if step > 0 { lines.add("made", text) } else { addUntold("made", to: &lines) }
  }

  /// The beginning of what is first heard of in mid-life.
  func addUntold(_ label: String, to lines: inout DetailLines) {
    lines.add(label, "the trace does not tell: it begins later, or a line is missing", .dim)
  }

  /// An outcome in full, with what a Failure is made of.
  func add(_ label: String, _ outcome: Outcome, to lines: inout DetailLines) {
    let style: Style =
      switch outcome {
      case .value: Style(.value)
      case .failure: Style(.failure)
      case .deferred: Style(.waiting)
      }
    lines.add(label, scene.fullText(of: outcome), style)
  }

  private func addTimer(_ id: TimerID, to lines: inout DetailLines) {
    guard let timer = scene.world.timers.at(id) else { return }
    lines.add("timer", timer.name ?? "without a name", .plain.bold)
    lines.add("due", "\(clockText(timer.due)) s", Style(.timer))
    let state =
      switch timer.state {
      case .pending: "pending, in \(secondsText(timer.due &- scene.world.time))"
      case .running: "runs now"
      case .done: "has run"
      case .cancelled: "cancelled"
      }
    lines.add("state", state)
    addMade(timer.madeAt, "step \(timer.madeAt)", to: &lines)
    add("place", timer.place, to: &lines)
  }

  private func addEvent(_ step: Int, to lines: inout DetailLines) {
    guard let record = timeline.record(at: step) else { return }
    // Names and passages are those of the step where the sentence belongs, as far as that is at hand.
    let world = step == scene.world.step ? scene.world : scene.known
    lines.add("step", self.step(step, record.time))
    lines.add(
      "what", Narrator(valueLimit: DetailLines.textLimit).sentence(for: record, in: world), .plain.bold)
    add("place", record.place, to: &lines)
    lines.add("thread", record.thread)
    lines.addEach("called by", record.stack, count: record.stack.count) { ($0, .plain) }
    lines.add("depth", record.depth > 0 ? "\(record.depth) deep" : nil)
    if let failure = record.event.failure {
      lines.add("", "")
      addFailure(failure, to: &lines)
    }
  }

  private func addSourceLine(_ index: Int, to lines: inout DetailLines) {
    guard let source = session.shownSource, source.lines.indices.contains(index) else { return }
    lines.add("place", "\(source.file):\(index + 1)")
    lines.add("text", source.lines[index])
    if source.isChanged {
      lines.add(
        "but", "the file was changed since the recording: this may not be the line that ran", Style(.warning))
    }
  }

  private func addLogEntry(_ index: Int, to lines: inout DetailLines) {
    guard let entry = scene.world.log.at(index) else { return }
    lines.add(entry.kind, entry.text, .plain.bold)
    lines.add("by", entry.who.isEmpty ? nil : entry.who)
    lines.add("when", step(entry.step, entry.time))
    if let failure = entry.failure {
      lines.add("", "")
      addFailure(failure, to: &lines)
    }
  }
}
