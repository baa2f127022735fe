/// Where a key may lead.
public enum Landmark: Sendable, CaseIterable {
  /// The end of the run of the chain whose record this is; backwards, what began that run.
  case endOfRun
  /// The next record that is less deeply nested; backwards, the record inside which this one happened.
  case outside
  /// The next virtual moment: the first record after the clock has moved.
  case moment
  /// A Failure is born, trapped, swallowed, became another, is logged or reported unhandled.
  case failureEvent
  /// A handler is entered.
  case handler
}

/// What came of looking for a step.
public enum Finding: Sendable, Equatable {
  case found(Int)
  /// Not among the records taken in so far, but more may come: extend the timeline and ask again.
  case notYet
  /// There is none.
  case none
}

extension Timeline {
  /// The nearest landmark after `step` (before it, where not `forward`), among the records taken in.
  ///
  /// - Complexity: O(log n); O(records of the run) to its end, 200,000 at most.
  public func find(_ landmark: Landmark, from step: Int, forward: Bool = true) -> Finding {
    let found: Int? =
      switch landmark {
      case .moment: forward ? index.moments.next(after: step) : index.moments.previous(before: step)
      case .failureEvent:
        forward ? index.failureEvents.next(after: step) : index.failureEvents.previous(before: step)
      case .handler: forward ? index.handlers.next(after: step) : index.handlers.previous(before: step)
      case .outside: outside(from: step, forward: forward)
      case .endOfRun: forward ? endOfRun(from: step) : startOfRun(from: step)
      }
    if let found { return .found(found) }
    return forward && !(source.isAtEnd && frontier.step == count) ? .notYet : .none
  }

  /// The first step at which the clock reads at least `time`, in microseconds.
  ///
  /// - Complexity: O(log n). Where time runs backwards in a trace, one of those steps.
  public func find(time: Int64) -> Finding {
    var (low, high) = (1, frontier.step + 1)
    while low < high {
      let middle = (low + high) / 2
      if source.record(at: middle).time < time { low = middle + 1 } else { high = middle }
    }
    if low <= frontier.step { return .found(low) }
    return stories.isComplete ? .none : .notYet
  }

  /// The Deferreds that are made at one creation site, in order; those that the world of a step does not know are
  /// made later.
  public func deferreds(ofSite site: Int) -> [Int32] {
    index.deferredsOfSites.indices.contains(site) ? index.deferredsOfSites[site] : []
  }

  /// The step at `percent` of what is taken in.
  public func step(atPercent percent: Int) -> Int {
    let bounded = min(max(percent, 0), 100)
    return Int((Double(frontier.step) * Double(bounded) / 100 + 0.5))
  }

  private func outside(from step: Int, forward: Bool) -> Int? {
    guard let depth = index.depths.depth(at: step) else { return forward && step == 0 ? 1 : nil }
    return forward
      ? index.depths.next(after: step, depth: depth - 1)
      : index.depths.previous(before: step, depth: depth - 1)
  }

  // MARK: Runs

  /// A run of one chain: its records stand at `depth`.
  private struct Run {
    var deferred: DeferredID
    var depth: Int
  }

  /// A run of more records than this is gone through in several goes.
  static let runLimit = 200_000

  private func endOfRun(from step: Int) -> Int? {
    guard let depth = index.depths.depth(at: step) else { return step == 0 && count > 0 ? 1 : nil }
    guard let run = run(at: step), !ends(step, run) else {
      return index.depths.next(after: step, depth: depth)
    }
    var here = step
    for _ in 0..<Self.runLimit {
      guard let next = index.depths.next(after: here, depth: run.depth) else { return nil }
      here = next
      if ends(here, run) || index.depths.depth(at: here) ?? 0 < run.depth { break }
    }
    return here
  }

  private func startOfRun(from step: Int) -> Int? {
    guard let depth = index.depths.depth(at: step) else { return nil }
    guard let run = run(at: step), run.depth <= depth else {
      return index.depths.previous(before: step, depth: depth)
    }
    return index.depths.previous(before: step, depth: run.depth - 1)
      ?? index.depths.previous(before: step, depth: run.depth)
  }

  /// Whether the record that leads to `step` is the last of a run.
  private func ends(_ step: Int, _ run: Run) -> Bool {
    guard let record = record(at: step), record.depth == run.depth else { return false }
    switch record.event {
    case .settled(run.deferred, _): return true
    case .waits(run.deferred, _, _): return true
    default: return false
    }
  }

  /// The run which the record at `step` begins, or to which it belongs.
  private func run(at step: Int) -> Run? {
    var here = step
    // Outward through what it is nested in; deeper nesting than this has no run worth looking for.
    for _ in 0..<64 {
      guard let record = record(at: here) else { return nil }
      switch record.event {
      case .fired(let id, _), .unpaused(let id, _), .stageAdded(let id, _, _, _, _):
        // It begins a run if what follows is nested in it.
        if here < step || index.depths.depth(at: here + 1) ?? 0 > record.depth {
          return Run(deferred: id, depth: record.depth + 1)
        }
      case .entered(let id, _, _, _), .left(let id, _, _, _), .passedThrough(let id, _, _),
        .settled(let id, _), .waits(let id, _, _), .took(let id, _, _), .resumed(let id, _, _, _):
        return Run(deferred: id, depth: record.depth)
      default: break
      }
      guard let outer = index.depths.previous(before: here, depth: record.depth - 1) else { return nil }
      here = outer
    }
    return nil
  }
}
