extension World {
  mutating func applyChain(_ entry: Entry) {
    if entry.kind == .made { return made(entry) }
    guard knows(deferred: entry.id) else { return }
    switch entry.kind {
    case .named: named(entry.id)
    case .stageAdded: stageAdded(entry)
    case .fired:
      markFired(entry.id)
      get(entry.id, told(entry))
    case .settled:
      markFired(entry.id)
      deferredCores[Int(entry.id)].currentStage = -1
      get(entry.id, told(entry))
    case .paused, .unpaused:
      // An unpause of one that waits ends the waiting: the next handler gets the inner Deferred itself.
      if entry.number == 0, !deferredCores[Int(entry.id)].flags.contains(.isAwaiting) {
        stopWaiting(entry.id)
      }
      deferredCores[Int(entry.id)].pauseCount = Int32(clamping: entry.number)
    case .collected:
      guard !deferredCores[Int(entry.id)].flags.contains(.isCollected) else { return }
      deferredCores[Int(entry.id)].flags.insert(.isCollected)
      count(entry.id) { $0.collected += 1 }
    default: unhandled(entry)
    }
  }

  private mutating func made(_ entry: Entry) {
    if entry.id == deferredCores.count {
      appendDeferred(madeAt: here)
    } else {
      guard knows(deferred: entry.id) else { return }
    }
    let id = Int(entry.id)
    if deferredCores[id].madeAt != here { contradicts() }
    deferredCores[id].madeAt = here
    deferredCores[id].madeInStep = innermostStep
    if entry.flags.contains(.hasCanceller) { deferredCores[id].flags.insert(.hasCanceller) }
    if entry.flags.contains(.hasName) { named(entry.id) }
    guard entry.other >= 0, deferredCores[id].site < 0, mayMakeUpSite(entry.other) else { return }
    deferredCores[id].site = entry.other
    let (isFired, isFailed) = (deferredCores[id].firedAt > 0, failed.contains(id))
    let hasPassedOn = hasPassedOn(entry.id)
    count(entry.id) { site in
      site.made += 1
      if isFired { site.fired += 1 }
      if isFailed { site.failed += 1 } else if hasPassedOn { site.passedOn += 1 }
    }
  }

  /// Sites come in order, from a store that bounds them.
  private mutating func mayMakeUpSite(_ site: Int32) -> Bool {
    guard site <= siteCores.count + 1 << 20 else { return false }
    while siteCores.count <= site { siteCores.append(SiteCore()) }
    return true
  }

  private mutating func named(_ id: Int32) {
    if deferredCores[Int(id)].namedAt == 0 {
      deferredCores[Int(id)].namedAt = here
    } else {
      let extra = extra(of: id)
      moreNames.append(StepLink(step: here, previous: extras[extra].lastName))
      extras[extra].lastName = Int32(moreNames.count - 1)
    }
  }

  /// The place of what few Deferreds have; made if need be.
  mutating func extra(of id: Int32) -> Int {
    let extra = deferredCores[Int(id)].extra
    if extra >= 0 { return Int(extra) }
    extras.append(ExtraCore())
    deferredCores[Int(id)].extra = Int32(extras.count - 1)
    return extras.count - 1
  }

  // MARK: Stages

  private mutating func stageAdded(_ entry: Entry) {
    var stage = StageCore(addedAt: here)
    switch entry.stage {
    case .handlers, .timeout, .library, .givesOn: stage.kind = entry.stage
    case .chainTo, .slot, .resumes:
      if knows(deferred: entry.other) { (stage.kind, stage.other) = (entry.stage, entry.other) }
    }
    if entry.index == deferredCores[Int(entry.id)].stageCount {
      appendStage(stage, to: entry.id)
    } else if let place = stagePlace(entry.index, of: entry.id) {
      (stage.next, stage.passage) = (stageCores[place].next, stageCores[place].passage)
      stageCores[place] = stage
    }
  }

  mutating func appendStage(_ stage: StageCore, to id: Int32) {
    let place = Int32(stageCores.count)
    stageCores.append(stage)
    let last = deferredCores[Int(id)].lastStage
    if last >= 0 { stageCores[Int(last)].next = place }
    deferredCores[Int(id)].append(stage: place)
    let core = deferredCores[Int(id)]
    if core.longChain >= 0 {
      longChains[Int(core.longChain)].append(place)
    } else if core.stageCount > Self.longChainLength {
      deferredCores[Int(id)].longChain = Int32(longChains.count)
      longChains.append(Shelf(places(of: core)))
    }
  }

  private mutating func places(of core: DeferredCore) -> [Int32] {
    var places: [Int32] = []
    var place = core.firstStage
    while place >= 0 {
      places.append(place)
      place = stageCores[Int(place)].next
    }
    return places
  }

  /// Where stage `index` lies, from 0 to the last one.
  ///
  /// Mutating, like all that the fold asks of itself: to call another method the compiler copies this struct, which
  /// costs more than the whole rest of the fold.
  mutating func placeOfStage(_ index: Int32, of core: DeferredCore) -> Int {
    if index == 0 { return Int(core.firstStage) }
    if index == core.stageCount - 1 { return Int(core.lastStage) }
    if core.longChain >= 0 { return Int(longChains[Int(core.longChain)][Int(index)]) }
    var place = Int(core.firstStage)
    for _ in 0..<index { place = Int(stageCores[place].next) }
    return place
  }

  // MARK: Results

  /// The first time that a result was seen: from a fire, or (succeed, a trace from mid-life) without one.
  mutating func markFired(_ id: Int32) {
    guard deferredCores[Int(id)].firedAt == 0 else { return }
    deferredCores[Int(id)].firedAt = here
    unfired.remove(Int(id))
    stopAwaiting(id)
    count(id) { $0.fired += 1 }
  }

  /// What comes from outside of its chain: a Failure was given to it.
  private mutating func get(_ id: Int32, _ mark: Mark) {
    if let failure = mark.failure, deferredCores[Int(id)].result != mark { given(Int32(failure), to: id) }
    setResult(id, mark)
  }

  private mutating func unhandled(_ entry: Entry) {
    guard knows(failure: entry.other) else { return }
    // Whoever is dropped with a Failure had fired, though it may have been before the trace began.
    markFired(entry.id)
    if deferredCores[Int(entry.id)].result == .absent { setResult(entry.id, .failure(Int(entry.other))) }
    if deferredCores[Int(entry.id)].unhandled < 0 { count(entry.id) { $0.unhandled += 1 } }
    if deferredCores[Int(entry.id)].result.failure == Int(entry.other) { letGo(entry.id) }
    deferredCores[Int(entry.id)].unhandled = entry.other
    setFate(entry.other, .unhandled, peer: entry.id)
    logCores.append(LogCore(step: here, failure: entry.other))
  }
}

extension DeferredCore {
  fileprivate mutating func append(stage place: Int32) {
    if firstStage < 0 { firstStage = place }
    lastStage = place
    stageCount += 1
  }
}
