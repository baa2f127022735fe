/// Failures that went the same way: of one type, and ended alike in the same place.
public struct FailureKin: Sendable, Equatable {
  /// Their numbers, in the order of their births.
  public var members: [FailureID]
  /// The first of them, and what became of it: the Failure that took its place, and so on.
  public var chain: [FailureID]
  /// How many are left out of a long chain, before its last.
  public var leftOut = 0
  /// Their type, with the message where all have the same.
  public var title: String
  /// How they ended, in half a sentence: `trapped as OSError by fall_back`.
  public var end: String
  /// How much a person who asks what went wrong wants to hear of them.
  public var concern: Concern

  /// What is told first comes first.
  public enum Concern: Int, Sendable, Comparable {
    /// Nobody handled it.
    case unhandled
    /// It was written into the log.
    case logged
    /// It had not ended when the trace did.
    case travelling
    /// An errback of the program's own took it, asked for no type of its, and gave none.
    case swallowed
    /// Somebody gave something for it.
    case handled
    /// An installed package's did so: often just how it goes about things.
    case silentInPackage
    /// A handler of an installed package gave something for it.
    case handledInPackage

    public static func < (one: Concern, other: Concern) -> Bool { one.rawValue < other.rawValue }
  }
}

extension Stories {
  /// All Failures, those that went the same way together; what matters most comes first.
  ///
  /// One that took the place of another belongs to that one, and is no member of its own.
  ///
  /// - Complexity: O(Failures, and the stages that they met)
  public var kin: [FailureKin] {
    let telling = Telling(narrator: Narrator(), world: world)
    let noted = Set(world.logCores.map(\.failure))
    let successions = Successions(world.failures.map { next(after: $0) })
    var groups: [FailureKin] = []
    var places: [String: Int] = [:]
    for failure in world.failures where !successions.isLater(failure.id) {
      let (chain, leftOut) = successions.chain(from: failure.id)
      let (end, concern) = (end(of: chain, leftOut: leftOut, telling), concern(of: chain))
      let isNoted = noted.contains(Int32(clamping: chain[chain.count - 1]))
      let key = route(of: chain, end, concern, telling) + (isNoted ? "noted" : "")
      if let place = places[key] {
        groups[place].members.append(failure.id)
        if groups[place].title != failure.title { groups[place].title = failure.type }
      } else {
        places[key] = groups.count
        groups.append(
          FailureKin(
            members: [failure.id], chain: chain, leftOut: leftOut, title: failure.title, end: end,
            concern: concern))
      }
    }
    // Sorting by concern alone would not keep their order.
    return groups.enumerated().sorted { ($0.element.concern, $0.offset) < ($1.element.concern, $1.offset) }
      .map(\.element)
  }

  /// The Failure that took the place of one: raised instead of it, or made by a group that it went into.
  private func next(after failure: FailureState) -> FailureID? {
    let next: FailureID? =
      switch failure.fate {
      case .became(let next): next
      case .consumed(let group):
        if case .failure(let made)? = world.deferreds.at(group)?.firedWith { made } else { nil }
      default: nil
      }
    guard let next, let state = world.failures.at(next), next > failure.id else { return nil }
    if case .consumed = failure.fate, state.from != failure.id { return nil }
    return next
  }

  /// A Failure, the one that took its place, and so on, to the last; how many of a long way are left out before it.
  ///
  /// - Complexity: O(those that took each other's place)
  public func chain(from id: FailureID) -> (chain: [FailureID], leftOut: Int) {
    var (chain, count, last) = ([id], 1, id)
    // Each is younger than the one before, so this ends.
    while let state = world.failures.at(last), let next = next(after: state) {
      (count, last) = (count + 1, next)
      if count < Successions.limit { chain.append(next) }
    }
    if count >= Successions.limit { chain.append(last) }
    return (chain, count - chain.count)
  }

  /// What is the same for those that went the same way.
  private func route(
    of chain: [FailureID], _ end: String, _ concern: FailureKin.Concern, _ telling: Telling
  ) -> String {
    let states = chain.compactMap { world.failures.at($0) }
    var words = states.map(\.type) + [end, "\(concern)"]
    if concern < .handled {
      // Their stories are told: they must be one.
      for state in states {
        words.append(
          state.bornPlace.map { placeText($0) } ?? state.bornBy.map { birthplace($0, telling) } ?? "")
        words += state.journey.prefix(100).map {
          "\(withoutNumber(telling.name($0.ref.deferred))) \(telling.handler($0.ref)) \(answer($0.what, telling))"
        }
        words += givings(of: state, telling).prefix(100).map { withoutNumber(telling.name($0.to)) }
        if case .unhandled(let id) = state.fate { words.append(withoutNumber(telling.name(id))) }
      }
    }
    return words.joined(separator: "\n")
  }

  /// What ran when one was born, without the numbers that tell those of a kind apart.
  private func birthplace(_ frame: Frame, _ telling: Telling) -> String {
    switch frame {
    case .handler(let id, let stage, let side):
      let handler = telling.handler(StageRef(deferred: id, stage: stage, side: side))
      return "\(handler) of \(withoutNumber(telling.name(id)))"
    case .canceller(let id): return "canceller of \(withoutNumber(telling.name(id)))"
    case .timer, .call: return withoutNumber(telling.doer(frame))
    }
  }

  /// What a stage made of one, in a word and without numbers.
  private func answer(_ what: FailureStop.What, _ telling: Telling) -> String {
    switch what {
    case .passedThrough: "passed"
    case .handling: "runs"
    case .notTrapped(let types): "asked \(types.joined(separator: " "))"
    case .letThrough: "let through"
    case .trapped(let type): "trapped \(type ?? "")"
    case .swallowed: "swallowed"
    case .became(let next): "became \(telling.type(next))"
    case .movedTo(let id): "moved to \(withoutNumber(telling.name(id)))"
    }
  }

  /// How much a person who asks what went wrong wants to hear of a Failure, and of what took its place.
  ///
  /// - Parameter known: what was found out for others, so that a long way is gone once and not again for each on it.
  public func concern(of id: FailureID, _ known: inout LastFailures) -> FailureKin.Concern {
    var (last, passed) = (id, [FailureID]())
    while let next = known.lasts[last] ?? world.failures.at(last).flatMap({ next(after: $0) }) {
      passed.append(last)
      last = next
    }
    for id in passed { known.lasts[id] = last }
    return concern(of: [last])
  }

  private func concern(of chain: [FailureID]) -> FailureKin.Concern {
    guard let last = chain.last.flatMap({ world.failures.at($0) }) else { return .handled }
    switch last.fate {
    case .unhandled: return .unhandled
    case .logged: return .logged
    case .travelling: return .travelling
    case .swallowed(let ref): return isInPackage(ref) ? .silentInPackage : .swallowed
    case .trapped(let ref, let type):
      // It asked for other types, and gave none for this one all the same.
      let isSilent =
        type == nil && passage(at: ref)?.output == .value(.none) && passage(at: ref)?.asked != nil
      if isSilent { return isInPackage(ref) ? .silentInPackage : .swallowed }
      return isInPackage(ref) ? .handledInPackage : .handled
    case .became, .consumed: return .handled
    }
  }

  private func passage(at ref: StageRef) -> Passage? {
    world.deferreds.at(ref.deferred)?.stages.at(ref.stage)?.passage
  }
}
