package import Traces

/// The Failures that their panel lists, by row from 0.
package enum FailureRows {
  /// All up to that many.
  case all(Int)
  /// These, in order of birth.
  case some([Int32])

  package var count: Int {
    switch self {
    case .all(let count): count
    case .some(let ids): ids.count
    }
  }

  /// The Failure in a row.
  package subscript(row: Int) -> FailureID? {
    guard row >= 0, row < count else { return nil }
    if case .some(let ids) = self { return Int(ids[row]) }
    return row
  }

  /// The row of a Failure; of one that is not listed, that of the last before it.
  package func row(of id: FailureID) -> Int {
    switch self {
    case .all(let count): max(0, min(id, count - 1))
    case .some(let ids): max(0, placeAfter(id, in: ids) - 1)
    }
  }
}

extension Session {
  /// What the Failures panel lists: those so far; in a recording, or under a filter, those of the whole run.
  package var failureRows: FailureRows {
    if case .group(let key) = failuresView { return .some(failures.members(ofGroup: key)) }
    if failures.filter != nil { return .some(failures.ids) }
    return .all((source.isRecording ? timeline.frontier : timeline.world).failures.count)
  }

  /// The Failure whose row is selected: by itself the one that takes part in the current step, else the newest.
  package var shownFailure: FailureID? {
    let rows = failureRows
    guard rows.count > 0 else { return nil }
    let born = timeline.world.failures.count
    let followed = record?.event.failure.flatMap { $0 >= 0 && $0 < born ? $0 : nil } ?? max(0, born - 1)
    return rows[rows.row(of: selection.failure ?? followed)]
  }

  /// How many Failures one slice looks at.
  static let failureBudget = 500
  /// How many are looked at before each frame, so that a short run needs no slices.
  static let failureGlance = 100

  /// Looks on at Failures, where there is something to look at.
  mutating func lookAtFailures(budget: Int = failureBudget) {
    guard failures.hasMore(timeline) else { return }
    var index = failures
    // Out of the Session while it grows, so that it is not copied.
    failures = FailureIndex()
    index.scan(timeline, budget: budget)
    failures = index
  }

  /// Shows only these Failures.
  mutating func filterFailures(_ filter: FailureFilter?) {
    failuresView = .list
    failures = FailureIndex(filter)
    selection.failure = nil
    lookAtFailures()
  }

  /// Goes from the list to the groups of those that are alike, to each fate that occurs, and round.
  mutating func cycleFailures(by places: Int) -> Message {
    // Which Failures there are does not depend on the filter, but what is in the groups does.
    let fates = FateKind.allCases.filter { failures.count(of: $0) > 0 }
    let fate: FateKind? = failures.filter?.fates.count == 1 ? failures.filter?.fates.first : nil
    let now = failuresView != .list ? 1 : fate.flatMap { fates.firstIndex(of: $0) }.map { $0 + 2 } ?? 0
    let next = (now + places + fates.count + 2) % (fates.count + 2)
    let wanted = next >= 2 ? fates[next - 2] : nil
    let text = failures.filter?.text(withFate: wanted) ?? wanted.map { "fate:\($0.word)" } ?? ""
    filterFailures(try? FailureFilter(text))
    if next == 1 {
      failuresView = .groups
      return .info("Failures that are alike share a row; Enter shows those of one.")
    }
    guard let wanted else { return .info("Failures of all fates are listed.") }
    return .info("Only Failures that \(wanted.phrase) are listed; v goes on to the next fate.")
  }

  /// The row of the group that is selected, or that the shown Failure is in.
  var shownGroupRow: Int {
    guard let id = selection.failure ?? shownFailure else { return 0 }
    return failures.groups.firstIndex { placeAfter(id, in: $0.members) > placeAfter(id - 1, in: $0.members) }
      ?? 0
  }

  mutating func moveInGroups(_ move: RowMove) {
    let groups = failures.groups
    guard !groups.isEmpty else { return }
    let row = move.target(from: shownGroupRow, count: groups.count)
    selection.failure = groups[row].members.first.map { Int($0) }
  }

  /// Shows the Failures of the group that is selected.
  mutating func enterGroup() -> Message? {
    let groups = failures.groups
    guard groups.indices.contains(shownGroupRow) else { return nil }
    failuresView = .group(groups[shownGroupRow].key)
    return .info("Failures that are alike; Esc shows the groups again, v goes on.")
  }

  /// The next or previous birth of a Failure that is listed.
  mutating func findFailure(_ way: Goal.Way, from position: Int) -> Lookup {
    let before = failures.scannedTo
    lookAtFailures()
    let known = timeline.frontier.failures
    if way == .back, failures.scannedTo < known.count { return .looked(failures.scannedTo - before) }
    var ids = failures.ids
    if case .group(let key) = failuresView { ids = failures.members(ofGroup: key) }
    var (low, high) = (0, ids.count)
    let bound = way == .forward ? position : position - 1
    while low < high {
      let middle = (low + high) / 2
      if known[Int(ids[middle])].firstToldAt <= bound { low = middle + 1 } else { high = middle }
    }
    let place = way == .forward ? low : low - 1
    if ids.indices.contains(place) { return .found(known[Int(ids[place])].firstToldAt) }
    if failures.hasMore(timeline) { return .looked(failures.scannedTo - before) }
    if way == .forward, !isAllLookedAt { return .more }
    let what = failures.filter.map { "Failure of \($0.text)" } ?? "Failure"
    guard way == .back || isEndKnown else {
      return .nothing(.info("No \(ids.isEmpty ? "" : "later ")\(what) had come yet."))
    }
    return .nothing(.info("No \(what) is born \(way == .forward ? "after" : "before") this step."))
  }
}

extension FateKind {
  /// What is said of those that ended so: `were swallowed`.
  var phrase: String {
    switch self {
    case .unhandled: "nobody handled"
    case .alive: "nothing has become of"
    case .swallowed: "were swallowed"
    case .logged: "were logged"
    case .became: "became others"
    case .trapped: "were trapped"
    case .caught: "a coroutine caught"
    case .taken: "were taken unasked or into a result"
    }
  }
}
