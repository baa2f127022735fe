import Traces

/// Which Deferred or timer a name means: found in slices and kept, for traces with many of them.
package struct NameIndex {
  private var deferreds: [String: DeferredID] = [:]
  private var timers: [String: TimerID] = [:]
  /// Up to this step all names are known.
  private(set) var scannedTo = 0

  /// Names beyond this many can't be typed: a bound on memory.
  private static let limit = 200_000

  /// Looks at up to `budget` more of the records that the timeline knows, and reads those that give names.
  ///
  /// - Returns: How many it looked at.
  mutating func scan(_ timeline: Timeline, budget: Int) -> Int {
    let start = scannedTo
    let end = min(timeline.frontier.step, start + budget)
    guard end > start else { return 0 }
    var named: [Int] = []
    var step = start
    let (hasAllDeferreds, hasAllTimers) = (deferreds.count >= Self.limit, timers.count >= Self.limit)
    if !hasAllDeferreds || !hasAllTimers {
      timeline.source.forEachEntry(after: start, through: end) { entry in
        step += 1
        switch entry.kind {
        case .made where !hasAllDeferreds, .timerMade where !hasAllTimers:
          if entry.flags.contains(.hasName) { named.append(step) }
        case .named where !hasAllDeferreds: named.append(step)
        default: break
        }
      }
    }
    for step in named {
      if let event = timeline.record(at: step)?.event { take(event, timeline.frontier) }
    }
    scannedTo = end
    return end - start
  }

  private mutating func take(_ event: Event, _ names: World) {
    switch event {
    case .made(let id, _, let name?, _), .named(let id, let name):
      if deferreds.count < Self.limit, deferreds[name] == nil { deferreds[name] = id }
    case .timerMade(let id, _, let told?, _):
      let name = names.timers.at(id)?.name ?? told
      if timers.count < Self.limit, timers[name] == nil { timers[name] = id }
    default: break
    }
  }

  /// The first Deferred that got this name.
  func deferred(_ name: String) -> DeferredID? { deferreds[name] }

  /// The first timer of this name.
  func timer(_ name: String) -> TimerID? { timers[name] }
}
