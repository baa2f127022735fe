package import Traces

/// Where each coroutine or generator waited: the steps of its events by Deferred, found in slices and kept.
///
/// The events of one Deferred are linked backwards, so that each costs eight bytes, however they are spread.
package struct AwaitIndex {
  private var steps: [Int32] = []
  /// The place in `steps` of the event before, of the same Deferred; -1 before the first.
  private var before: [Int32] = []
  /// The place of the last one by DeferredID; -1 where there is none.
  private var last: [Int32] = []
  /// Up to this step all of them are known.
  package private(set) var scannedTo = 0

  /// Ids beyond this many are those of a hostile file.
  private static let idLimit = 50_000_000

  package init() {}

  /// Looks at up to `budget` more of the records that the timeline knows.
  package mutating func scan(_ timeline: Timeline, budget: Int) {
    let end = min(timeline.frontier.step, scannedTo + budget)
    guard end > scannedTo else { return }
    let (known, start) = (timeline.frontier.deferreds.count, scannedTo)
    var found: [(id: Int32, step: Int32)] = []
    var step = start
    timeline.source.forEachEntry(after: start, through: end) { entry in
      step += 1
      switch entry.kind {
      case .generatorBegan, .generatorYielded, .generatorResumed, .generatorEnded:
        found.append((entry.id, Int32(clamping: step)))
      default: break
      }
    }
    for (id, step) in found where id >= 0 && Int(id) < min(known, Self.idLimit) { add(Int(id), step) }
    scannedTo = end
  }

  private mutating func add(_ id: Int, _ step: Int32) {
    while last.count <= id { last.append(-1) }
    before.append(last[id])
    last[id] = Int32(clamping: steps.count)
    steps.append(step)
  }

  /// The steps of a Deferred's events: the last ones up to `step`, in order, and the first ones after it.
  ///
  /// - Complexity: O(events after `step`), each a look at an array.
  package func steps(of id: DeferredID, around step: Int, past: Int, future: Int) -> [Int] {
    guard last.indices.contains(id) else { return [] }
    var later: [Int] = []
    var earlier: [Int] = []
    var place = Int(last[id])
    while place >= 0, earlier.count < past {
      let here = Int(steps[place])
      if here > step { later.append(here) } else { earlier.append(here) }
      place = Int(before[place])
    }
    return earlier.reversed() + later.suffix(future).reversed()
  }
}

/// One thing that a coroutine or generator did: began, waited, or ended.
package struct AwaitStep: Equatable {
  package enum What: Equatable {
    case begins(String)
    /// It waits on that Deferred (or gave on a plain value), and what it went on with is known.
    case waits(on: DeferredID?, until: Int?, Outcome?)
    case ends(HandlerEnd)
  }
  package var what: What
  /// When it began to.
  package var step: Int
  package var time: Int64
  /// When it was over; nil while it is not.
  package var endTime: Int64?
  package var place: Place?
}

extension Session {
  /// What the coroutine behind a Deferred did up to now, the last so many, and what it does next.
  package func awaits(of id: DeferredID, limit: Int) -> [AwaitStep] {
    guard limit > 0 else { return [] }
    var rows: [AwaitStep] = []
    for step in awaitIndex.steps(of: id, around: step, past: 2 * limit + 1, future: 2 * limit) {
      guard let record = record(at: step) else { continue }
      func add(_ what: AwaitStep.What) {
        rows.append(AwaitStep(what: what, step: step, time: record.time, place: record.place))
      }
      switch record.event {
      case .generatorBegan(_, let name): add(.begins(name))
      case .generatorYielded(_, let on): add(.waits(on: on, until: nil, nil))
      case .generatorResumed(_, let outcome):
        guard case .waits(let on, nil, _)? = rows.last?.what else { continue }
        rows[rows.count - 1].what = .waits(on: on, until: step, outcome)
        rows[rows.count - 1].endTime = record.time
      case .generatorEnded(_, let end): add(.ends(end))
      default: break
      }
    }
    // The rows around now, as many as there is room for, more of them past.
    let now = rows.lastIndex { $0.step <= step } ?? 0
    let first = max(0, min(now - limit * 2 / 3, rows.count - limit))
    return Array(rows.dropFirst(first).prefix(limit))
  }
}
