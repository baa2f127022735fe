/// What became, or will become, of everything: read off the furthest world that is known.
///
/// The future of a step is in the records after it. While more may come, what has not happened is unknown;
/// once the trace is complete it is certain that it never does.
public struct Stories {
  /// What is true after every record that is known.
  public let world: World
  /// Whether nothing more will come.
  public let isComplete: Bool

  /// Reads the stories off a world.
  ///
  /// - Parameters:
  ///   - world: the furthest one that is known.
  ///   - isComplete: whether nothing more will come.
  public init(world: World, isComplete: Bool) {
    self.world = world
    self.isComplete = isComplete
  }

  /// Whether something happens in this run.
  public enum Reach: Sendable, Equatable {
    /// At this step.
    case at(Int)
    /// Not so far, but more may come.
    case unknown
    /// Not in this run.
    case never
  }

  private func reach(_ step: Int?) -> Reach { step.map { .at($0) } ?? (isComplete ? .never : .unknown) }

  /// When one side of a stage is entered or passed.
  public func reach(of ref: StageRef) -> Reach {
    guard let passage = world.deferreds.at(ref.deferred)?.stages.at(ref.stage)?.passage else {
      return reach(nil)
    }
    return passage.side == ref.side ? .at(passage.step) : .never
  }

  /// When a Deferred gets its first result.
  public func firing(of id: DeferredID) -> Reach {
    guard let state = world.deferreds.at(id) else { return reach(nil) }
    if state.firedAt == nil, world.isUncertain(after: state.madeAt) { return .unknown }
    return reach(state.firedAt)
  }

  /// Whether it is certain that nobody handles a Failure in this run, from its birth on.
  public func isNeverHandled(_ id: FailureID) -> Bool {
    switch world.failures.at(id)?.fate {
    case .unhandled: true
    default: false
    }
  }

  /// What is to be added to the end of a Failure of which none is told, where that may be among what is missing.
  package func reservation(about failure: FailureState) -> String {
    isDoubtful(failure) ? ", as far as is known" : ""
  }

  /// Whether records are missing after the last one that tells of a Failure.
  func isDoubtful(_ failure: FailureState) -> Bool {
    guard case .travelling = failure.fate else { return false }
    return world.isUncertain(after: max(failure.fateAt, failure.journey.last?.step ?? 0))
  }

  /// What will become of a Failure, or has by `step`, in half a sentence: `will be trapped at step 214 by
  /// fall_back`. Nil while nothing is known.
  public func fate(of id: FailureID, at step: Int) -> String? {
    guard let failure = world.failures.at(id) else { return nil }
    let isPast = failure.fateAt <= step
    let telling = Telling(narrator: Narrator(), world: world)
    let when = "at step \(failure.fateAt)"
    let verb = isPast ? "was" : "will be"
    switch failure.fate {
    case .travelling:
      return isComplete ? "is still on its way at the end\(reservation(about: failure))" : nil
    case .trapped(let ref, let by):
      let type = by.map { $0 == failure.type ? "" : ", as \($0)" } ?? ""
      return "\(verb) trapped \(when) by \(telling.handler(ref))\(type)"
    case .swallowed(let ref): return "\(verb) swallowed \(when) by \(telling.handler(ref))"
    case .became(let next): return "\(isPast ? "became" : "will become") \(telling.type(next)) \(when)"
    case .logged: return "\(verb) logged \(when)"
    case .consumed(let by):
      let isCaught = world.deferreds.at(by)?.generator != nil
      return "\(verb) \(isCaught ? "caught" : "taken") \(when) by \(telling.name(by))"
    case .unhandled: return isPast ? "was never handled" : "nobody will handle this"
    }
  }
}
