/// The steps a person jumped from, so that `[` goes back to them and `]` on again.
///
/// Steps of one are not moments: one key undoes them. At most ``limit`` are kept, the oldest go first.
package struct VisitedMoments: Equatable, Sendable {
  package static let limit = 100

  /// In the order in which they were left.
  package private(set) var steps: [Int] = []
  /// How many of `steps` lie behind; the rest lie ahead, for `]`.
  package private(set) var position = 0

  package init() {}

  package var canGoBack: Bool { position > 0 }
  package var canGoOn: Bool { position < steps.count - 1 }

  /// A jump leaves `step`: what lay ahead is forgotten.
  package mutating func leave(_ step: Int) {
    steps.removeSubrange(position...)
    if steps.last != step { steps.append(step) }
    if steps.count > Self.limit { steps.removeFirst(steps.count - Self.limit) }
    position = steps.count
  }

  /// The same moments in another run; those that are not found there are left out.
  func moved(_ find: (Int) -> Int?) -> VisitedMoments {
    var moved = VisitedMoments()
    for (index, step) in steps.enumerated() {
      guard let step = find(step) else { continue }
      moved.steps.append(step)
      if index < position { moved.position += 1 }
    }
    return moved
  }

  /// The moment before this one; `here` is kept, so that ``goOn()`` can return to it.
  package mutating func goBack(from here: Int) -> Int? {
    guard position > 0 else { return nil }
    if position == steps.count, steps.last != here {
      steps.append(here)
    } else if position == steps.count {
      position -= 1
      guard position > 0 else { return nil }
    }
    position -= 1
    return steps[position]
  }

  /// The moment after this one.
  package mutating func goOn() -> Int? {
    guard canGoOn else { return nil }
    position += 1
    return steps[position]
  }
}
