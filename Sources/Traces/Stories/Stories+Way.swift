extension Stories {
  /// A line a stop; stages without an errback in a row share one, and the middle of a long way is left out.
  ///
  /// Between them, who else was given it.
  func way(of failure: FailureState, limit: Int, _ telling: Telling) -> [String] {
    let stops = Array(failure.journey)
    let moments = moments(of: stops, givings(of: failure, telling))
    let head = moments.prefix(limit / 2)
    let tail = moments.dropFirst(max(head.count, moments.count - (limit - head.count)))
    func lines(_ moments: ArraySlice<Moment>) -> [String] {
      moments.map { moment in
        switch moment {
        case .stops(let stretch, let isLast):
          line(for: stops[stretch], of: failure, isLast: isLast, telling)
        case .givings(let givings): line(for: givings, telling)
        }
      }
    }
    let leftOut = moments[head.endIndex..<tail.startIndex].reduce(0) { $0 + $1.stageCount }
    let gap = leftOut > 0 ? ["\(leftOut) more stages are left out here."] : []
    return lines(head) + gap + lines(tail)
  }

  /// What shares a line.
  private enum Moment {
    case stops(Range<Int>, isLast: Bool)
    case givings(ArraySlice<Giving>)

    var stageCount: Int { if case .stops(let stretch, _) = self { stretch.count } else { 0 } }
  }

  /// Both in the order of their steps.
  private func moments(of stops: [FailureStop], _ givings: [Giving]) -> [Moment] {
    var moments: [Moment] = []
    var rest = givings[...]
    func given(before step: Int) -> ArraySlice<Giving> { rest.prefix { $0.step < step } }
    for stretch in stretches(of: stops) {
      let earlier = given(before: stops[stretch.lowerBound].step)
      if !earlier.isEmpty { moments.append(.givings(earlier)) }
      rest = rest[earlier.endIndex...]
      moments.append(.stops(stretch, isLast: rest.isEmpty && stretch.upperBound == stops.count))
    }
    return moments + (rest.isEmpty ? [] : [.givings(rest)])
  }

  /// The stops that share a line: one each, but for those of one chain in a row that it passed through.
  private func stretches(of stops: [FailureStop]) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    var place = 0
    while place < stops.count {
      let stop = stops[place]
      var end = place + 1
      while end < stops.count, stop.what == .passedThrough, stops[end].what == .passedThrough,
        stops[end].ref.deferred == stop.ref.deferred
      { end += 1 }
      stretches.append(place..<end)
      place = end
    }
    return stretches
  }

  private func line(
    for stretch: ArraySlice<FailureStop>, of failure: FailureState, isLast: Bool, _ telling: Telling
  ) -> String {
    guard let stop = stretch.first, let last = stretch.last else { return "" }
    guard stretch.count > 1 else {
      return "Step \(stop.step): \(line(for: stop, of: failure, isLast: isLast, telling))"
    }
    return "Steps \(stop.step) to \(last.step): stages \(stop.ref.stage) to \(last.ref.stage) of "
      + "\(telling.name(stop.ref.deferred)) have no errback, so it passed through."
  }

  /// - Parameter isLast: whether no stop comes after it.
  private func line(
    for stop: FailureStop, of failure: FailureState, isLast: Bool, _ telling: Telling
  ) -> String {
    switch telling.kind(of: stop.ref) {
    case .slot(let group, let index): return slotLine(failure, group, index, telling)
    case .chainTo(let other) where stop.what == .handling:
      return "it was handed on to \(telling.name(other))."
    default: break
    }
    if case .library(let work) = telling.kind(of: stop.ref), work != "later", !isLast,
      let line = libraryLine(work, for: stop, telling)
    {
      return line
    }
    if case .movedTo(let outer) = stop.what { return moveLine(stop, failure.id, to: outer, telling) }
    return handlerLine(for: stop, of: failure, isLast: isLast, telling)
  }

  /// Work of the library on its way, which is not what a person looks for; nil for what is told otherwise.
  private func libraryLine(_ work: String, for stop: FailureStop, _ telling: Telling) -> String? {
    let stage = "stage \(stop.ref.stage) of \(telling.name(stop.ref.deferred)), the library's own (\(work))"
    return switch stop.what {
    case .letThrough: "\(stage), let it go on."
    case .trapped, .swallowed: "\(stage), was done with it; it went on elsewhere."
    default: nil
    }
  }

  /// What a handler made of it.
  private func handlerLine(
    for stop: FailureStop, of failure: FailureState, isLast: Bool, _ telling: Telling
  ) -> String {
    let who = telling.name(stop.ref.deferred)
    let handler = "\(telling.handler(stop.ref)) of \(who)"
    let found = handler + found(stop.ref)
    switch stop.what {
    case .passedThrough, .movedTo:
      return "stage \(stop.ref.stage) of \(who) has no errback, so it passed through."
    case .handling:
      return isLast ? "\(handler) got it, and still runs." : "\(handler) got it, and while it ran:"
    case .notTrapped(let types) where telling.passage(at: stop.ref)?.isFailureReturned == true:
      return "\(found) asked for \(telling.list(types, "or")), and passed it on."
    case .notTrapped(let types):
      return "\(found) traps only \(telling.list(types)), so it stayed on the errback line."
    case .letThrough: return "\(handler) passed it on as it is."
    case .trapped(let by?): return "\(found) trapped it, asking for \(by)\(gave(stop.ref, telling))."
    case .trapped(nil):
      let asked = telling.passage(at: stop.ref)?.asked.map {
        ", though it asked for \(telling.list($0, "or")) only"
      }
      return "\(found) took it\(asked ?? " without asking for a type")\(gave(stop.ref, telling))."
    case .swallowed:
      guard isLast else { return "\(handler) was done with it, and gave none; it went on elsewhere." }
      let isSilent = if case .swallowed = failure.fate { true } else { false }
      return
        "\(found) took it without asking for a type, and gave none\(isSilent ? ": it was swallowed" : "")."
    case .became(let next):
      return "\(found) \(gaveVerb(stop.ref, telling)) \(number(next)) in its place, \(telling.failure(next))."
    }
  }

  /// How a handler gave another Failure for the one that came in.
  private func gaveVerb(_ ref: StageRef, _ telling: Telling) -> String {
    guard let left = telling.passage(at: ref)?.leftAt,
      case .left(_, _, _, let end) = world.records.record(at: left).event
    else { return "raised" }
    return switch end {
    case .raised: "raised"
    case .returnedFailure: "returned"
    case .returned, .returnedDeferred: "gave"
    }
  }

  /// A member of a group brings it the Failure.
  private func slotLine(
    _ failure: FailureState, _ group: DeferredID, _ index: Int, _ telling: Telling
  ) -> String {
    let into = "it went into slot \(index) of \(telling.name(group))"
    guard case .failure(let next)? = world.deferreds.at(group)?.firedWith,
      world.failures.at(next)?.from == failure.id
    else { return "\(into)." }
    return "\(into), which failed with \(number(next)), \(telling.type(next))."
  }

  /// It goes to a Deferred that waited, or into a generator.
  private func moveLine(
    _ stop: FailureStop, _ failure: FailureID, to outer: DeferredID, _ telling: Telling
  ) -> String {
    let name = telling.name(outer)
    if outer == stop.ref.deferred {
      guard case .gotFrom(let inner)? = telling.passage(at: stop.ref)?.state else {
        return "\(name) took it."
      }
      return "\(name) took it from \(telling.name(inner)), which its handler had returned."
    }
    let inner = telling.name(stop.ref.deferred)
    guard let state = world.deferreds.at(outer), state.generator != nil else {
      return "it moved on to \(name), which waited for \(inner)."
    }
    let end = state.firedWith == .failure(failure) ? " and did not catch it" : ""
    return "it was thrown into \(name), which waited for \(inner)\(end)."
  }

  /// `, and gave 'a limerick'`: what went on instead of the Failure.
  private func gave(_ ref: StageRef, _ telling: Telling) -> String {
    let passage = telling.passage(at: ref)
    switch (passage?.state, passage?.output) {
    case (.waiting(let inner)?, _), (.gotFrom(let inner)?, _): return ", and gave \(telling.name(inner))"
    case (_, .value(.untold)?): return ", and gave a value that is not told"
    case (_, .value(let text)?): return ", and gave \(telling.value(text))"
    default: return ""
    }
  }
}
