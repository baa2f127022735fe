/// Which Failure took the place of which, and where that leads: found once for all of them.
///
/// Many may lead to one, and on from there for long: whoever followed each to its end would take for ever.
struct Successions {
  private let next: [Int32]
  private let last: [Int32]
  /// How many there are from each on, itself too.
  private let length: [Int32]
  private var later: NumberSet

  private static let none: Int32 = -1
  /// A longer way is no easier to read: its beginning is kept, and its end, which is what counts.
  static let limit = 20

  /// - Parameter next: for each Failure a younger one, or none.
  init(_ next: [FailureID?]) {
    self.next = next.map { $0.map { Int32(clamping: $0) } ?? Self.none }
    var last = self.next.indices.map { Int32(clamping: $0) }
    var length = [Int32](repeating: 1, count: last.count)
    later = NumberSet()
    for id in self.next.indices.reversed() where self.next[id] != Self.none {
      let follower = Int(self.next[id])
      last[id] = last[follower]
      length[id] = length[follower] + 1
      later.insert(follower)
    }
    (self.last, self.length) = (last, length)
  }

  /// Whether it took the place of another.
  func isLater(_ id: FailureID) -> Bool { later.contains(id) }

  /// A Failure, those that took its place, and the last of them; how many are left out before that.
  func chain(from id: FailureID) -> (chain: [FailureID], leftOut: Int) {
    var chain = [id]
    let most = min(Int(length[id]), Self.limit)
    while chain.count < most - 1 { chain.append(Int(next[chain[chain.count - 1]])) }
    if most > 1 { chain.append(Int(last[id])) }
    return (chain, Int(length[id]) - chain.count)
  }
}

/// Where those Failures led that were looked at so far. One that was the last may have become another meanwhile: from
/// there the way goes on.
public struct LastFailures: Sendable {
  var lasts: [FailureID: FailureID] = [:]
  public init() {}
}
