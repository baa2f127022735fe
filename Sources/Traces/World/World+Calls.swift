extension World {
  mutating func applyCancel(_ event: Event) {
    switch event {
    case .cancelAsked(let id):
      guard knows(deferred: id) else { return }
      deferreds[id].isCancelAsked = true
    case .cancelPassedOn(let from, let to):
      _ = knows(deferred: from) && knows(deferred: to)
    case .cancellerEntered(let id):
      guard knows(deferred: id) else { return }
      push(.canceller(id))
    case .cancellerLeft(let id, _):
      pop(.canceller(id))
    case .lateResultSwallowed(let id, let outcome):
      guard knows(deferred: id), let failure = failure(in: outcome) else { return }
      setFate(failure, .consumed(by: id))
    case .calledAgain(let id):
      _ = knows(deferred: id)
    default: break
    }
  }

  mutating func applyCall(_ event: Event) {
    switch event {
    case .callEntered(let kind, let name, let input):
      push(.call(kind: kind, name: name))
      _ = failure(in: input)
    case .callLeft(let kind, let name, let end):
      pop(.call(kind: kind, name: name))
      if case .raised(let failure) = end { _ = knows(failure: failure) }
    case .note(let kind, let who, let text, let failure):
      note(kind: kind, who: who, text: text, failure)
    case .dropped(let count):
      note(kind: "dropped", who: "", text: "\(count) records are missing here", nil)
    default: break
    }
  }

  private mutating func note(kind: String, who: String, text: String, _ failure: FailureID?) {
    if kind == "say" { narration = text }
    var known: FailureID?
    if let failure, knows(failure: failure) {
      known = failure
      if kind == "error" { setFate(failure, .logged) }
    }
    log.append(LogEntry(step: step, time: time, kind: kind, who: who, text: text, failure: known))
  }
}
