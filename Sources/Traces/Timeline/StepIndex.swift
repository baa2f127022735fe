/// The steps at which things happen that people look for, in compact form, so that finding the next is O(log n).
package struct StepIndex {
  /// A Failure is born, fires a chain, passes a stage or is let on there, moves to another chain, is trapped,
  /// swallowed or became another, is logged or unhandled.
  package private(set) var failureEvents: [Int32] = []
  /// The first record of each virtual moment: the clock has moved on.
  package private(set) var moments: [Int32] = []
  /// A handler is entered.
  package private(set) var handlers: [Int32] = []
  package private(set) var depths = DepthIndex()
  private var lastTime: Int64?

  package init() {}

  /// Takes the record that leads to `step`.
  mutating func note(_ record: Record, at step: Int) {
    depths.append(record.depth)
    if let lastTime, lastTime != record.time { moments.append(Int32(clamping: step)) }
    lastTime = record.time
    if case .entered = record.event { handlers.append(Int32(clamping: step)) }
    if Self.isFailureEvent(record.event) { failureEvents.append(Int32(clamping: step)) }
  }

  /// Where a handler raises, its Failure is born one step before: that is one event, not two.
  private static func isFailureEvent(_ event: Event) -> Bool {
    switch event {
    case .failureBorn, .unhandled, .lateResultSwallowed(_, .failure), .note("error", _, _, .some),
      .fired(_, .failure), .passedThrough(_, _, .errback), .left(_, _, .errback, _),
      .took(_, _, .failure), .resumed(_, _, _, .failure), .generatorResumed(_, .failure):
      true
    default: false
    }
  }
}

extension [Int32] {
  /// The first of these steps, which are in order, after `step`.
  func next(after step: Int) -> Int? {
    let place = countUp(to: step)
    return place < count ? Int(self[place]) : nil
  }

  /// The last of these steps, which are in order, before `step`.
  func previous(before step: Int) -> Int? {
    let place = countUp(to: step - 1)
    return place > 0 ? Int(self[place - 1]) : nil
  }

  /// How many are at most `step`.
  private func countUp(to step: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if Int(self[middle]) <= step { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
