import Traces

/// What looking for a goal came to.
enum Lookup {
  /// There it is; the message says what is particular about it, and what was asked for is selected there.
  case found(Int, Message? = nil, of: Subject? = nil)
  /// More of the source must be driven first.
  case more
  /// Looking took its time and goes on: this many records were looked at.
  case looked(Int)
  /// The same for so many steps after the cursor, round the run.
  case lookedRound(Int)
  case nothing(Message)
}

extension Session {
  /// How many records a search looks at before keys are looked for again.
  private static let searchBudget = 2000
  private static let scanBudget = 50_000

  /// Looks for a goal from `work.position` among what is known.
  mutating func find(_ work: Work) -> Lookup {
    let position = work.position
    switch work.goal {
    case .end: return isEndKnown ? .found(knownSteps) : .more
    case .step(let step): return findStep(step)
    case .steps(let steps): return findStep(position + steps)
    case .percent(let percent): return isAllLookedAt ? .found(knownSteps * percent / 100) : .more
    case .time(let time): return findTime(time)
    case .clock(let clock, let span): return findClock(clock, span)
    case .landmark(let landmark, let way): return find(landmark, way, from: position)
    case .match(let way): return findMatch(way, from: position)
    case .filtered(let way): return findFiltered(way, from: position)
    case .failure(let way): return findFailure(way, from: position)
    case .last(let subject): return findLast(of: subject, work)
    case .line(let line, let file): return findLine(line, file, work)
    case .name(let name): return findName(name, work)
    case .samePlace(let place): return findSame(place, work)
    }
  }

  /// Whether all is known, or all that has come so far.
  var isAllLookedAt: Bool { isEndKnown || isDry }
  /// What is added to what may change when more comes.
  var soFar: String { isEndKnown ? "" : " so far" }

  private func findStep(_ step: Int) -> Lookup {
    if step <= 0 { return .found(0, step < 0 ? .info("This is the start.") : nil) }
    if step <= knownSteps { return .found(step) }
    return isEndKnown ? .found(knownSteps, .info("This is the end: \(knownSteps) steps.")) : .more
  }

  /// - Parameter name: what a person calls that time, where it is not the virtual one.
  func findTime(_ time: Int64, named name: String? = nil) -> Lookup {
    guard timeline.frontier.time > time || isEndKnown else { return .more }
    var (low, high) = (0, knownSteps)
    while low < high {
      let middle = (low + high) / 2
      if let record = record(at: middle + 1), record.time < time { low = middle + 1 } else { high = middle }
    }
    if let record = record(at: low + 1), record.time == time { return .found(low + 1) }
    let note =
      "Nothing happens at exactly \(name ?? "\(clockText(time)) s"): this is the last step before."
    return .found(low, .info(note))
  }

  private func findClock(_ clock: Int64, _ span: Int64) -> Lookup {
    guard source.isRecording, let start = startTime else {
      return .nothing(.info("Only a recording that tells when it began has times of the day."))
    }
    let day: Int64 = 86_400_000_000
    let sinceMidnight = (start.microseconds % day + day) % day
    // It began within what was typed, the hour or the minute.
    guard !(clock..<clock + span).contains(sinceMidnight) else {
      return .found(0, .info("This is the start: the recording began at \(start.text) UTC."))
    }
    let time = (clock - sinceMidnight + day) % day
    // With its date: a time before the recording's first is looked for on the day after.
    return findTime(time, named: "\(start.advanced(by: time).text) UTC")
  }

  private func find(_ landmark: Landmark, _ way: Goal.Way, from position: Int) -> Lookup {
    if landmark == .outside, record(at: position)?.depth ?? 0 == 0 {
      return .nothing(.info("There is nothing to go out of: no other code runs this step."))
    }
    switch timeline.find(landmark, from: position, forward: way == .forward) {
    case .found(let step): return .found(step)
    case .notYet: return .more
    case .none: return nowhere(landmark, way, from: position)
    }
  }

