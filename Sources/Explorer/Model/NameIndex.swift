import Traces

/// Which Deferred, timer or Failures a name means: found in slices and kept, for traces with many of them.
package struct NameIndex {
  private var deferreds: [String: DeferredID] = [:]
  private var timers: [String: TimerID] = [:]
  /// The steps at which Failures are born, in order, by type.
  private var births: [String: [Int32]] = [:]
  /// Up to this step all names are known.
  private(set) var scannedTo = 0

  /// Names beyond this many can't be typed: a bound on memory.
  private static let limit = 200_000
  private static let listLimit = 200

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
    timeline.source.forEachEntry(after: start, through: end) { entry in
      step += 1
      switch entry.kind {
      case .made where !hasAllDeferreds, .timerMade where !hasAllTimers:
        if entry.flags.contains(.hasName) { named.append(step) }
      case .named where !hasAllDeferreds, .failureBorn: named.append(step)
      default: break
      }
    }
    for step in named {
      if let event = timeline.record(at: step)?.event { take(event, at: step, timeline.frontier) }
    }
    scannedTo = end
    return end - start
  }

  private mutating func take(_ event: Event, at step: Int, _ names: World) {
    switch event {
    case .made(let id, _, let name?, _), .named(let id, let name):
      if deferreds.count < Self.limit, deferreds[name] == nil { deferreds[name] = id }
    case .timerMade(let id, _, let told?, _):
      let name = names.timers.at(id)?.name ?? told
      if timers.count < Self.limit, timers[name] == nil { timers[name] = id }
    case .failureBorn(_, let type, _, _, _):
      if births.count < Self.limit || births[type] != nil {
        births[type, default: []].append(Int32(clamping: step))
      }
    default: break
    }
  }

  /// The steps at which Failures of a type are born, in order.
  func births(ofType type: String) -> [Int32] { births[type] ?? [] }

  /// The types of all Failures, in the order of the alphabet, as far as people would want to see them.
  var failureTypes: [String] { births.keys.sorted().prefix(Self.listLimit).map { $0 } }

  /// The first Deferred that got this name.
  func deferred(_ name: String) -> DeferredID? { deferreds[name] }

  /// The first timer of this name.
  func timer(_ name: String) -> TimerID? { timers[name] }
}
