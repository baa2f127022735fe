/// A Deferred that never fired though others wait for it: there a program stalls.
public struct Stall: Equatable, Sendable {
  public var deferred: DeferredID
  /// The first that waits for it, and how many do.
  public var waiter: DeferredID
  public var waiters: Int
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
  /// - Complexity: O(n log n) for n Deferreds that wait or never fired.
  public var stalls: [Stall] {
    var stalls: [DeferredID: Stall] = [:]
    var waiters: Set<DeferredID> = []
    for (waiter, id) in waits {
      waiters.insert(waiter)
      stalls[id, default: Stall(deferred: id, waiter: waiter, waiters: 0)].waiters += 1
    }
    let ends = stalls.values.filter {
      world.deferreds.at($0.deferred)?.isFired == false && !waiters.contains($0.deferred)
    }
    return ends.sorted { order($0) < order($1) }
  }

  /// Who waits for whom: handlers that returned a Deferred, then coroutines, then groups.
  private var waits: [(waiter: DeferredID, on: DeferredID)] {
    let chains = world.waiting.compactMap { id in world.deferreds[id].waitsOn.map { (id, $0) } }
    let coroutines = world.unfired.compactMap { id -> (DeferredID, DeferredID)? in
      let last = world.deferreds[id].awaits(around: .max, past: 1, future: 0).last
      return last?.resumedAt == nil ? last?.on.map { (id, $0) } : nil
    }
    let groups = world.unfired.flatMap { id -> [(DeferredID, DeferredID)] in
      guard let group = world.deferreds[id].group else { return [] }
      return zip(group.members, group.slots).compactMap { member, slot in slot == nil ? (id, member) : nil }
    }
    return chains + coroutines + groups
  }

  private func order(_ stall: Stall) -> (Int, DeferredID) {
    let isShared = ["lock", "semaphore", "queue"].contains(world.deferreds[stall.deferred].origin)
    return (isShared ? 1 : 0, stall.deferred)
  }
}
