extension World {
  mutating func applyActor(_ entry: Entry) {
    let id = Int(entry.id)
    let kind = actorCores.at(id)?.kind ?? .unknown
    switch entry.kind {
    case .loopStarted:
      let ticks = kind == .loop ? actorCores[id].count : 0
      guard setActor(entry.id, .loop, isOn: true, isTold: true) else { return }
      actorCores[id].count = ticks
      actorCores[id].failure = -1
      actorCores[id].deferred = knows(deferred: entry.other) ? entry.other : -1
    case .loopTicked:
      if kind == .loop {
        actorCores[id].count &+= 1
      } else if setActor(entry.id, .loop, isOn: true, isTold: false) {
        actorCores[id].count = max(Int32(clamping: entry.number), 1)
      }
    case .loopReset: break  // Says only that its start was put to now; the timer's move comes by itself.
    case .loopStopped where kind == .loop:
      actorCores[id].isOn = false
      setFailure(id, entry.other)
    case .taskMade: _ = setActor(entry.id, .task, isOn: false, isTold: true)
    case .taskPaused where kind == .task, .taskResumed where kind == .task:
      actorCores[id].count = Int32(clamping: entry.number)
    case .taskEnded where kind == .task:
      actorCores[id].isOn = true
      setFailure(id, entry.other)
    case .sharedChanged: sharedChanged(entry)
    default: break
    }
  }

  private mutating func sharedChanged(_ entry: Entry) {
    guard setActor(entry.id, .shared, isOn: false, isTold: true) else { return }
    guard entry.other >= 0, knows(deferred: entry.other) else {
      // It was given back, or to one of whom nothing is told.
      (actorCores[Int(entry.id)].deferred, actorCores[Int(entry.id)].givenAt) = (-1, 0)
      return
    }
    extras[extra(of: entry.other)].shared = entry.id
    guard entry.flags.contains(.isGiven) else { return }
    actorCores[Int(entry.id)].deferred = entry.other
    actorCores[Int(entry.id)].givenAt = here
  }

  private mutating func setFailure(_ id: Int, _ failure: Int32) {
    if failure >= 0, knows(failure: failure) { actorCores[id].failure = failure }
  }

  /// Sets what an actor is, making it (and those numbered before it) if need be; false where the bound forbids it.
  ///
  /// - Parameter isTold: whether the record has its name and whatever else belongs to its kind.
  private mutating func setActor(_ id: Int32, _ kind: ActorCore.Kind, isOn: Bool, isTold: Bool) -> Bool {
    if id < 0 || id > actorCores.count && !mayMakeUp(from: actorCores.count, through: id) { return false }
    while actorCores.count <= id { actorCores.append(ActorCore(kind: kind, toldAt: 0, isOn: isOn)) }
    let place = Int(id)
    if actorCores[place].kind != kind || kind != .shared { actorCores[place].count = 0 }
    if actorCores[place].kind != kind { (actorCores[place].deferred, actorCores[place].givenAt) = (-1, 0) }
    actorCores[place].kind = kind
    actorCores[place].isOn = isOn
    if isTold { actorCores[place].toldAt = here }
    return true
  }
}
