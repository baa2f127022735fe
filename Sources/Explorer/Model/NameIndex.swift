import Traces

/// Which Deferred or timer a name means: found in slices and kept, for traces with many of them.
package struct NameIndex {
  private var deferreds: [String: DeferredID] = [:]
  private var timers: [String: TimerID] = [:]
  /// Up to this step all names are known.
  private(set) var scannedTo = 0

  /// Names beyond this many can't be typed: a bound on memory.
  private static let limit = 200_000

  /// Looks at up to `budget` more of the records that the timeline knows.
  ///
  /// - Returns: How many it looked at.
  mutating func scan(_ timeline: Timeline, budget: Int) -> Int {
    let start = scannedTo
    let end = min(timeline.frontier.step, start + budget)
    while scannedTo < end {
      scannedTo += 1
      switch timeline.record(at: scannedTo)?.event {
      case .made(let id, _, let name?, _), .named(let id, let name):
        if deferreds.count < Self.limit, deferreds[name] == nil { deferreds[name] = id }
      case .timerMade(let id, _, let name?):
        if timers.count < Self.limit, timers[name] == nil { timers[name] = id }
      default: break
      }
    }
    return scannedTo - start
  }

  /// The first Deferred that got this name.
  func deferred(_ name: String) -> DeferredID? { deferreds[name] }

  /// The first timer of this name.
  func timer(_ name: String) -> TimerID? { timers[name] }
}
