import Traces

/// Going over and out by how deep records are nested.
///
/// A *block* is a run of records at some depth or deeper. **Over** goes to the last step of this chain's run;
/// from what is no part of a run, past all that the next step calls. **Out** leaves the block for the code
/// around it. Back, each goes to the other end of the same block.
extension Session {
  private func depth(at step: Int) -> Int { timeline.index.depths.depth(at: step) ?? 0 }

  /// Whether a step is part of the run of a chain.
  private func isInRun(_ step: Int) -> Bool {
    guard depth(at: step) > 0 else { return false }
    switch record(at: step)?.event {
    case .entered, .left, .passedThrough, .waits, .took, .resumed, .settled: return true
    default: return false
    }
  }

  func findOver(from step: Int) -> Finding {
    guard step < knownSteps else {
      return isEndKnown ? .nothing(.info("This is the end.")) : .more
    }
    let (here, next) = (depth(at: step), depth(at: step + 1))
    let after: Int?
    if isInRun(step), next >= here {
      after = timeline.index.depths.next(after: step, depth: here - 1)
    } else if next > here {
      after = timeline.index.depths.next(after: step, depth: here)
    } else {
      after = timeline.index.depths.next(after: step + 1, depth: next)
    }
    if let after { return .found(after - 1) }
    return isEndKnown ? .found(knownSteps) : .more
  }

  func findOverBack(from step: Int) -> Finding {
    guard step > 1 else { return .found(0) }
    let (here, before) = (depth(at: step), depth(at: step - 1))
    if isInRun(step), before >= here {
      return .found((timeline.index.depths.previous(before: step, depth: here - 1) ?? 0) + 1)
    }
    if before > here { return .found(timeline.index.depths.previous(before: step, depth: here) ?? 0) }
    return .found(step - 1)
  }

  func findOut(_ way: Goal.Way, from step: Int) -> Finding {
    let here = depth(at: step)
    guard here > 0 else {
      return .nothing(.info("There is nothing to go out of: no code calls this step."))
    }
    if way == .back { return .found(timeline.index.depths.previous(before: step, depth: here - 1) ?? 0) }
    if let after = timeline.index.depths.next(after: step, depth: here - 1) { return .found(after) }
    return isEndKnown ? .found(knownSteps) : .more
  }
}
