extension Stories {
  /// Deferreds that wait for each other, and so never go on: each circle once, beginning with its first.
  ///
  /// - Complexity: O(n) for n waits.
  static func circles(in waits: [(waiter: DeferredID, on: DeferredID)]) -> [[DeferredID]] {
    let next = waitsWithoutEnd(waits)
    var seen: Set<DeferredID> = []
    var circles: [[DeferredID]] = []
    for start in next.keys.sorted() {
      var path: [DeferredID] = []
      var id = start
      while seen.insert(id).inserted, let following = next[id] {
        path.append(id)
        id = following
      }
      if let place = path.firstIndex(of: id) { circles.append(Array(path[place...])) }
    }
    return circles.map { circle in
      let first = circle.indices.min { circle[$0] < circle[$1] } ?? 0
      return Array(circle[first...] + circle[..<first])
    }
  }

  /// Of those that wait for nothing that could end, whom each waits for: the first of them that does so too.
  private static func waitsWithoutEnd(
    _ waits: [(waiter: DeferredID, on: DeferredID)]
  ) -> [DeferredID: DeferredID] {
    var open: [DeferredID: Int] = [:]
    var waiters: [DeferredID: [DeferredID]] = [:]
    for (waiter, on) in waits {
      open[waiter, default: 0] += 1
      waiters[on, default: []].append(waiter)
    }
    // Whoever waits only for what has an end has one, too.
    var ended = waiters.keys.filter { open[$0] == nil }
    while let id = ended.popLast() {
      for waiter in waiters[id] ?? [] {
        open[waiter]! -= 1
        if open[waiter] == 0 { ended.append(waiter) }
      }
    }
    var next: [DeferredID: DeferredID] = [:]
    for (waiter, on) in waits where open[waiter]! > 0 && open[on, default: 0] > 0 && next[waiter] == nil {
      next[waiter] = on
    }
    return next
  }
}
