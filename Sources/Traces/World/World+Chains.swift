extension World {
  mutating func applyChain(_ event: Event) {
    switch event {
    case .made(let id, let origin, let name, let hasCanceller):
      made(id, origin: origin, name: name, hasCanceller: hasCanceller)
    case .named(let id, let name):
      named(id, name)
    case .stageAdded(let id, let index, let kind, let callback, let errback):
      stageAdded(id, index, kind, callback: callback, errback: errback)
    case .fired(let id, let outcome):
      guard knows(deferred: id) else { return }
      markFired(id)
      let outcome = told(outcome)
      deferreds[id].firedWith = outcome
      setResult(id, outcome)
    case .settled(let id, let outcome):
      guard knows(deferred: id) else { return }
      markFired(id)
      deferreds[id].currentStage = nil
      setResult(id, told(outcome))
    case .paused(let id, let count), .unpaused(let id, let count):
      guard knows(deferred: id) else { return }
      // An unpause of one that waits ends the waiting: the next handler gets the inner Deferred itself.
      if count == 0 { stopWaiting(id) }
      deferreds[id].pauseCount = Int(Int32(clamping: count))
    case .collected(let id):
      guard knows(deferred: id) else { return }
      deferreds[id].isCollected = true
    case .unhandled(let id, let failure):
      unhandled(id, failure)
    default: break
    }
  }

  private mutating func made(_ id: DeferredID, origin: String, name: String?, hasCanceller: Bool) {
    if id == deferreds.count {
      deferreds.append(
        DeferredState(id: id, name: name, origin: origin, hasCanceller: hasCanceller, madeAt: step))
      roots.insert(id)
      unfired.insert(id)
    } else {
      guard knows(deferred: id) else { return }
      deferreds[id].origin = origin
      deferreds[id].hasCanceller = hasCanceller
      deferreds[id].madeAt = step
      if let name { named(id, name) }
    }
    deferreds[id].madePlace = place
  }

  private mutating func named(_ id: DeferredID, _ name: String) {
    guard knows(deferred: id) else { return }
    if !deferreds[id].isNamed {
      deferreds[id].name = name
      deferreds[id].isNamed = true
    } else if deferreds[id].name != name {
      deferreds[id].otherNames.append(name)
    }
  }

  private mutating func stageAdded(
    _ id: DeferredID, _ index: Int, _ kind: StageKind, callback: String?, errback: String?
  ) {
    guard knows(deferred: id) else { return }
    let stage = StageState(
      kind: told(kind), callback: callback, errback: errback, addedAt: step, place: place)
    if index == deferreds[id].stages.count {
      deferreds[id].stages.append(stage)
    } else if knows(stage: index, of: id) {
      let passage = deferreds[id].stages[index].passage
      deferreds[id].stages[index] = stage
      deferreds[id].stages[index].passage = passage
    }
  }

  private mutating func told(_ kind: StageKind) -> StageKind {
    switch kind {
    case .handlers, .timeout, .library: kind
    case .chainTo(let id), .slot(let id, _), .resumes(let id): knows(deferred: id) ? kind : .handlers
    }
  }

  /// The first time that a result was seen: from a fire, or (succeed, a trace from mid-life) without one.
  mutating func markFired(_ id: DeferredID) {
    guard deferreds[id].firedAt == nil else { return }
    deferreds[id].firedAt = step
    deferreds[id].firedTime = time
    unfired.remove(id)
  }

  private mutating func unhandled(_ id: DeferredID, _ failure: FailureID) {
    guard knows(deferred: id), knows(failure: failure) else { return }
    deferreds[id].unhandled = failure
    setFate(failure, .unhandled(id))
    log.append(
      LogEntry(
        step: step, time: time, kind: "unhandled", who: deferreds[id].name, text: failures[failure].logText,
        failure: failure))
  }
}
