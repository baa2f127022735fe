extension World {
  mutating func applyTime(_ entry: Entry) {
    // Every record carries the time.
    if entry.kind == .clockAdvanced { return }
    if entry.kind == .timerMade { return timerMade(entry) }
    guard knows(timer: entry.id) else { return }
    switch entry.kind {
    case .timerBegan:
      setTimer(entry.id, .running)
      push(FrameCore(kind: .timer, id: entry.id))
    case .timerEnded:
      pop(FrameCore(kind: .timer, id: entry.id))
      setTimer(entry.id, .done)
      guard entry.other >= 0, knows(failure: entry.other) else { return }
      setFate(entry.other, .logged)
      // Also where the program logged it before it threw it.
      if failureCores[Int(entry.other)].fate == .logged { failureCores[Int(entry.other)].fateAt = here }
    case .timerCancelled: setTimer(entry.id, .cancelled)
    default:
      pendingTimers.remove(due(of: entry.id))
      timerCores[Int(entry.id)].due = Self.bounded(entry.number)
      setTimer(entry.id, timerCores[Int(entry.id)].state)
    }
  }

  /// Whether there is a timer `id`. One that was never made is made up as due now, and not pending until it is moved.
  private mutating func knows(timer id: Int32) -> Bool {
    if id >= 0, id < timerCores.count { return true }
    guard id >= 0, mayMakeUp(from: timerCores.count, through: id) else { return false }
    while timerCores.count <= id { timerCores.append(TimerCore(due: time, madeAt: 0, state: .done)) }
    return true
  }

  private mutating func timerMade(_ entry: Entry) {
    let due = Self.bounded(entry.number)
    if entry.id == timerCores.count {
      timerCores.append(TimerCore(due: due, madeAt: here, deferred: entry.other, state: .pending))
    } else {
      guard knows(timer: entry.id) else { return }
      pendingTimers.remove(self.due(of: entry.id))
      timerCores[Int(entry.id)] = TimerCore(due: due, madeAt: here, deferred: entry.other, state: .pending)
    }
    setTimer(entry.id, .pending)
  }

  private mutating func due(of id: Int32) -> DueQueue.Entry {
    DueQueue.Entry(due: timerCores[Int(id)].due, id: Int(id))
  }

  private mutating func setTimer(_ id: Int32, _ state: TimerState.State) {
    timerCores[Int(id)].state = state
    if state == .pending { pendingTimers.insert(due(of: id)) } else { pendingTimers.remove(due(of: id)) }
  }
}