  /// What to do where there is no further landmark.
  func nowhere(_ landmark: Landmark, _ way: Goal.Way, from position: Int) -> Lookup {
    switch (landmark, way) {
    case (.moment, .forward):
      .nothing(
        .info(
          isEndKnown
            ? "There is no later moment: all that is left happens at this time."
            : "No later moment has come so far."))
    case (.failureEvent, .forward):
      .nothing(.info("Nothing more happens to a Failure after this step\(soFar)."))
    case (.failureEvent, .back): .nothing(.info("Nothing happened to a Failure before this step."))
    case (_, .forward): .found(knownSteps)
    case (_, .back): .found(0)
    }
  }

  private mutating func findMatch(_ way: Goal.Way, from position: Int) -> Lookup {
    guard var index = search else { return .nothing(.info("There is nothing to search for yet.")) }
    // Out of the Session while it grows, so that it is not copied.
    search = nil
    defer { search = index }
    return find(in: &index, way, from: position, what: "match for \(index.query.text)")
  }

  private mutating func findFiltered(_ way: Goal.Way, from position: Int) -> Lookup {
    guard var index = filter else { return findStep(position + (way == .forward ? 1 : -1)) }
    filter = nil
    defer { filter = index }
    return find(in: &index, way, from: position, what: "step that the filter \(index.query.text) shows")
  }

  private func find(
    in index: inout MatchIndex, _ way: Goal.Way, from position: Int, what: String
  ) -> Lookup {
    if way == .back, index.scannedTo >= position - 1 {
      let step = index.previous(before: position)
      return step.map { .found($0) } ?? .nothing(.info("No \(what) before this step."))
    }
    if way == .forward, let step = index.next(after: position) { return .found(step) }
    let before = index.scannedTo
    if !index.scan(timeline, budget: Self.searchBudget) || index.scannedTo > before {
      return .looked(index.scannedTo - before)
    }
    return isAllLookedAt ? .nothing(.info("No \(what) after this step\(soFar).")) : .more
  }

  private func findLast(of subject: Subject, _ work: Work) -> Lookup {
    let start = knownSteps - work.scanned
    let end = max(0, start - Self.scanBudget)
    // Its end need not name it: a handler that trapped a Failure returns a value.
    var fateStep: Int?
    if case .failure(let id) = subject { fateStep = timeline.frontier.failures[id].fateAt }
    for step in stride(from: start, to: end, by: -1) {
      if step == fateStep || record(at: step)?.event.concerns(subject) == true { return .found(step) }
    }
    return end == 0 ? .nothing(.info("It takes part in nothing that is known.")) : .looked(start - end)
  }

  private func findLine(_ line: Int, _ file: String?, _ work: Work) -> Lookup {
    // First what follows the cursor, then round from the start.
    let end = min(knownSteps, work.scanned + Self.scanBudget)
    for count in work.scanned..<max(end, work.scanned) {
      let step = (work.origin + count) % max(1, knownSteps) + 1
      if let place = record(at: step)?.place, place.line == line + 1, file == nil || place.file == file {
        return .found(step)
      }
    }
    if end > work.scanned { return .looked(end - work.scanned) }
    return .nothing(.info("Nothing that is known happens at line \(line + 1)."))
  }
}

/// The first of these steps, which are in order, after `step`.
func nextStep(after step: Int, in steps: [Int32]) -> Int? {
  let place = placeAfter(step, in: steps)
  return place < steps.count ? Int(steps[place]) : nil
}

/// The last of these steps, which are in order, before `step`.
func previousStep(before step: Int, in steps: [Int32]) -> Int? {
  let place = placeAfter(step - 1, in: steps)
  return place > 0 ? Int(steps[place - 1]) : nil
}

/// How many of these steps, which are in order, are at most `step`.
func placeAfter(_ step: Int, in steps: [Int32]) -> Int {
  var (low, high) = (0, steps.count)
  while low < high {
    let middle = (low + high) / 2
    if Int(steps[middle]) <= step { low = middle + 1 } else { high = middle }
  }
  return low
}
