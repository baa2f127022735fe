extension World {
  mutating func applyGroup(_ event: Event) {
    switch event {
    case .groupMade(let id, let kind, let members):
      guard knows(deferred: id) else { return }
      let known = members.filter { knows(deferred: $0) }
      let slots = Shelf<Outcome?>(repeatElement(nil, count: known.count))
      deferreds[id].group = GroupState(kind: kind, members: known, slots: slots)
    case .slotFilled(let id, let index, let outcome):
      guard knows(deferred: id), index >= 0, index < deferreds[id].group?.slots.count ?? 0 else { return }
      let outcome = told(outcome)
      deferreds[id].group?.slots[index] = outcome
    case .groupDecided(let id, let index):
      guard knows(deferred: id) else { return }
      deferreds[id].group?.decidedBy = index
      deferreds[id].group?.isDecided = true
    default: break
    }
  }

  mutating func applyGenerator(_ event: Event) {
    switch event {
    case .generatorBegan(let id, let name):
      guard knows(deferred: id) else { return }
      deferreds[id].generator = "\(name) runs"
    case .generatorYielded(let id, let on):
      guard knows(deferred: id) else { return }
      if let on, knows(deferred: on) {
        deferreds[id].generator = "waits for \(deferreds[on].name)"
      } else {
        deferreds[id].generator = "yielded a plain value"
      }
    case .generatorResumed(let id, let outcome):
      guard knows(deferred: id) else { return }
      deferreds[id].generator = "runs"
      if let failure = failure(in: outcome) { setFate(failure, .consumed(by: id)) }
    case .generatorEnded(let id, let end):
      guard knows(deferred: id) else { return }
      deferreds[id].generator = "has ended"
      switch end {
      case .raised(let failure), .returnedFailure(let failure):
        if knows(failure: failure) { setFate(failure, .travelling) }
      case .returned, .returnedDeferred: break
      }
    default: break
    }
  }
}
