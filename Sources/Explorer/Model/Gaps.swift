import Traces

/// The waits in a recording that are longer than usual: lists of events show them.
package struct Gaps: Equatable, Sendable {
  /// Microseconds; nil where waits are as they are, as on a virtual clock.
  package private(set) var threshold: Int64?
  private var lookedAt = 0

  /// Shorter waits are no gaps, however rare.
  package static let least: Int64 = 50_000
  /// A gap is so many times as long as the median.
  package static let factor: Int64 = 100
  /// So many waits are looked at for the median.
  private static let samples = 99

  package init() {}

  /// Whether a wait is worth a row.
  package func isGap(_ wait: Int64) -> Bool { threshold.map { wait >= $0 } ?? false }

  /// Looks again when twice as much is known.
  mutating func look(_ timeline: Timeline) {
    let known = timeline.frontier.step
    guard timeline.source.isRecording, known >= 2, known >= 2 * lookedAt else { return }
    lookedAt = known
    let stride = max(1, (known - 1) / Self.samples)
    var waits = Swift.stride(from: 2, through: known, by: stride).compactMap { step -> Int64? in
      guard let one = timeline.record(at: step - 1), let next = timeline.record(at: step) else { return nil }
      return next.time &- one.time
    }
    waits.sort()
    let median = max(0, min(waits[waits.count / 2], Int64.max / (2 * Self.factor)))
    threshold = max(Self.least, median * Self.factor)
  }
}
