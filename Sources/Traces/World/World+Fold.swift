extension World {
  /// Folds one more record in.
  ///
  /// Takes any record, also one that speaks of things that were never made (a trace may begin in mid-life):
  /// they are made up, within a bound that grows with the number of records; beyond it the record is skipped.
  ///
  /// - Complexity: O(log n); in place where this World shares nothing with a copy.
  public mutating func apply(_ record: Record) {
    step += 1
    time = Self.bounded(record.time)
    depth = max(0, Int(Int32(clamping: record.depth)))
    place = record.place
    switch record.event {
    case .made, .named, .stageAdded, .fired, .settled, .paused, .unpaused, .collected, .unhandled:
      applyChain(record.event)
    case .entered, .left, .passedThrough:
      applyHandler(record.event)
    case .waits, .took, .resumed, .read:
      applyWaiting(record.event)
    case .failureBorn, .trapAsked:
      applyFailure(record.event)
    case .cancelAsked, .cancelPassedOn, .cancellerEntered, .cancellerLeft, .lateResultSwallowed, .calledAgain:
      applyCancel(record.event)
    case .callEntered, .callLeft, .note, .dropped:
      applyCall(record.event)
    case .clockAdvanced, .timerMade, .timerBegan, .timerEnded, .timerCancelled, .timerMoved:
      applyTime(record.event)
    case .loopStarted, .loopTicked, .loopReset, .loopStopped, .taskMade, .taskPaused, .taskResumed,
      .taskEnded,
      .sharedChanged:
      applyActor(record.event)
    case .groupMade, .slotFilled, .groupDecided:
      applyGroup(record.event)
    case .generatorBegan, .generatorYielded, .generatorResumed, .generatorEnded:
      applyGenerator(record.event)
    }
  }

  /// More than this many things may not be made up: a hostile id must not cost memory.
  private var madeUpLimit: Int { 1024 + 4 * step }

  /// Whether all from the `first` to the `last` may be made up; counts them if so.
  mutating func mayMakeUp(from first: Int, through last: Int) -> Bool {
    guard last >= first, last - first < madeUpLimit - madeUp else { return false }
    madeUp += last - first + 1
    return true
  }

  /// Whether there is a Deferred `id` (made up if need be).
  mutating func knows(deferred id: DeferredID) -> Bool {
    if id >= 0, id < deferreds.count { return true }
    guard id >= 0, mayMakeUp(from: deferreds.count, through: id) else { return false }
    while deferreds.count <= id {
      let number = deferreds.count
      deferreds.append(DeferredState(id: number, madeAt: 0))
      roots.insert(number)
      unfired.insert(number)
    }
    return true
  }

  /// Whether there is a stage `index` of Deferred `id` (both made up if need be).
  mutating func knows(stage index: Int, of id: DeferredID) -> Bool {
    guard index >= 0, knows(deferred: id) else { return false }
    let count = deferreds[id].stages.count
    if index < count { return true }
    guard mayMakeUp(from: count, through: index) else { return false }
    while deferreds[id].stages.count <= index {
      deferreds[id].stages.append(StageState(kind: .handlers, addedAt: 0))
    }
    return true
  }

  /// Whether there is a Failure `id` (made up if need be).
  mutating func knows(failure id: FailureID) -> Bool {
    if id >= 0, id < failures.count { return true }
    guard id >= 0, mayMakeUp(from: failures.count, through: id) else { return false }
    while failures.count <= id {
      failures.append(FailureState(id: failures.count, type: "Failure", bornAt: 0, bornTime: time))
    }
    return true
  }

  /// The Failure in `outcome`, if it is one (made up if need be).
  mutating func failure(in outcome: Outcome?) -> FailureID? {
    guard case .failure(let id)? = outcome, knows(failure: id) else { return nil }
    return id
  }

  /// `outcome`, with nothing in it that this World does not know.
  mutating func told(_ outcome: Outcome) -> Outcome {
    switch outcome {
    case .value: outcome
    case .failure(let id): knows(failure: id) ? outcome : .value(.untold)
    case .deferred(let id): knows(deferred: id) ? outcome : .value(.untold)
    }
  }

  /// A time whose difference to any other is a time, too: whoever shows it may reckon with it.
  static func bounded(_ time: Int64) -> Int64 { min(max(time, -1 << 61), 1 << 61) }

  // MARK: Frames

  /// Nesting deeper than this is not shown: a trace of nothing but beginnings must not cost memory.
  private static var frameLimit: Int { 4096 }

  mutating func push(_ frame: Frame) {
    if frames.count < Self.frameLimit { frames.append(frame) }
  }

  /// Ends `frame`, with all that began inside it and was never ended.
  mutating func pop(_ frame: Frame) {
    for place in frames.indices.reversed().prefix(64) where frames[place] == frame {
      frames.removeSubrange(place...)
      return
    }
  }

  // MARK: Results

  mutating func setResult(_ id: DeferredID, _ outcome: Outcome?) {
    deferreds[id].result = outcome
    failed.set(id, failure(in: outcome) != nil)
  }
}

extension ValueText {
  /// Python's None, in the words of traces.
  public static let none = ValueText("none")
  /// What a record pointed at, where the trace never tells what that is.
  static let untold = ValueText("?")
}
