import Traces

/// The waits of Deferreds for others, of which the longest are kept.
struct LongestWaits {
  struct Wait {
    var span: Int64
    var who: Int32
    var on: Int32
    var step: Int
    var isOver: Bool
    var isDoubtful: Bool
  }
  private var open: [Int32: (on: Int32, time: Int64, step: Int)] = [:]
  private var kept: [Wait] = []
  /// The last step at which events are missing, by recording: what one process lost leaves the others' waits as told.
  private var lossSteps: [Int: Int] = [:]
  private let recordingNumber: (_ step: Int) -> Int

  init(recordingNumber: @escaping (_ step: Int) -> Int) { self.recordingNumber = recordingNumber }

  mutating func loseEvents(at step: Int) { lossSteps[recordingNumber(step)] = step }

  private func isDoubtful(from step: Int) -> Bool {
    !lossSteps.isEmpty && lossSteps[recordingNumber(step), default: 0] > step
  }

  mutating func begin(_ id: Int32, on other: Int32, at time: Int64, step: Int) {
    if let earlier = open[id], isDoubtful(from: earlier.step) { end(id, at: time) }
    open[id] = (other, time, step)
  }

  mutating func end(_ id: Int32, at time: Int64) {
    guard let wait = open.removeValue(forKey: id) else { return }
    keep(
      Wait(
        span: span(from: wait.time, to: time), who: id, on: wait.on, step: wait.step, isOver: true,
        isDoubtful: isDoubtful(from: wait.step)))
  }

  private mutating func keep(_ wait: Wait) {
    if kept.count >= TraceStats.listLimit, wait.span <= kept[kept.count - 1].span { return }
    let place = kept.firstIndex { $0.span < wait.span } ?? kept.count
    kept.insert(wait, at: place)
    if kept.count > TraceStats.listLimit { kept.removeLast() }
  }

  /// The longest, those among them that are not over at the end too.
  ///
  /// - Parameter ends: when each recording ended: nothing is told of a process from there on.
  func longest(at ends: [Int: Int64]) -> [Wait] {
    var all = self
    for (id, wait) in open.sorted(by: { $0.value.step < $1.value.step }) {
      let end = ends[recordingNumber(wait.step)] ?? wait.time
      all.keep(
        Wait(
          span: span(from: wait.time, to: end), who: id, on: wait.on, step: wait.step, isOver: false,
          isDoubtful: isDoubtful(from: wait.step)))
    }
    return all.kept
  }
}

/// Microseconds from one time to another; as many as can be said where they are more.
func span(from start: Int64, to end: Int64) -> Int64 {
  let (span, isTooLong) = end.subtractingReportingOverflow(start)
  return isTooLong ? (end > start ? .max : .min) : span
}
