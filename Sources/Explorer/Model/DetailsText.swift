import Traces

/// What there is to know about one thing, in full: for the details panel, and for the clipboard.
extension Session {
  package func detailsText(of subject: Subject) -> [String] {
    switch subject {
    case .deferred(let id): timeline.world.deferreds.at(id).map(lines(of:)) ?? []
    case .stage(let id, let stage): lines(of: id, stage: stage)
    case .timer(let id): timeline.world.timers.at(id).map(lines(of:)) ?? []
    case .failure(let id): timeline.world.failures.at(id).map(lines(of:)) ?? []
    case .event(let step): lines(ofStep: step)
    case .line(let line):
      source.sourceText.flatMap { $0.lines.indices.contains(line) ? [$0.lines[line]] : nil } ?? []
    case .logEntry(let index): timeline.world.log.at(index).map(lines(of:)) ?? []
    }
  }

  private func lines(of state: DeferredState) -> [String] {
    var lines = ["Deferred \(state.name)"]
    if !state.otherNames.isEmpty { lines.append("also called \(state.otherNames.joined(separator: ", "))") }
    lines.append("made at step \(state.madeAt)\(text(of: state.madePlace))")
    if let fired = state.firedAt, let time = state.firedTime {
      lines.append(
        "fired at step \(fired), \(secondsText(time)), with \(state.firedWith.map(text(of:)) ?? "nothing")")
    } else {
      lines.append(
        future.map { $0.deferreds.at(state.id)?.isFired == true } == false ? "never fires" : "not fired")
    }
    if let inner = state.waitsOn { lines.append("waits on \(name(of: inner))") }
    if state.pauseCount != 0 { lines.append("paused \(state.pauseCount) times") }
    if state.isCancelAsked { lines.append("cancelled") }
    if let result = state.result { lines.append("result so far: \(text(of: result))") }
    if !state.waiters.isEmpty { lines.append("awaited by \(names(of: state.waiters.prefix(20)))") }
    if let group = state.group { lines.append("\(group.kind) of \(names(of: group.members.prefix(20)))") }
    if let generator = state.generator { lines.append(generator) }
    if let failure = state.unhandled { lines.append("unhandled: \(title(of: failure))") }
    return lines
  }

  private func lines(of id: DeferredID, stage index: Int) -> [String] {
    guard let state = timeline.world.deferreds.at(id), let stage = state.stages.at(index) else { return [] }
    var lines = ["\(state.name), stage \(index)"]
    lines.append("callback: \(stage.callback ?? "none, values pass through")")
    lines.append("errback: \(stage.errback ?? "none, Failures pass through")")
    lines.append("added at step \(stage.addedAt)\(text(of: stage.place))")
    guard let passage = stage.passage else { return lines + ["not reached"] }
    lines.append(
      "reached at step \(passage.step), \(secondsText(passage.time)), on the \(passage.side.rawValue) line")
    lines.append("came in: \(text(of: passage.input))")
    if let asked = passage.asked {
      lines.append("trap asked for \(asked.joined(separator: ", ")): \(passage.matched ?? "no match")")
    }
    if let output = passage.output { lines.append("went on: \(text(of: output))") }
    return lines
  }

  private func lines(of state: FailureState) -> [String] {
    var lines = [state.title]
    if !state.parents.isEmpty { lines.append("a \(([state.type] + state.parents).joined(separator: " < "))") }
    let place = state.bornIn.map { " in \(name(of: $0))" } ?? ""
    lines.append(
      "born at step \(state.bornAt), \(secondsText(state.bornTime))\(place)\(text(of: state.bornPlace))")
    if let from = state.from { lines.append("made while handling \(title(of: from))") }
    for stop in state.journey.suffix(200) {
      lines.append("step \(stop.step): \(name(of: stop.ref)) \(text(of: stop.what))")
    }
    return lines
  }

  private func lines(of state: TimerState) -> [String] {
    [
      state.name ?? "timer \(state.id)", "due at \(secondsText(state.due))",
      "made at step \(state.madeAt)\(text(of: state.place))", "\(state.state)",
    ]
  }

  private func lines(of entry: LogEntry) -> [String] {
    [
      "\(entry.kind) at \(secondsText(entry.time)), step \(entry.step)\(entry.who.isEmpty ? "" : ", by \(entry.who)")"
    ]
      + entry.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { String($0) }
  }

  private func lines(ofStep step: Int) -> [String] {
    guard let record = record(at: step) else { return [] }
    let sentence = Narrator(valueLimit: 100_000).sentence(for: record, in: timeline.frontier)
    return ["step \(step), \(secondsText(record.time))\(text(of: record.place))", sentence]
  }

  // MARK: Words

  private func name(of id: DeferredID) -> String {
    timeline.frontier.deferreds.at(id)?.name ?? "deferred \(id)"
  }
  private func names(of ids: some Sequence<DeferredID>) -> String {
    ids.map(name(of:)).joined(separator: ", ")
  }
  private func name(of ref: StageRef) -> String {
    let stage = timeline.frontier.deferreds.at(ref.deferred)?.stages.at(ref.stage)
    let handler = stage?.name(of: ref.side, at: ref.stage) ?? "\(ref.side.rawValue) \(ref.stage)"
    return "\(name(of: ref.deferred)).\(handler)"
  }
  private func title(of id: FailureID) -> String {
    timeline.frontier.failures.at(id)?.title ?? "failure \(id)"
  }
  private func text(of place: Place?) -> String { place.map { ", \($0.file):\($0.line)" } ?? "" }
  private func text(of outcome: Outcome) -> String {
    switch outcome {
    case .value(let value): value.isCut ? "\(value.text)… (cut when it was recorded)" : value.text
    case .failure(let id): title(of: id)
    case .deferred(let id): "the Deferred \(name(of: id))"
    }
  }
  private func text(of what: FailureStop.What) -> String {
    switch what {
    case .passedThrough: "has no errback: it passed through"
    case .handling: "handles it"
    case .notTrapped(let types): "asked for \(types.joined(separator: ", ")): not trapped"
    case .letThrough: "let it through"
    case .trapped(let type): type.map { "trapped it as \($0)" } ?? "handled it"
    case .swallowed: "swallowed it"
    case .became(let id): "made it \(title(of: id))"
    case .movedTo(let id): "it moved to \(name(of: id))"
    }
  }
}
