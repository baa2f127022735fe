// Who came to have a Failure otherwise than along a chain, and who has it at the end.
extension Stories {
  /// The Deferreds that were given a Failure and are not on its journey, which tells of the others.
  func givings(of failure: FailureState, _ telling: Telling) -> [Giving] {
    let givings = failure.givings
    guard !givings.isEmpty else { return [] }
    var told: Set<DeferredID> = []
    for stop in failure.journey {
      told.insert(stop.ref.deferred)
      if case .movedTo(let outer) = stop.what { told.insert(outer) }
      if case .chainTo(let next) = telling.kind(of: stop.ref) { told.insert(next) }
    }
    // A coroutine's own ends with what it raised.
    if let maker = failure.bornOf, world.deferreds.at(maker)?.generator != nil { told.insert(maker) }
    return givings.filter { told.insert($0.to).inserted }
  }

  /// The Deferreds that have a Failure, and gave it to nobody.
  ///
  /// - Parameter limit: so many of those that were given it are looked at.
  package func holders(of failure: FailureState, limit: Int = .max) -> [DeferredID] {
    guard failure.holderCount > 0 else { return [] }
    return takers(of: failure, limit: limit).filter { id in
      world.deferreds.at(id).map { $0.isHolder && $0.failure == failure.id } ?? false
    }
  }

  /// The Deferreds that were dropped with a Failure, and reported so.
  func losers(of failure: FailureState) -> [DeferredID] {
    takers(of: failure, limit: .max).filter { world.deferreds.at($0)?.unhandled == failure.id }
  }

  /// Those that may have it: who met it last, who was given it, who made it.
  private func takers(of failure: FailureState, limit: Int) -> [DeferredID] {
    var takers = failure.givings(last: limit).map(\.to)
    if case .unhandled(let id) = failure.fate { takers.append(id) }
    for stop in limit == .max ? Array(failure.journey) : [failure.journey.last].compactMap({ $0 }) {
      takers.append(stop.ref.deferred)
      if case .movedTo(let outer) = stop.what { takers.append(outer) }
    }
    if let maker = failure.bornOf { takers.append(maker) }
    var known: Set<DeferredID> = []
    return takers.filter { known.insert($0).inserted }
  }

  /// `Steps 7 to 9: a 1, b 2 and c 3 were fired with it.`
  func line(for givings: ArraySlice<Giving>, _ telling: Telling) -> String {
    guard let first = givings.first, let last = givings.last else { return "" }
    guard givings.count > 1 else {
      let isFiring = if case .fired = world.records.record(at: first.step).event { true } else { false }
      let what = isFiring ? "was fired with it\(ending(first.to, telling))" : "had it then"
      return "Step \(first.step): \(telling.name(first.to)) \(what)."
    }
    let who = names(of: givings.map(\.to), telling)
    return "Steps \(first.step) to \(last.step): \(who) were fired with it."
  }

  /// `a 1, b 2 and c 3`; of many the first ones, and how many more.
  func names(of ids: [DeferredID], _ telling: Telling) -> String {
    let most = ids.count > Self.mostNames ? Self.mostNames - 1 : ids.count
    let rest = ids.count - most
    let names = ids.prefix(most).map { telling.name($0) } + (rest > 0 ? ["\(rest) more"] : [])
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) and \(last)"
  }

  private static var mostNames: Int { 6 }

  /// `, as the loop Monitor.poll stopped with it`: what else ended, if that Deferred tells of a loop's end.
  private func ending(_ id: DeferredID, _ telling: Telling) -> String {
    guard let state = world.deferreds.at(id), state.origin == "loop", let firedAt = state.firedAt else {
      return ""
    }
    // That is told right before.
    for step in stride(from: firedAt - 1, to: max(0, firedAt - 4), by: -1) {
      if case .loopStopped(let actor, _?) = world.records.record(at: step).event,
        let loop = world.actors.at(actor)
      {
        return ", as the loop \(loop.name) stopped with it"
      }
    }
    return ""
  }

  /// Who has it at the end, by name; nil where nobody has.
  func keepers(of failure: FailureState, _ telling: Telling) -> String? {
    let holders = holders(of: failure)
    return holders.isEmpty ? nil : names(of: holders, telling)
  }
}
