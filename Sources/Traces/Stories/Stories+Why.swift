extension Stories {
  /// The story of a Failure in plain sentences: where it was born, what it met, how it ended.
  ///
  /// - Complexity: O(stages it met); the middle of a long way is left out, so that there are at most about
  ///   `limit` sentences.
  public func why(_ id: FailureID, limit: Int = 100) -> [String] {
    guard let failure = world.failures.at(id) else { return [] }
    let telling = Telling(narrator: Narrator(), world: world)
    var lines = [birth(of: failure, telling)]
    if let from = failure.from {
      lines.append("It was made while \(telling.failure(from)) was being handled.")
    }
    let stops = Array(failure.journey.prefix(limit / 2))
    let rest = max(0, failure.journey.count - limit)
    lines += way(of: failure, stops, telling)
    if rest > 0 { lines.append("\(rest) more stages are left out here.") }
    lines += way(of: failure, Array(failure.journey.dropFirst(stops.count + rest)), telling)
    lines.append(contentsOf: end(of: failure, telling))
    return lines
  }

  private func birth(of failure: FailureState, _ telling: Telling) -> String {
    let what = telling.failure(failure.id)
    if failure.bornAt == 0 { return "\(what) was there before the trace began." }
    let when = "at step \(failure.bornAt), at \(secondsText(failure.bornTime))"
    guard let ref = failure.bornIn else { return "\(what) was born \(when), outside of any chain." }
    return "\(what) was born \(when), in \(telling.handler(ref)) of \(telling.name(ref.deferred))."
  }

  /// A line a stop; stages without an errback in a row share one.
  private func way(of failure: FailureState, _ stops: [FailureStop], _ telling: Telling) -> [String] {
    var lines: [String] = []
    var place = 0
    while place < stops.count {
      let stop = stops[place]
      var last = place
      while last + 1 < stops.count, stop.what == .passedThrough, stops[last + 1].what == .passedThrough,
        stops[last + 1].ref.deferred == stop.ref.deferred
      { last += 1 }
      lines.append(
        last > place
          ? "Steps \(stop.step) to \(stops[last].step): stages \(stop.ref.stage) to \(stops[last].ref.stage) of "
            + "\(telling.name(stop.ref.deferred)) have no errback, so it passed through."
          : "Step \(stop.step): \(line(for: stop, telling))")
      place = last + 1
    }
    return lines
  }

  private func line(for stop: FailureStop, _ telling: Telling) -> String {
    let who = telling.name(stop.ref.deferred)
    let handler = "\(telling.handler(stop.ref)) of \(who)"
    switch stop.what {
    case .passedThrough: return "stage \(stop.ref.stage) of \(who) has no errback, so it passed through."
    case .handling: return "\(handler) got it, and still runs."
    case .notTrapped(let types):
      return "\(handler) traps only \(telling.list(types)), so it stayed on the errback line."
    case .letThrough: return "\(handler) passed it on as it is."
    case .trapped(let by?): return "\(handler) trapped it, asking for \(by)."
    case .trapped(nil): return "\(handler) took it without asking for a type, and gave something else."
    case .swallowed: return "\(handler) took it without asking for a type, and gave none: it ended silently."
    case .became(let next): return "\(handler) raised \(telling.failure(next)) in its place."
    case .movedTo(let outer): return "it moved on to \(telling.name(outer)), which waited for \(who)."
    }
  }

  private func end(of failure: FailureState, _ telling: Telling) -> [String] {
    let when = "at step \(failure.fateAt)"
    switch failure.fate {
    case .travelling:
      return [isComplete ? "At the end nobody has handled it, or noticed." : "It is still on its way."]
    case .trapped, .swallowed: return []
    case .became(let next): return ["What became of that: see \(telling.type(next))."]
    case .logged: return ["It was thrown where no Deferred was: logged \(when), and gone."]
    case .consumed(let by):
      let name = telling.name(by)
      guard world.deferreds.at(by)?.generator != nil else { return ["\(name) took it \(when)."] }
      return ["It was thrown into \(name) \(when), which caught it."]
    case .unhandled(let id):
      return ["Nobody was left to handle it in \(telling.name(id)): reported unhandled \(when)."]
    }
  }
}
