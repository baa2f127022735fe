extension World {
  /// Folds one more entry in; its record must be the next one in the store.
  ///
  /// Takes any entry, also one that speaks of things that were never made (a trace may begin in mid-life): they
  /// are made up, within a bound that grows with the number of records; beyond it the entry is skipped.
  mutating func apply(_ entry: Entry) {
    step += 1
    time = Self.bounded(entry.time)
    depth = Int(entry.depth)
    if entry.thread != thread { turn(to: entry.thread) }
    switch entry.kind {
    case .made, .named, .stageAdded, .fired, .settled, .paused, .unpaused, .collected, .unhandled:
      applyChain(entry)
    case .entered, .left, .passedThrough: applyHandler(entry)
    case .waits, .took, .resumed, .read: applyWaiting(entry)
    case .failureBorn, .trapAsked: applyFailure(entry)
    case .cancelAsked, .cancelPassedOn, .cancellerEntered, .cancellerLeft, .lateResultSwallowed, .calledAgain:
      applyCancel(entry)
    case .callEntered, .callLeft, .note, .dropped: applyCall(entry)
    case .clockAdvanced, .timerMade, .timerBegan, .timerEnded, .timerCancelled, .timerMoved: applyTime(entry)
    case .loopStarted, .loopTicked, .loopReset, .loopStopped, .taskMade, .taskPaused, .taskResumed,
      .taskEnded, .sharedChanged:
      applyActor(entry)
    case .groupMade, .slotFilled, .groupDecided: applyGroup(entry)
    case .generatorBegan, .generatorYielded, .generatorResumed, .generatorEnded: applyGenerator(entry)
    }
  }

  // MARK: What was never made

  /// More than this many things may not be made up: a hostile id must not cost memory.
  private var madeUpLimit: Int { 1024 + 4 * step }

  /// Whether all from the `first` to the `last` may be made up; counts them if so.
  mutating func mayMakeUp(from first: Int, through last: Int32) -> Bool {
    guard last >= first, Int(last) - first < madeUpLimit - madeUp else { return false }
    madeUp += Int(last) - first + 1
    return true
  }

  /// Whether there is a Deferred `id` (made up if need be).
  mutating func knows(deferred id: Int32) -> Bool {
    if id >= 0, id < deferredCores.count { return true }
    guard id >= 0, mayMakeUp(from: deferredCores.count, through: id) else { return false }
    while deferredCores.count <= id { appendDeferred(madeAt: 0) }
    return true
  }

  mutating func appendDeferred(madeAt: Int32) {
    let id = deferredCores.count
    deferredCores.append(DeferredCore(madeAt: madeAt))
    roots.insert(id)
    unfired.insert(id)
  }

  /// The place of stage `index` of Deferred `id` in ``stageCores`` (both made up if need be).
  mutating func stagePlace(_ index: Int32, of id: Int32) -> Int? {
    guard index >= 0, knows(deferred: id) else { return nil }
    let count = deferredCores[Int(id)].stageCount
    if index >= count {
      guard mayMakeUp(from: Int(count), through: index) else { return nil }
      for _ in count...index { appendStage(StageCore(addedAt: 0), to: id) }
    }
    return placeOfStage(index, of: deferredCores[Int(id)])
  }

  /// Whether there is a Failure `id` (made up if need be).
  mutating func knows(failure id: Int32) -> Bool {
    if id >= 0, id < failureCores.count { return true }
    guard id >= 0, mayMakeUp(from: failureCores.count, through: id) else { return false }
    while failureCores.count <= id { failureCores.append(FailureCore(bornAt: -here, at: here)) }
    return true
  }

  /// The Failure that comes with an entry, if one does (made up if need be).
  mutating func failure(of entry: Entry) -> Int32? {
    entry.what == .failure && knows(failure: entry.whatID) ? entry.whatID : nil
  }

  /// What comes with an entry, with nothing in it that this World does not know.
  mutating func told(_ entry: Entry) -> Mark {
    switch entry.what {
    case .nothing: .absent
    case .value: .value(at: step)
    case .none: .none
    case .failure: knows(failure: entry.whatID) ? .failure(Int(entry.whatID)) : .untold
    case .deferred: knows(deferred: entry.whatID) ? .deferred(Int(entry.whatID)) : .untold
    }
  }

  /// A time whose difference to any other is a time, too: whoever shows it may reckon with it.
  static func bounded(_ time: Int64) -> Int64 { min(max(time, -1 << 61), 1 << 61) }

  // MARK: Frames

  /// Nesting deeper than this is not shown: a trace of nothing but beginnings must not cost memory.
  private static var frameLimit: Int { 4096 }

  mutating func push(_ frame: FrameCore) {
    guard frameCores.count < Self.frameLimit else { return }
    frameCores.append(frame)
    frameCores[frameCores.count - 1].step = here
  }

  /// Ends what `frame` says, with all that began inside it and was never ended.
  mutating func pop(_ frame: FrameCore) {
    let near = frameCores.indices.reversed().prefix(64)
    guard
      let place = near.first(where: { frame.ends(frameCores[$0]) })
        // A trace that does not tell how deep it is.
        ?? (frame.kind == .call ? near.first { frameCores[$0].kind == .call } : nil)
    else { return }
    frameCores.removeSubrange(place...)
  }

  /// Other code runs on each thread.
  private mutating func turn(to next: Int32) {
    otherFrames[thread] = frameCores.isEmpty ? nil : frameCores
    frameCores = otherFrames.removeValue(forKey: next) ?? []
    thread = next
  }

  /// The step that began the innermost thing that runs now; 0 where nothing does.
  var innermostStep: Int32 { frameCores.last?.step ?? 0 }

  // MARK: Results

  mutating func setResult(_ id: Int32, _ mark: Mark) {
    if hasPassedOn(id), mark != .none, mark != .absent, mark.failure == nil { forgetPassedOn(id) }
    letGo(id)
    deferredCores[Int(id)].result = mark
    setFailed(id, mark.failure != nil)
    if let failure = mark.failure { hold(id, failure) }
  }

  mutating func setFailed(_ id: Int32, _ isFailed: Bool) {
    guard failed.contains(Int(id)) != isFailed else { return }
    failed.set(Int(id), isFailed)
    let hasPassedOn = hasPassedOn(id)
    count(id) { site in
      site.failed += isFailed ? 1 : -1
      // It has failed again, and keeps that.
      if hasPassedOn { site.passedOn -= isFailed ? 1 : -1 }
    }
  }

  /// Changes what is counted at the creation site of a Deferred.
  mutating func count(_ id: Int32, _ change: (inout SiteCore) -> Void) {
    let site = Int(deferredCores[Int(id)].site)
    if site >= 0, site < siteCores.count { change(&siteCores[site]) }
  }
}
