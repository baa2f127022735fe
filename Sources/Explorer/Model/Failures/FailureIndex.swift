package import Traces

/// Which Failures of the run are asked for, and how all of them ended: found in slices and kept.
///
/// New ones are looked at once. What was known of the others changes while more comes, so that all are looked at
/// again when a quarter more is known, and at the end (of a recording with many, at the end alone): that costs a few
/// looks at each, however long the trace.
package struct FailureIndex {
  package let filter: FailureFilter?
  private var found = Found()
  /// Those that are asked for, alike ones together, what matters most first.
  package private(set) var groups: [FailureGroup] = []
  /// The pass over all of them that is under way.
  private var again: Found?
  /// What was known when all of them were looked at the last time.
  private var passStep = 0

  /// What a pass over the Failures brings.
  private struct Found {
    /// Of those that are asked for, in order of birth.
    var ids: [Int32] = []
    /// Of all, by ``FateKind``.
    var counts = [Int](repeating: 0, count: FateKind.allCases.count)
    /// The Failures before this one have been looked at.
    var scannedTo = 0
    /// Those that are asked for, by likeness.
    var groups: [FailureGroup] = []
    private var lasts = LastFailures()
    private var groupPlaces: [String: Int] = [:]

    /// Groups beyond this many are those of a hostile file: what comes then joins the last one.
    private static let groupLimit = 5000

    mutating func look(at failure: FailureState, in stories: Stories, for filter: FailureFilter?) {
      let world = stories.world
      let kind = FateKind(failure.fate, in: world)
      counts[kind.rawValue] += 1
      scannedTo += 1
      guard filter?.matches(failure, kind) ?? true else { return }
      let id = Int32(clamping: failure.id)
      ids.append(id)
      let concern = stories.concern(of: failure.id, &lasts)
      let group = FailureGroup(failure, kind, concern, in: world)
      let place = groupPlaces[group.key] ?? (groups.count < Self.groupLimit ? groups.count : groups.count - 1)
      if place == groups.count {
        groupPlaces[group.key] = place
        groups.append(group)
      }
      groups[place].members.append(id)
      if concern < groups[place].concern { (groups[place].concern, groups[place].worst) = (concern, 0) }
      if concern == groups[place].concern { groups[place].worst += 1 }
    }
  }

  package init(_ filter: FailureFilter? = nil) { self.filter = filter }

  /// The Failures that are asked for, in order of birth.
  package var ids: [Int32] { found.ids }
  /// How many Failures have been looked at.
  package var scannedTo: Int { found.scannedTo }
  package func count(of kind: FateKind) -> Int { found.counts[kind.rawValue] }

  /// So few are looked at again whenever more is known.
  private static let fewFailures = 256

  private func isStale(_ timeline: Timeline) -> Bool {
    let world = timeline.frontier
    // While a long recording is read, reading comes first: what has become of the early ones is looked at then.
    guard timeline.isComplete || timeline.source.recording == nil || found.scannedTo <= Self.fewFailures
    else {
      return false
    }
    guard passStep < world.step, found.scannedTo > 0 else { return false }
    return timeline.stories.isComplete || found.scannedTo <= Self.fewFailures
      || world.step - passStep >= passStep / 4
  }

  /// Whether there is something to look at.
  package func hasMore(_ timeline: Timeline) -> Bool {
    found.scannedTo < timeline.frontier.failures.count || again != nil || isStale(timeline)
  }

  /// Looks at up to `budget` Failures.
  package mutating func scan(_ timeline: Timeline, budget: Int) {
    look(timeline, budget: budget)
    groups = found.groups.sorted(by: FailureGroup.comes)
  }

  private mutating func look(_ timeline: Timeline, budget: Int) {
    let stories = timeline.stories
    let world = stories.world
    var left = budget
    if found.scannedTo == 0 { passStep = world.step }
    while left > 0, let failure = world.failures.at(found.scannedTo) {
      found.look(at: failure, in: stories, for: filter)
      left -= 1
    }
    guard left > 0 else { return }
    if again == nil {
      guard isStale(timeline) else { return }
      passStep = world.step
      again = Found()
    }
    while left > 0, let failure = again.flatMap({ world.failures.at($0.scannedTo) }) {
      again?.look(at: failure, in: stories, for: filter)
      left -= 1
    }
    if let again, again.scannedTo == world.failures.count {
      found = again
      self.again = nil
    }
  }

  /// The members of a group.
  package func members(ofGroup key: String) -> [Int32] {
    groups.first { $0.key == key }?.members ?? []
  }
}
