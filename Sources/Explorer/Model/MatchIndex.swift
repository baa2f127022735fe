package import Traces

/// The steps whose events match a query, found in slices and kept, so that the next one is O(log n) away.
package struct MatchIndex {
  package let query: Query
  /// In order.
  package private(set) var steps: [Int32] = []
  /// Up to this step it is known what matches.
  package private(set) var scannedTo = 0

  package init(_ query: Query) { self.query = query }

  /// Looks at up to `budget` more of the records that the timeline knows.
  ///
  /// - Returns: Whether it has seen them all.
  @discardableResult
  package mutating func scan(_ timeline: Timeline, budget: Int) -> Bool {
    let known = timeline.frontier.step
    let end = min(known, scannedTo + budget)
    let names = timeline.frontier
    while scannedTo < end {
      scannedTo += 1
      guard let record = timeline.record(at: scannedTo) else { continue }
      if query.matches(searchText(of: record, in: names)) { steps.append(Int32(clamping: scannedTo)) }
    }
    return scannedTo >= known
  }

  /// The first match after `step`.
  package func next(after step: Int) -> Int? { nextStep(after: step, in: steps) }

  /// The last match before `step`.
  package func previous(before step: Int) -> Int? { previousStep(before: step, in: steps) }

  package func contains(_ step: Int) -> Bool { previous(before: step + 1) == step }

  /// Which match a step is, from 1; for other steps, how many lie before it.
  package func rank(of step: Int) -> Int { placeAfter(step, in: steps) }
}
