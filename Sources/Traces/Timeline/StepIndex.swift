/// The steps at which things happen that people look for, in compact form, so that finding the next is O(log n).
package struct StepIndex {
  /// A Failure is born, fires a chain, passes a stage or is let on there, moves to another chain, is trapped,
  /// swallowed or became another, is logged or unhandled.
  package private(set) var failureEvents = StepSet()
  /// The first record of each virtual moment: the clock has moved on.
  package private(set) var moments = StepSet()
  /// A handler is entered.
  package private(set) var handlers = StepSet()
  package private(set) var depths = DepthIndex()
  /// The Deferreds of each creation site, in order.
  package private(set) var deferredsOfSites: [[Int32]] = []
  private var lastTime: Int64?

  package init() {}

  /// Takes the entry that leads to `step`.
  mutating func note(_ entry: Entry, at step: Int) {
    depths.append(entry.depth)
    if let lastTime, lastTime != entry.time { moments.append(step) }
    lastTime = entry.time
    if entry.kind == .entered { handlers.append(step) }
    if Self.isFailureEvent(entry) { failureEvents.append(step) }
    if entry.kind == .made { note(entry.id, ofSite: Int(entry.other)) }
  }

  private mutating func note(_ id: Int32, ofSite site: Int) {
    // Sites come in order; another number is that of a store which does not keep to this.
    guard id >= 0, site >= 0, site <= deferredsOfSites.count else { return }
    if site == deferredsOfSites.count { deferredsOfSites.append([]) }
    if deferredsOfSites[site].last ?? -1 < id { deferredsOfSites[site].append(id) }
  }

  /// Where a handler raises, its Failure is born one step before: that is one event, not two.
  private static func isFailureEvent(_ entry: Entry) -> Bool {
    switch entry.kind {
    case .failureBorn, .unhandled: true
    case .lateResultSwallowed, .fired, .took, .resumed, .generatorResumed: entry.what == .failure
    case .passedThrough, .left: entry.flags.contains(.isErrback)
    case .note: entry.flags.contains(.isError) && entry.other >= 0
    default: false
    }
  }
}
