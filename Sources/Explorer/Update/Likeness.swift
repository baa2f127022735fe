import Traces

/// A run as it was known before its file was read again, to find its steps in the new one.
struct FormerRun {
  let source: any RecordSource
  /// What was known of it: the names that its records speak of.
  let names: World

  init(_ session: Session) {
    source = session.source
    names = session.timeline.frontier
  }

  /// One record among all that are alike at its time.
  struct Mark: Equatable {
    let likeness: String
    let time: Int64
    /// From 1: the second tick, the third log line.
    let occurrence: Int
  }

  /// By what a step can be known again, without the numbers of things, which change when another one is made
  /// before them.
  ///
  /// - Parameter limit: the most records of its time that are looked at; beyond them nothing is known again.
  func mark(of step: Int, limit: Int = .max) -> Mark? {
    guard step > 0, step <= source.count else { return nil }
    let record = source.record(at: step)
    let likeness = record.likeness(in: names)
    var occurrence = 0
    var here = step
    while here > 0, case let other = source.record(at: here), other.time == record.time {
      guard step - here < limit else { return nil }
      if other.likeness(in: names) == likeness { occurrence += 1 }
      here -= 1
    }
    return Mark(likeness: likeness, time: record.time, occurrence: occurrence)
  }
}

extension Session {
  /// The step that a mark of a former run means in this one, as far as it is known.
  func step(of mark: FormerRun.Mark, limit: Int = .max) -> Int? {
    var (low, high) = (0, knownSteps)
    while low < high {
      let middle = (low + high) / 2
      if let record = record(at: middle + 1), record.time < mark.time {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let names = timeline.frontier
    var occurrence = 0
    var step = low + 1
    while step <= knownSteps, step - low <= limit, let record = record(at: step), record.time == mark.time {
      if record.likeness(in: names) == mark.likeness { occurrence += 1 }
      if occurrence == mark.occurrence { return step }
      step += 1
    }
    return nil
  }
}

extension Record {
  /// What happened to whom, by name: the same in two runs that differ elsewhere.
  fileprivate func likeness(in names: World) -> String {
    var words = [event.kindWords]
    for id in [event.deferred, event.otherDeferred] {
      guard let state = id.flatMap({ names.deferreds.at($0) }) else { continue }
      // Without a name of its own it is known by how it was made.
      words.append(state.name == "deferred \(state.id)" ? state.origin : state.name)
    }
    if let stage = event.stage { words.append("stage \(stage)") }
    if let failure = event.failure.flatMap({ names.failures.at($0) }) { words.append(failure.type) }
    if let timer = event.timer.flatMap({ names.timers.at($0) }) {
      words.append(withoutNumber(timer.name ?? ""))
    }
    if let actor = event.actor.flatMap({ names.actors.at($0) }) { words.append(actor.name) }
    switch event {
    case .callEntered(_, let name, _), .callLeft(_, let name, _): words.append(withoutNumber(name))
    case .note(_, let who, _, _): words.append(withoutNumber(who))
    case .trapAsked(_, let types, _): words += types
    case .named(_, let name): words.append(name)
    case .slotFilled(_, let index, _): words.append("slot \(index)")
    default: break
    }
    return words.joined(separator: "\n")
  }

  /// `timeline 3 (fire poem)` without its number: entries that are put before it change that.
  private func withoutNumber(_ name: String) -> String {
    let prefix = "timeline "
    guard name.hasPrefix(prefix) else { return name }
    return prefix + name.dropFirst(prefix.count).drop { $0.isNumber }
  }
}
