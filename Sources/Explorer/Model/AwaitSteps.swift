package import Traces

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
    guard limit > 0, let state = timeline.frontier.deferreds.at(id) else { return [] }
    var rows: [AwaitStep] = []
    func add(at step: Int?, _ what: (Event) -> AwaitStep.What?) {
      guard let step, let record = record(at: step), let what = what(record.event) else { return }
      rows.append(AwaitStep(what: what, step: step, time: record.time, place: record.place))
    }
    add(at: state.generatorBeganAt) { event in
      if case .generatorBegan(_, let name) = event { .begins(name) } else { nil }
    }
    for wait in state.awaits(around: step, past: limit, future: limit) {
      let resumed = wait.resumedAt.flatMap { record(at: $0) }
      var outcome: Outcome?
      if case .generatorResumed(_, let what)? = resumed?.event { outcome = what }
      add(at: wait.yieldedAt) { _ in .waits(on: wait.on, until: wait.resumedAt, outcome) }
      if !rows.isEmpty { rows[rows.count - 1].endTime = resumed?.time }
    }
    add(at: state.generatorEndedAt) { event in
      if case .generatorEnded(_, let end) = event { .ends(end) } else { nil }
    }
    // The rows around now, as many as there is room for, more of them past.
    let now = rows.lastIndex { $0.step <= step } ?? 0
    let first = max(0, min(now - limit * 2 / 3, rows.count - limit))
    return Array(rows.dropFirst(first).prefix(limit))
  }
}
