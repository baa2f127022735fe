import Traces

/// Where a person looks first.
extension Session {
  /// So many records are read for it before the first frame; some twenty milliseconds.
  private static let openingBudget = 30_000
  /// So many Failures are looked at for it.
  private static let openingFailureLimit = 2000

  /// Goes to the step at which the source opens.
  ///
  /// A scenario, and a trace that says where, open there. Who opens the recording of a program that misbehaves asks
  /// what went wrong: it opens where the first of the Failures is born that matter most, among the records that can be
  /// read before the first frame. Where none does, and the program ended in the middle of something, it opens
  /// there; else where the first handler runs. It stays there, whatever is read later.
  ///
  /// - Returns: what to say about it.
  mutating func goToOpening() -> Message? {
    guard source.isRecording, source.openingStep == 0 else {
      timeline.seek(to: source.openingStep)
      return nil
    }
    timeline.extend(budget: Self.openingBudget)
    let isAllSeen = isEndKnown && timeline.frontier.failures.count <= Self.openingFailureLimit
    defer { openedAt = isAllSeen ? nil : openedAt ?? .handledInPackage }
    if let (id, concern) = mostConcerning, let failure = timeline.frontier.failures.at(id) {
      timeline.seek(to: failure.firstToldAt)
      openedAt = concern
      guard failure.bornAt > 0 else {
        let birth =
          timeline.frontier.dropped > 0 ? "of whose birth nothing is told" : "there before the trace"
        return .info("Failure \(id + 1), \(birth), \(concern.ending); ^ goes to the start.")
      }
      return .info("Failure \(id + 1) is born here, \(concern.ending); ^ goes to the start.")
    }
    if isEndKnown, let last = timeline.unfinished.first {
      timeline.seek(to: knownSteps)
      return .info("The trace ends inside \(last.name); ^ goes to the start.")
    }
    timeline.seek(to: firstWithDeferred)
    guard case .entered? = record?.event else { return nil }
    guard isAllSeen else {
      return .info("Not all is looked at yet: the first handler runs here; ^ goes to the start.")
    }
    guard timeline.frontier.dropped == 0, timeline.stories.unfiredCount == 0 else { return .info(quiet) }
    return .info("\(quiet) The first handler runs here; ^ goes to the start.")
  }

  /// What is said where no Failure is to be looked at: what hangs fails nowhere.
  private var quiet: String {
    let none = timeline.frontier.failures.isEmpty ? "No Failure" : "No Failure is left"
    let unfired = timeline.stories.unfiredCount
    let dropped = timeline.frontier.dropped
    if dropped > 0 { return "\(none), as far as is told: \(counted(dropped, "event")) missing." }
    guard unfired > 0 else { return "\(none)." }
    let never = unfired == 1 ? "1 Deferred never fires" : "\(unfired) Deferreds never fire"
    let way = isAtEnd ? "" : "$ goes to the end, where "
    return "\(none), but \(never): \(way)\(Panel.deferreds.digit) lists them."
  }

  /// Whether all of a recording is known by now that was opened before.
  /// A filter leaves out some of it: it waits for that to go.
  var hasNews: Bool {
    openedAt != nil && isEndKnown && failures.filter == nil && !failures.hasMore(timeline)
  }

  /// That worse Failures were found than the one at which a recording was opened; told once.
  mutating func news() -> Message? {
    guard hasNews, let opened = openedAt else { return nil }
    openedAt = nil
    let worst = failures.groups.first?.concern ?? .handledInPackage
    let count = failures.groups.filter { $0.concern == worst }.reduce(0) { $0 + $1.worst }
    if worst < opened, let news = worst.news(of: count) {
      return .info("All is read now: \(news); \(Panel.failures.digit) lists them first.")
    }
    // What was said at first was that not all is looked at.
    guard opened == .handledInPackage else { return nil }
    guard isAtEnd, let fault = source.fault else { return .info("All is read now. \(quiet)") }
    return .warning("ended early: \(fault). \(quiet)")
  }

  /// The first of the Failures that matter most, but for those that a library goes about things with.
  private var mostConcerning: (FailureID, FailureKin.Concern)? {
    let stories = timeline.stories
    var best: (FailureID, FailureKin.Concern)?
    var lasts = LastFailures()
    for id in 0..<min(stories.world.failures.count, Self.openingFailureLimit) {
      let concern = stories.concern(of: id, &lasts)
      // Until all is read, nobody knows what becomes of those that are on their way.
      if concern == .travelling, !stories.isComplete { continue }
      if concern < best?.1 ?? .silentInPackage { best = (id, concern) }
      if concern == .unhandled { break }
    }
    return best
  }

  /// The first step at which a chain has something to show.
  private var firstWithDeferred: Int {
    if case .found(let step) = timeline.find(.handler, from: 0) { return step }
    var step = 0
    var made: Int?
    source.forEachEntry(after: 0, through: min(knownSteps, Self.openingBudget)) { entry in
      step += 1
      if made == nil, entry.kind == .made { made = step }
    }
    return made ?? 0
  }
}

extension FailureKin.Concern {
  /// What is said of so many Failures that end so, where that is worth a word.
  fileprivate func news(of count: Int) -> String? {
    let failures = counted(count, "Failure")
    return switch self {
    case .unhandled: "nobody handles \(failures)"
    case .logged: "\(failures) logged"
    case .travelling: "\(failures) still on the way at the end"
    case .swallowed: "\(failures) swallowed"
    case .handled, .silentInPackage, .handledInPackage: nil
    }
  }

  /// What is said of a Failure that ends so.
  fileprivate var ending: String {
    switch self {
    case .unhandled: "which nobody handles"
    case .logged: "which is logged"
    case .travelling: "which is still on its way at the end"
    case .swallowed: "which is swallowed"
    case .handled, .silentInPackage, .handledInPackage: "which is handled"
    }
  }
}
