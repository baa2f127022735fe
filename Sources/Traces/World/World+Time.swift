extension World {
  mutating func applyTime(_ event: Event) {
    switch event {
    case .clockAdvanced: break  // Every record carries the time.
    case .timerMade(let id, let due, let name): timerMade(id, due: Self.bounded(due), name: name)
    case .timerBegan(let id):
      guard knows(timer: id) else { return }
      setTimer(id, .running)
      push(.timer(id))
    case .timerEnded(let id, let raised):
      pop(.timer(id))
      guard knows(timer: id) else { return }
      setTimer(id, .done)
      if let raised, knows(failure: raised) { setFate(raised, .logged) }
    case .timerCancelled(let id):
      guard knows(timer: id) else { return }
      setTimer(id, .cancelled)
    case .timerMoved(let id, let due):
      guard knows(timer: id) else { return }
      pendingTimers.remove(DueQueue.Entry(due: timers[id].due, id: id))
      timers[id].due = Self.bounded(due)
      setTimer(id, timers[id].state)
    default: break
    }
  }

  /// Whether there is a timer `id`. One that was never made is made up as due now, and not pending until it is moved.
  private mutating func knows(timer id: TimerID) -> Bool {
    if id >= 0, id < timers.count { return true }
    guard id >= 0, mayMakeUp(from: timers.count, through: id) else { return false }
    while timers.count <= id {
      timers.append(TimerState(id: timers.count, madeAt: 0, due: time, state: .done))
    }
    return true
  }

  private mutating func timerMade(_ id: TimerID, due: Int64, name: String?) {
    if id == timers.count {
      timers.append(TimerState(id: id, madeAt: step, due: due, state: .pending))
    } else {
      guard knows(timer: id) else { return }
      pendingTimers.remove(DueQueue.Entry(due: timers[id].due, id: id))
      timers[id].madeAt = step
      timers[id].due = due
    }
    timers[id].name = name
    timers[id].place = place
    setTimer(id, .pending)
  }

  private mutating func setTimer(_ id: TimerID, _ state: TimerState.State) {
    timers[id].state = state
    let entry = DueQueue.Entry(due: timers[id].due, id: id)
    if state == .pending { pendingTimers.insert(entry) } else { pendingTimers.remove(entry) }
  }
}
