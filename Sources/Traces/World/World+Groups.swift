extension World {
  mutating func applyGroup(_ entry: Entry) {
    guard knows(deferred: entry.id) else { return }
    switch entry.kind {
    case .groupMade: groupMade(entry.id)
    case .slotFilled:
      guard let group = group(of: entry.id), entry.index >= 0, entry.index < groups[group].slotCount else {
        return
      }
      let slot = Int(groups[group].firstSlot + entry.index)
      slots[slot].outcome = told(entry)
      if let failure = failure(of: entry), has(slots[slot].member, failure) {
        passOn(failure, from: slots[slot].member, to: entry.id)
      }
    default:
      guard let group = group(of: entry.id) else { return }
      groups[group].decidedBy = entry.index
      groups[group].isDecided = true
    }
  }

  /// Only the record has its members.
  private mutating func groupMade(_ id: Int32) {
    guard case .groupMade(_, _, let members) = records.record(at: step).event else { return }
    let first = Int32(slots.count)
    // A line that names so many things may make up as many.
    madeUp -= members.count
    for member in members {
      let member = Entry.number(member)
      if knows(deferred: member) { slots.append(SlotCore(member: member)) }
    }
    groups.append(GroupCore(madeAt: here, firstSlot: first, slotCount: Int32(slots.count) - first))
    extras[extra(of: id)].group = Int32(groups.count - 1)
  }

  private mutating func group(of id: Int32) -> Int? {
    guard let extra = extras.at(Int(deferredCores[Int(id)].extra)), extra.group >= 0 else { return nil }
    return Int(extra.group)
  }

  mutating func applyGenerator(_ entry: Entry) {
    guard knows(deferred: entry.id) else { return }
    let extra = extra(of: entry.id)
    extras[extra].generatorStep = here
    switch entry.kind {
    case .generatorBegan:
      extras[extra].generatorAt = here
      stopAwaiting(entry.id)
      push(FrameCore(kind: .generator, id: entry.id))
    case .generatorYielded:
      pop(FrameCore(kind: .generator, id: entry.id))
      let on = entry.other >= 0 && knows(deferred: entry.other) ? entry.other : -1
      awaits.append(AwaitCore(yieldedAt: here, on: on, previous: extras[extra].lastAwait))
      extras[extra].lastAwait = Int32(awaits.count - 1)
      if on >= 0 { awaits(entry.id, on) } else { stopAwaiting(entry.id) }
    case .generatorResumed:
      stopAwaiting(entry.id)
      let last = Int(extras[extra].lastAwait)
      let isOpen = last >= 0 && awaits[last].resumedAt == 0
      if isOpen { awaits[last].resumedAt = here }
      if let failure = failure(of: entry) {
        let inner = isOpen ? awaits[last].on : -1
        if inner >= 0, has(inner, failure) { passOn(failure, from: inner, to: entry.id) }
        handedOn(failure, to: entry.id)
        setFate(failure, .consumed, peer: entry.id)
      }
      push(FrameCore(kind: .generator, id: entry.id))
    default:
      stopAwaiting(entry.id)
      pop(FrameCore(kind: .generator, id: entry.id))
      guard let failure = failure(of: entry) else { return }
      setFate(failure, .travelling)
      let from = failureCores[Int(failure)].from
      if from >= 0, failureCores[Int(from)].fate == .consumed, failureCores[Int(from)].fatePeer == entry.id {
        setFate(from, .became, peer: failure)
      }
    }
  }
}
