extension World {
  mutating func applyFailure(_ event: Event) {
    switch event {
    case .failureBorn(let id, let type, let parents, let message, let from):
      born(id, type: type, parents: parents, message: message, from: from)
    case .trapAsked(let id, let types, let matched):
      guard knows(failure: id) else { return }
      trapAsked(id, types, matched)
    default: break
    }
  }

  private mutating func born(
    _ id: FailureID, type: String, parents: [String], message: String, from: FailureID?
  ) {
    let state = FailureState(
      id: id, type: type, parents: parents, message: message, bornAt: step, bornTime: time)
    if id == failures.count {
      failures.append(state)
    } else {
      guard knows(failure: id) else { return }
      let (fate, journey) = (failures[id].fate, failures[id].journey)
      failures[id] = state
      failures[id].fate = fate
      failures[id].journey = journey
    }
    if let from, from != id, knows(failure: from) {
      failures[id].from = from
      // One that no chain ever carried went on in this one alone.
      if failures[from].fate == .travelling, failures[from].journey.isEmpty { setFate(from, .became(id)) }
    }
    failures[id].bornPlace = place
    if case .handler(let deferred, let stage, let side)? = frames.last {
      failures[id].bornIn = StageRef(deferred: deferred, stage: stage, side: side)
    }
  }

  /// The handler that runs now asked the Failure that came in.
  private mutating func trapAsked(_ id: FailureID, _ types: [String], _ matched: String?) {
    guard case .handler(let deferred, let stage, _)? = frames.last,
      var passage = deferreds[deferred].stages[stage].passage, passage.input == .failure(id)
    else { return }
    passage.asked = (passage.asked ?? []) + types
    if let matched { passage.matched = matched }
    deferreds[deferred].stages[stage].passage = passage
  }

  mutating func setFate(_ id: FailureID, _ fate: Fate) {
    guard failures[id].fate != fate else { return }
    failures[id].fate = fate
    failures[id].fateAt = step
  }

  /// One more stop on the way of a Failure.
  mutating func stop(_ id: FailureID, at ref: StageRef, _ what: FailureStop.What) {
    failures[id].journey.append(FailureStop(ref: ref, step: step, what: what))
  }

  /// What came of the stop at which a Failure was being handled.
  mutating func endStop(of id: FailureID, at ref: StageRef, _ what: FailureStop.What) {
    let last = failures[id].journey.count - 1
    if let stop = failures[id].journey.at(last), stop.ref == ref, stop.what == .handling {
      failures[id].journey[last].what = what
    } else {
      stop(id, at: ref, what)
    }
  }
}

extension FailureState {
  /// `Type message`, as logs have it.
  var logText: String { message.isEmpty ? type : "\(type) \(message)" }
}
