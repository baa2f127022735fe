package import Traces

/// The steps whose events match a query, found in slices and kept, so that the next one is O(log n) away.
package struct MatchIndex {
  package let query: Query
  /// In order.
  package private(set) var steps: [Int32] = []
  /// Up to this step it is known what matches.
  package private(set) var scannedTo = 0

  /// Picks those that may match; nil before it is needed, and where it can't be had.
  private var sieve: Sieve?
  private let isSieved: Bool

  /// So many records are told one after the other, so that what is frequent is found at once.
  private let toldAtFirst: Int
  /// So many records are looked at in the time that one is told.
  private static let lookedAtPerTold = 25

  /// - Parameters:
  ///   - isSieved: whether only records that may match are told, where a store allows it.
  ///   - toldAtFirst: how many are told all the same before.
  package init(_ query: Query, isSieved: Bool = true, toldAtFirst: Int = 2000) {
    self.query = query
    self.toldAtFirst = toldAtFirst
    self.isSieved = isSieved
  }

  /// Looks at up to `budget` more of the records that the timeline knows, and at many more where few may match.
  ///
  /// - Returns: Whether it has seen them all.
  @discardableResult
  package mutating func scan(_ timeline: Timeline, budget: Int) -> Bool {
    let names = timeline.frontier
    // An array's entries are all of one thread, whatever its records say.
    if query.texts.isEmpty, !(timeline.source is any RecordArray) {
      return scanThreads(timeline, budget: budget * Self.lookedAtPerTold)
    }
    if isSieved, sieve == nil, scannedTo >= toldAtFirst {
      sieve = Sieve(query.texts, isCaseSensitive: query.isCaseSensitive, in: timeline.source)
    }
    if sieve == nil {
      var left = budget
      while scannedTo < names.step, left > 0 {
        scannedTo += 1
        let (isMatch, cost) = look(at: scannedTo, timeline, names)
        if isMatch { take(scannedTo) }
        left -= cost
      }
    } else {
      sift(timeline, names, budget)
    }
    return scannedTo >= names.step
  }

  /// The same where only threads and processes are asked for: of these a name tells all, and nothing else is told.
  private mutating func scanThreads(_ timeline: Timeline, budget: Int) -> Bool {
    let (source, end) = (timeline.source, min(timeline.frontier.step, scannedTo + budget))
    let query = query
    var (verdicts, found, step): ([Int32: Bool], [Int], Int) = ([:], [], scannedTo)
    source.forEachEntry(after: scannedTo, through: end) { entry in
      step += 1
      let isMatch =
        verdicts[entry.thread]
        ?? query.matches("", from: Query.Origin(ofThread: source.threadName(entry.thread), in: source))
      verdicts[entry.thread] = isMatch
      if isMatch { found.append(step) }
    }
    for step in found { take(step) }
    scannedTo = end
    return scannedTo >= timeline.frontier.step
  }

  private mutating func sift(_ timeline: Timeline, _ names: World, _ budget: Int) {
    guard sieve?.markedTo ?? 0 >= names.step else {
      sieve?.mark(names, budget: budget * Self.lookedAtPerTold)
      return
    }
    let end = min(names.step, scannedTo + budget * Self.lookedAtPerTold)
    let candidates = sieve?.candidates(after: scannedTo, through: end, in: names) ?? []
    var told = candidates.prefix(budget)[...]
    let last = candidates.count > budget ? candidates[budget - 1] : end
    var left = budget
    for step in (scannedTo + 1)..<(last + 1) {
      guard step == told.first else {
        // Its sentence has not all of the words.
        if query.isInverted { take(step) }
        continue
      }
      told.removeFirst()
      let (isMatch, cost) = look(at: step, timeline, names)
      if isMatch { take(step) }
      left -= cost
      if left <= 0 {
        scannedTo = step
        return
      }
    }
    scannedTo = last
  }

  /// Whether a record is as asked for, and in the time of how many records of usual length that was found out.
  private func look(at step: Int, _ timeline: Timeline, _ names: World) -> (isMatch: Bool, cost: Int) {
    guard let record = timeline.record(at: step) else { return (false, 1) }
    let cost = 1 + record.event.longText.utf8.count / Self.bytesPerTold
    let origin = Query.Origin(ofThread: record.thread, in: timeline.source)
    return (query.matches(searchText(of: record, in: names), from: origin), cost)
  }

  /// About so many bytes of a text are read in the time that one sentence is told.
  private static let bytesPerTold = 16_384

  private mutating func take(_ step: Int) { steps.append(Int32(clamping: step)) }

  /// How far it has got, of `count` records; those that may match are found in two goes.
  package func progress(of count: Int) -> Int {
    sieve.map { (min($0.markedTo, count) + scannedTo) / 2 } ?? scannedTo
  }

  /// The first match after `step`.
  package func next(after step: Int) -> Int? { nextStep(after: step, in: steps) }

  /// The last match before `step`.
  package func previous(before step: Int) -> Int? { previousStep(before: step, in: steps) }

  package func contains(_ step: Int) -> Bool { previous(before: step + 1) == step }

  /// Which match a step is, from 1; for other steps, how many lie before it.
  package func rank(of step: Int) -> Int { placeAfter(step, in: steps) }
}
