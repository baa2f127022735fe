extension World {
  mutating func applyFailure(_ entry: Entry) {
    if entry.kind == .failureBorn {
      born(entry)
    } else if knows(failure: entry.id) {
      trapAsked(entry)
    }
  }

  private mutating func born(_ entry: Entry) {
    let id = Int(entry.id)
    if id == failureCores.count {
      failureCores.append(FailureCore(bornAt: here, at: here))
    } else {
      guard knows(failure: entry.id) else { return }
      contradicts()
      failureCores[id].bornAt = here
    }
    if entry.other >= 0, entry.other != entry.id, knows(failure: entry.other) {
      failureCores[id].from = entry.other
      let from = failureCores[Int(entry.other)]
      // One that no chain ever carried went on in this one alone.
      if from.fate == .travelling, from.stopCount == 0 { setFate(entry.other, .became, peer: entry.id) }
    }
    failureCores[id].bornInStep = frameCores.last?.step ?? 0
  }

  /// The handler that runs now asked the Failure that came in.
  private mutating func trapAsked(_ entry: Entry) {
    guard let frame = frameCores.last, frame.kind == .handler,
      let place = stagePlace(frame.ref.stage, of: frame.ref.deferred),
      stageCores[place].passage.input == .failure(Int(entry.id))
    else { return }
    asks.append(StepLink(step: here, previous: stageCores[place].passage.lastAsk))
    stageCores[place].passage.lastAsk = Int32(asks.count - 1)
    if entry.flags.contains(.isMatched) { stageCores[place].passage.matchedAt = here }
  }

  mutating func setFate(
    _ id: Int32, _ fate: FailureCore.Fate, _ ref: RefCore = RefCore(), peer: Int32 = -1
  ) {
    let old = failureCores[Int(id)]
    guard old.fate != fate || old.fateRef != ref || old.fatePeer != peer else { return }
    // Who was dropped with it has said so in the log, whatever becomes of it elsewhere.
    if old.fate == .unhandled, let lost = deferredCores.at(Int(old.fatePeer)), lost.unhandled == id { return }
    failureCores[Int(id)].fate = fate
    failureCores[Int(id)].fateRef = ref
    failureCores[Int(id)].fatePeer = peer
    failureCores[Int(id)].fateAt = here
  }

  // MARK: Who has it

  /// A Deferred has a Failure as its result, and nobody works on that: as long as one does it has not ended,
  /// whatever became of it elsewhere. (One object may be given to many Deferreds.)
  mutating func hold(_ id: Int32, _ failure: FailureID) {
    let core = deferredCores[Int(id)]
    guard !core.flags.contains(.isHolder), core.unhandled != Int32(failure) else { return }
    deferredCores[Int(id)].flags.insert(.isHolder)
    failureCores[failure].holders += 1
  }

  /// The Failure that a Deferred has is being handled, reported, or another's; before its result is another.
  mutating func letGo(_ id: Int32) {
    let core = deferredCores[Int(id)]
    guard core.flags.contains(.isHolder), let failure = core.result.failure else { return }
    deferredCores[Int(id)].flags.remove(.isHolder)
    failureCores[failure].holders -= 1
  }

  /// A Deferred was given a Failure, from outside of its chain.
  mutating func given(_ id: Int32, to deferred: Int32) {
    givings.append(GivingCore(step: here, to: deferred, previous: failureCores[Int(id)].lastGiving))
    failureCores[Int(id)].lastGiving = Int32(givings.count - 1)
  }

  /// One more stop on the way of a Failure.
  mutating func stop(_ id: Int32, at ref: RefCore, _ what: StopCore.What, peer: Int32 = -1) {
    let place = Int32(stops.count)
    stops.append(StopCore(ref: ref, step: here, what: what, peer: peer))
    let last = failureCores[Int(id)].lastStop
    if last >= 0 { stops[Int(last)].next = place }
    failureCores[Int(id)].append(stop: place)
  }

  /// What came of the stop at which a Failure was being handled.
  mutating func endStop(of id: Int32, at ref: RefCore, _ what: StopCore.What, peer: Int32 = -1) {
    let last = Int(failureCores[Int(id)].lastStop)
    if let stop = stops.at(last), stop.ref == ref, stop.what == .handling {
      stops[last].what = what
      stops[last].peer = peer
    } else {
      stop(id, at: ref, what, peer: peer)
    }
  }
}

extension FailureCore {
  fileprivate mutating func append(stop place: Int32) {
    if firstStop < 0 { firstStop = place }
    lastStop = place
    stopCount += 1
  }
}
