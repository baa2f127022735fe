package import Traces

/// The Deferreds as a tree: at the top those that wait for nobody, below each those that wait for it.
///
/// Nothing is built: rows are found from their neighbours, so that only visible ones cost anything.
package struct DeferredTree {
  /// Longer ways up or down are cut short: no screen shows them, and a circle of waiting must not hang one.
  static let climbLimit = 10_000
  let world: World

  package init(_ world: World) { self.world = world }

  private func isRoot(_ id: DeferredID) -> Bool { world.roots.contains(id) }

  /// The Deferred under which another one stands.
  private func parent(of id: DeferredID) -> DeferredID? {
    guard !isRoot(id), let inner = world.deferreds.at(id)?.waitsFor, world.deferreds.at(inner) != nil else {
      return nil
    }
    return inner
  }

  /// The nearest waiter from one on, that one included, that does not stand at the top itself.
  private func waiter(from start: DeferredID?, by step: (DeferredState) -> DeferredID?) -> DeferredID? {
    var next = start
    while let id = next, let state = world.deferreds.at(id) {
      if !isRoot(id) { return id }
      next = step(state)
    }
    return nil
  }

  private func firstChild(of id: DeferredID) -> DeferredID? {
    waiter(from: world.deferreds.at(id)?.waiters.first) { $0.nextWaiter }
  }

  private func lastChild(of id: DeferredID) -> DeferredID? {
    waiter(from: world.deferreds.at(id)?.waiters.last) { $0.previousWaiter }
  }

  private func sibling(of id: DeferredID, by step: Int) -> DeferredID? {
    if parent(of: id) != nil, let state = world.deferreds.at(id) {
      return step > 0
        ? waiter(from: state.nextWaiter) { $0.nextWaiter }
        : waiter(from: state.previousWaiter) { $0.previousWaiter }
    }
    return step > 0 ? world.roots.next(from: id + 1) : world.roots.previous(from: id - 1)
  }

  /// How many Deferreds stand above it up to the top, counted up to `limit`.
  package func depth(of id: DeferredID, limit: Int = 64) -> Int {
    var depth = 0
    var here = id
    while depth < limit, let above = parent(of: here) {
      here = above
      depth += 1
    }
    return depth
  }

  /// The first row.
  package var first: DeferredID? { world.roots.next(from: 0) }

  /// The last row.
  package var last: DeferredID? {
    world.roots.previous(from: world.deferreds.count - 1).map { deepestLast(of: $0) }
  }

  private func deepestLast(of id: DeferredID) -> DeferredID {
    var here = id
    for _ in 0..<Self.climbLimit {
      guard let child = lastChild(of: here) else { break }
      here = child
    }
    return here
  }

  /// The row below another one.
  package func next(after id: DeferredID) -> DeferredID? {
    if let child = firstChild(of: id) { return child }
    var here = id
    for _ in 0..<Self.climbLimit {
      if let sibling = sibling(of: here, by: 1) { return sibling }
      guard let above = parent(of: here) else { return nil }
      here = above
    }
    return nil
  }

  /// The row above another one.
  package func previous(before id: DeferredID) -> DeferredID? {
    if let sibling = sibling(of: id, by: -1) { return deepestLast(of: sibling) }
    return parent(of: id)
  }

  /// The rows of a window in which `anchor` stands, near the middle where there is room.
  ///
  /// - Complexity: O(height) neighbours.
  package func rows(around anchor: DeferredID, height: Int) -> [DeferredID] {
    guard height > 0, world.deferreds.at(anchor) != nil else { return [] }
    var above: [DeferredID] = []
    var below = [anchor]
    while below.count < height, let next = next(after: below[below.count - 1]) { below.append(next) }
    while above.count < height - 1, let previous = previous(before: above.last ?? anchor) {
      above.append(previous)
    }
    // As many above as stand before the middle, and more where too few follow.
    let wanted = max(height / 2, height - below.count)
    return Array((above.prefix(wanted).reversed() + below).prefix(height))
  }
}
