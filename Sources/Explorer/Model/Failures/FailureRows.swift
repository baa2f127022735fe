package import Traces

/// The Failures that their panel lists, by row from 0.
package enum FailureRows {
  /// All up to that many.
  case all(Int)
  /// Those that the filter leaves.
  case some(FailureIndex)

  package var count: Int {
    switch self {
    case .all(let count): count
    case .some(let index): index.ids.count
    }
  }

  /// The Failure in a row.
  package subscript(row: Int) -> FailureID? {
    guard row >= 0, row < count else { return nil }
    if case .some(let index) = self { return Int(index.ids[row]) }
    return row
  }

  /// The row of a Failure; of one that is not listed, that of the last before it.
  package func row(of id: FailureID) -> Int {
    switch self {
    case .all(let count): max(0, min(id, count - 1))
    case .some(let index): max(0, index.place(after: id) - 1)
    }
  }
}

extension Session {
  /// What the Failures panel lists: those so far; in a recording, or under a filter, those of the whole run.
  package var failureRows: FailureRows {
    if failures.filter != nil { return .some(failures) }
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
    failures = FailureIndex(filter)
    selection.failure = nil
    lookAtFailures()
  }

  /// The fates that occur, in the order in which one goes through them; nil stands for all.
  private var fateChoices: [FateKind?] { [nil] + FateKind.allCases.filter { failures.count(of: $0) > 0 } }

  /// The next fate that occurs gets the list for itself, after the last one all have it again.
  mutating func cycleFate(by places: Int) -> Message {
    let choices = fateChoices
    let now: FateKind? = failures.filter?.fates.count == 1 ? failures.filter?.fates.first : nil
    let place = choices.firstIndex(of: now) ?? 0
    let fate = choices[(place + places + choices.count) % choices.count]
    let text = failures.filter?.text(withFate: fate) ?? fate.map { "fate:\($0.word)" } ?? ""
    filterFailures(try? FailureFilter(text))
    guard let fate else { return .info("Failures of all fates are listed.") }
    return .info("Only Failures that \(fate.phrase) are listed; v goes on to the next fate.")
  }

  /// The next or previous birth of a Failure that is listed.
  mutating func findFailure(_ way: Goal.Way, from position: Int) -> Lookup {
    let before = failures.scannedTo
    lookAtFailures()
    let known = timeline.frontier.failures
    if way == .back, failures.scannedTo < known.count { return .looked(failures.scannedTo - before) }
    let ids = failures.ids
    var (low, high) = (0, ids.count)
    let bound = way == .forward ? position : position - 1
    while low < high {
      let middle = (low + high) / 2
      if known[Int(ids[middle])].bornAt <= bound { low = middle + 1 } else { high = middle }
    }
    let place = way == .forward ? low : low - 1
    if ids.indices.contains(place) { return .found(known[Int(ids[place])].bornAt) }
    if failures.hasMore(timeline) { return .looked(failures.scannedTo - before) }
    if way == .forward, !isEndKnown { return .more }
    let what = failures.filter.map { "Failure of \($0.text)" } ?? "Failure"
    let when = way == .forward ? "after" : "before"
    return .nothing(.info("No \(what) is born \(when) this step."))
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
    case .taken: "were taken into a result"
    }
  }
}
