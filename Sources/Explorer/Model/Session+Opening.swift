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
    defer { openedAt = isEndKnown ? nil : openedAt ?? .handledInPackage }
    if let (id, concern) = mostConcerning, let failure = timeline.frontier.failures.at(id) {
      timeline.seek(to: failure.firstToldAt)
      openedAt = concern
      guard failure.bornAt > 0 else {
        return .info("Failure \(id + 1), \(concern.ending), was there before the trace; ^ goes to the start.")
      }
      return .info("Failure \(id + 1) is born here, \(concern.ending); ^ goes to the start.")
    }
    if isEndKnown, let last = Narrator().running(in: timeline.frontier).first {
      timeline.seek(to: knownSteps)
      return .info("The trace ends inside \(last.name); ^ goes to the start.")
    }
    timeline.seek(to: firstWithDeferred)
    guard case .entered? = record?.event else { return nil }
    let what = isEndKnown ? "No Failure of its own code" : "No Failure so far"
    return .info("\(what): the first handler runs here; ^ goes to the start.")
  }

  /// Whether all of a recording is known by now that was opened before.
  var hasNews: Bool { openedAt != nil && isEndKnown && !failures.hasMore(timeline) }

  /// That worse Failures were found than the one at which a recording was opened; told once.
  mutating func news() -> Message? {
    guard hasNews, let opened = openedAt else { return nil }
    openedAt = nil
    guard failures.filter == nil, let worst = failures.groups.first?.concern, worst < opened else {
      return nil
    }
    let count = failures.groups.filter { $0.concern == worst }.reduce(0) { $0 + $1.members.count }
    return worst.news(of: count).map {
      .info("All is read now: \($0); \(Panel.failures.digit) lists them first.")
    }
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
    case .swallowed: "\(failures) ended silently"
    case .handled, .silentInPackage, .handledInPackage: nil
    }
  }

  /// What is said of a Failure that ends so.
  fileprivate var ending: String {
    switch self {
    case .unhandled: "which nobody handles"
    case .logged: "which is logged"
    case .travelling: "which is still on its way at the end"
    case .swallowed: "which ends silently"
    case .handled, .silentInPackage, .handledInPackage: "which is handled"
    }
  }
}
