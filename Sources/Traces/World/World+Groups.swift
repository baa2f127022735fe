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
      push(generator(id))
    case .generatorYielded(let id, let on):
      guard knows(deferred: id) else { return }
      pop(generator(id))
      if let on, knows(deferred: on) {
        deferreds[id].generator = "waits for \(deferreds[on].name)"
      } else {
        deferreds[id].generator = "yielded a plain value"
      }
    case .generatorResumed(let id, let outcome):
      guard knows(deferred: id) else { return }
      deferreds[id].generator = "runs"
      if let failure = failure(in: outcome) {
        if case .handler(let inner, let stage, let side)? = frames.last {
          handedOn(failure, at: StageRef(deferred: inner, stage: stage, side: side), to: id)
        }
        setFate(failure, .consumed(by: id))
      }
      push(generator(id))
    case .generatorEnded(let id, let end):
      guard knows(deferred: id) else { return }
      deferreds[id].generator = "has ended"
      pop(generator(id))
      switch end {
      case .raised(let failure), .returnedFailure(let failure):
        guard knows(failure: failure) else { return }
        setFate(failure, .travelling)
        if let from = failures[failure].from, failures[from].fate == .consumed(by: id) {
          setFate(from, .became(failure))
        }
      case .returned, .returnedDeferred: break
      }
    default: break
    }
  }

  private func generator(_ id: DeferredID) -> Frame { .call(kind: "generator", name: deferreds[id].name) }
}
