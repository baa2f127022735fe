/// Where one needle was found in a trace: in which records, and of which things they tell.
///
/// A sentence takes its texts from its own record and from those that told of the things it is about, so a thing is
/// marked when any record that names it may tell the needle.
struct Tracks {
  /// The steps whose records may tell it.
  private(set) var steps = NumberBits()
  private(set) var deferreds = NumberBits()
  /// Whether it is told of nothing, but in records that are about none of these.
  private(set) var hasNoThings = true
  private var failures = NumberBits()
  private var timers = NumberBits()
  private var actors = NumberBits()

  /// Takes the entry that leads to `step`, whose record may tell the needle. What `world` does not know has no texts.
  mutating func note(_ entry: Entry, at step: Int, in world: World) {
    steps.insert(Int32(truncatingIfNeeded: step))
    if let subject = entry.subject { mark(subject, entry.id, in: world) }
    if let object = entry.object { mark(object, entry.other, in: world) }
    switch entry.what {
    case .failure: mark(.failure, entry.whatID, in: world)
    case .deferred: mark(.deferred, entry.whatID, in: world)
    case .nothing, .value, .none: break
    }
  }

  private mutating func mark(_ kind: ThingKind, _ id: Int32, in world: World) {
    guard id >= 0 else { return }
    hasNoThings = false
    switch kind {
    case .deferred: if id < world.deferredCores.count { deferreds.insert(id) }
    case .failure: if id < world.failureCores.count { failures.insert(id) }
    case .timer: if id < world.timerCores.count { timers.insert(id) }
    case .actor: if id < world.actorCores.count { actors.insert(id) }
    }
  }

  @inline(__always)
  func has(_ kind: ThingKind, _ id: Int32) -> Bool {
    switch kind {
    case .deferred: deferreds.contains(id)
    case .failure: failures.contains(id)
    case .timer: timers.contains(id)
    case .actor: actors.contains(id)
    }
  }

  func has(_ mark: Mark) -> Bool {
    if let failure = mark.failure { return failures.contains(Int32(failure)) }
    if let deferred = mark.deferred { return deferreds.contains(Int32(deferred)) }
    return mark.valueStep.map { steps.contains(Int32($0)) } ?? false
  }

  /// Whether the sentence about the record of an entry may tell the needle, by the things it is about.
  ///
  /// What else it may tell it by is in its own line, or is the same for all (``Sieve``).
  func reach(_ entry: Entry, _ world: World, isNumeric: Bool) -> Bool {
    if let subject = entry.subject, has(subject, entry.id) { return true }
    if let object = entry.object, has(object, entry.other) { return true }
    switch entry.what {
    case .failure where failures.contains(entry.whatID): return true
    case .deferred where deferreds.contains(entry.whatID): return true
    default: break
    }
    switch entry.kind {
    case .timerMade, .timerBegan, .timerEnded, .timerCancelled, .timerMoved:
      // One that is set again may be called after another Deferred by then.
      return world.timerCores.at(Int(entry.id)).map { deferreds.contains($0.deferred) } ?? false
    case .entered, .left, .passedThrough: return reachStage(entry, world, isNumeric)
    case .failureBorn: return reachBirth(entry.id, world)
    case .groupMade: return isNumeric || !deferreds.isEmpty
    case .groupDecided: return reachMember(entry, world)
    default: return false
    }
  }

  /// What its stage does, what came in there, which types it asked for, for whom the Deferred waits that it returned.
  private func reachStage(_ entry: Entry, _ world: World, _ isNumeric: Bool) -> Bool {
    if entry.kind == .left, entry.what == .deferred, let inner = world.deferredCores.at(Int(entry.whatID)),
      deferreds.contains(inner.waitsOn)
    {
      return true
    }
    guard let stage = world.stageCore(entry.index, of: entry.id) else { return false }
    if deferreds.contains(stage.other) { return true }
    guard stage.passage.isThere else { return false }
    if has(stage.passage.input) || steps.contains(stage.passage.matchedAt) { return true }
    var ask = world.asks.at(Int(stage.passage.lastAsk))
    // How many types there were is told for all questions together.
    if isNumeric, let last = ask, last.previous >= 0 { return true }
    while let question = ask {
      if steps.contains(question.step) { return true }
      ask = world.asks.at(Int(question.previous))
    }
    return false
  }

  /// The handler it was born in, and what it was made from.
  private func reachBirth(_ id: Int32, _ world: World) -> Bool {
    guard let failure = world.failureCores.at(Int(id)) else { return false }
    if failures.contains(failure.from) || steps.contains(failure.bornInStep) { return true }
    guard !deferreds.isEmpty, case .handler(let id, _, _)? = world.frame(begunAt: failure.bornInStep) else {
      return false
    }
    return deferreds.contains(Int32(clamping: id))
  }

  private func reachMember(_ entry: Entry, _ world: World) -> Bool {
    guard let core = world.deferredCores.at(Int(entry.id)), let extra = world.extras.at(Int(core.extra)),
      let group = world.groups.at(Int(extra.group)), entry.index >= 0, entry.index < group.slotCount
    else { return false }
    return deferreds.contains(world.slots[Int(group.firstSlot + entry.index)].member)
  }
}

extension World {
  /// A stage of a Deferred by its index; nil where it has none such.
  func stageCore(_ index: Int32, of id: Int32) -> StageCore? {
    guard let core = deferredCores.at(Int(id)), index >= 0, index < core.stageCount else { return nil }
    if core.longChain >= 0 { return stageCores[Int(longChains[Int(core.longChain)][Int(index)])] }
    var stage = stageCores[Int(core.firstStage)]
    for _ in 0..<index { stage = stageCores[Int(stage.next)] }
    return stage
  }
}
