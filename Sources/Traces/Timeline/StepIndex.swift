/// The steps at which things happen that people look for, in compact form, so that finding the next is O(log n).
package struct StepIndex {
  /// A Failure is born, trapped, swallowed, became another, or is unhandled.
  package private(set) var failureEvents: [Int32] = []
  /// The first record of each virtual moment: the clock has moved on.
  package private(set) var moments: [Int32] = []
  /// A handler is entered.
  package private(set) var handlers: [Int32] = []
  package private(set) var depths = DepthIndex()
  private var lastTime: Int64?

  package init() {}

  /// Takes the record that leads to `step`, and the world right after it.
  mutating func note(_ record: Record, at step: Int, in world: @autoclosure () -> World) {
    depths.append(record.depth)
    if let lastTime, lastTime != record.time { moments.append(Int32(clamping: step)) }
    lastTime = record.time
    if case .entered = record.event { handlers.append(Int32(clamping: step)) }
    if Self.isFailureEvent(record.event, in: world()) { failureEvents.append(Int32(clamping: step)) }
  }

  private static func isFailureEvent(_ event: Event, in world: @autoclosure () -> World) -> Bool {
    switch event {
    case .failureBorn, .unhandled, .lateResultSwallowed(_, .failure), .note("error", _, _, .some): true
    case .left(let id, let stage, .errback, _):
      // What came in went no further: trapped, swallowed, or another Failure came out.
      if let passage = world().deferreds.at(id)?.stages.at(stage)?.passage, case .failure = passage.input {
        passage.state != .letThrough
      } else {
        false
      }
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
