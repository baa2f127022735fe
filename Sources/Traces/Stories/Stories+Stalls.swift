/// A Deferred that gives no result though others wait for it: there a program stalls.
public struct Stall: Equatable, Sendable {
  /// That one; of many that are alike all of them, in order.
  public var deferreds: [DeferredID]
  /// Those that wait for it, each once: handlers that returned it, then coroutines, then groups.
  public var waiters: [DeferredID]
  /// Why they give none.
  public var cause: Cause

  /// Why a Deferred gives no result.
  public enum Cause: Equatable, Sendable {
    /// It never fired.
    case unfired
    /// It has fired, and the program itself has paused it.
    case paused
    /// They wait for each other, each for the next, and the last for the first.
    case circle
  }
}

extension Stories {
  /// How many Deferreds are known never to fire: where records are missing, of those that were made after that.
  ///
  /// - Complexity: O(s) for s creation sites; where records are missing, O(n) for n Deferreds.
  public var unfiredCount: Int {
    world.dropped == 0
      ? world.sites.reduce(0) { $0 + $1.made - $1.fired }
      : world.unfired.lazy.filter { !world.isUncertain(after: world.deferreds[$0].madeAt) }.count
  }

  /// What others wait for at the end, and what waits for nothing itself; those of locks and queues last: they are had
  /// once somebody else comes on.
  ///
  /// Many that were made at one place, and for which others of one place wait, are one: they have one cause.
  ///
  /// - Complexity: O(n log n) for n Deferreds that wait or never fired.
  public var stalls: [Stall] {
    var stalls: [DeferredID: Stall] = [:]
    let waits = waits
    let waiting = Set(waits.map(\.waiter))
    for (waiter, id) in waits where !waiting.contains(id) {
      guard let cause = cause(of: id) else { continue }
      // A group may have a member twice, and tells of all its members in a row.
      let isKnown = stalls[id]?.waiters.last == waiter
      if !isKnown {
        stalls[id, default: Stall(deferreds: [id], waiters: [], cause: cause)].waiters.append(waiter)
      }
    }
    let circles = Self.circles(in: waits).filter { $0.allSatisfy { cause(of: $0) != nil || isWaiting($0) } }
      .map { Stall(deferreds: $0, waiters: $0, cause: .circle) }
    return merged(stalls.values.sorted { order($0) < order($1) }) + circles
  }

  /// Whether anything waits for anything at the end, also where it is not known for what.
  public var isAnyWaiting: Bool { !waits.isEmpty }

  private func isWaiting(_ id: DeferredID) -> Bool {
    world.deferreds.at(id).map { $0.waitsOn != nil && !world.isUncertain(after: $0.madeAt) } ?? false
  }

  /// Why what others wait for gives nothing; nil for what stands still for another reason, or where that is not known.
  private func cause(of id: DeferredID) -> Stall.Cause? {
    guard let state = world.deferreds.at(id), !world.isUncertain(after: state.madeAt) else { return nil }
    if !state.isFired { return .unfired }
    return state.pauseCount > (state.waitsOn == nil ? 0 : 1) ? .paused : nil
  }

  /// More than so many that are alike are told together.
  private static var mostAlike: Int { 3 }

  private func merged(_ stalls: [Stall]) -> [Stall] {
    var places: [[Int]: Int] = [:]
    var causes: [[Stall]] = []
    for stall in stalls {
      let place = places[likeness(of: stall), default: causes.count]
      places[likeness(of: stall)] = place
      if place == causes.count { causes.append([]) }
      causes[place].append(stall)
    }
    let few = causes.flatMap { $0.count > Self.mostAlike ? [whole($0)] : $0 }
    return few.sorted { order($0) < order($1) }
  }

  /// What is the same for those that are alike: where they, and who waits for them, were made.
  private func likeness(of stall: Stall) -> [Int] {
    func site(_ id: DeferredID) -> Int { world.deferreds[id].site ?? -1 - id }
    let process = world.records.recordingNumber(at: world.deferreds[stall.deferreds[0]].madeAt)
    return [process, site(stall.deferreds[0]), site(stall.waiters[0]), stall.cause == .paused ? 1 : 0]
  }

  private func whole(_ stalls: [Stall]) -> Stall {
    var known: Set<DeferredID> = []
    return Stall(
      deferreds: stalls.flatMap(\.deferreds),
      waiters: stalls.flatMap(\.waiters).filter { known.insert($0).inserted }, cause: stalls[0].cause)
  }

  /// Who waits for whom: handlers that returned a Deferred, then coroutines, then groups.
  private var waits: [(waiter: DeferredID, on: DeferredID)] {
    let chains = world.waiting.compactMap { id in world.deferreds[id].waitsOn.map { (id, $0) } }
    let coroutines = world.unfired.compactMap { id -> (DeferredID, DeferredID)? in
      let last = world.deferreds[id].awaits(around: .max, past: 1, future: 0).last
      return last?.resumedAt == nil ? last?.on.map { (id, $0) } : nil
    }
    let groups = world.unfired.flatMap { id -> [(DeferredID, DeferredID)] in
      world.deferreds[id].pendingMembers.map { (id, $0) }
    }
    return chains + coroutines + groups
  }

  private func order(_ stall: Stall) -> (Int, DeferredID) {
    let id = stall.deferreds[0]
    // Its record has the origin too, and is read far more slowly.
    let origin = world.deferreds[id].site.flatMap { world.records.site(Int32($0)) }?.origin ?? ""
    return (["lock", "semaphore", "queue"].contains(origin) ? 1 : 0, id)
  }
}
