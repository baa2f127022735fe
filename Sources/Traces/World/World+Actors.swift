extension World {
  mutating func applyActor(_ event: Event) {
    switch event {
    case .loopStarted(let id, let name, let deferred, let interval, _):
      var ticks = 0
      if case .loop(_, let before, _)? = actors.at(id)?.kind { ticks = before }
      guard setActor(id, name, .loop(interval: interval, ticks: ticks, isRunning: true)) else { return }
      actors[id].failure = nil
      actors[id].deferred = knows(deferred: deferred) ? deferred : nil
    case .loopTicked(let id, let number, _):
      guard case .loop(let interval, let ticks, let isRunning)? = actors.at(id)?.kind else {
        _ = setActor(id, nil, .loop(interval: 0, ticks: max(number, 1), isRunning: true))
        return
      }
      actors[id].kind = .loop(interval: interval, ticks: ticks &+ 1, isRunning: isRunning)
    case .loopReset: break  // Says only that its start was put to now; the timer's move comes by itself.
    case .loopStopped(let id, let failure):
      guard case .loop(let interval, let ticks, _)? = actors.at(id)?.kind else { return }
      actors[id].kind = .loop(interval: interval, ticks: ticks, isRunning: false)
      setFailure(id, failure)
    case .taskMade(let id, let name, let cooperator):
      _ = setActor(id, name, .task(cooperator: cooperator, pauses: 0, isDone: false))
    case .taskPaused(let id, let count), .taskResumed(let id, let count):
      guard case .task(let cooperator, _, let isDone)? = actors.at(id)?.kind else { return }
      actors[id].kind = .task(cooperator: cooperator, pauses: count, isDone: isDone)
    case .taskEnded(let id, let why):
      guard case .task(let cooperator, let pauses, _)? = actors.at(id)?.kind else { return }
      actors[id].kind = .task(cooperator: cooperator, pauses: pauses, isDone: true)
      setFailure(id, why)
    case .sharedChanged(let id, let kind, let name, let held, let waiting, let total):
      _ = setActor(id, name, .shared(kind: kind, held: held, waiting: waiting, total: total))
    default: break
    }
  }

  private mutating func setFailure(_ id: ActorID, _ failure: FailureID?) {
    if let failure, knows(failure: failure) { actors[id].failure = failure }
  }

  /// Sets what an actor is, making it (and those numbered before it) if need be; false where the bound forbids it.
  private mutating func setActor(_ id: ActorID, _ name: String?, _ kind: ActorState.Kind) -> Bool {
    if id == actors.count {
      actors.append(ActorState(id: id, name: name ?? "actor \(id)", kind: kind))
      return true
    }
    if id < 0 || id > actors.count && !mayMakeUp(from: actors.count, through: id) { return false }
    while actors.count <= id {
      actors.append(ActorState(id: actors.count, name: "actor \(actors.count)", kind: kind))
    }
    actors[id].kind = kind
    if let name { actors[id].name = name }
    return true
  }
}
