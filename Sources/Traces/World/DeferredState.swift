/// A Deferred at one step.
///
/// Numbers are at hand; a text is read from its record when it is asked for.
public struct DeferredState {
  /// Its number; its place in ``World/deferreds``.
  public let id: DeferredID
  let core: DeferredCore
  let world: World

  init(_ id: DeferredID, in world: World) {
    self.id = id
    self.world = world
    core = world.deferredCores[id]
  }

  private func event(at step: Int32) -> Event? {
    step > 0 ? world.records.record(at: Int(step)).event : nil
  }

  // MARK: How it came to be

  /// Its first name, or `deferred 7` where it has none.
  public var name: String { givenName ?? "deferred \(id)" }

  /// Its first name, if its program or scenario gave one.
  public var givenName: String? { event(at: core.namedAt)?.givenName }

  /// The names it was given after the first one.
  public var otherNames: [String] {
    var names: [String] = []
    var place = Int(extra?.lastName ?? -1)
    while let link = world.moreNames.at(place) {
      if let name = event(at: link.step)?.givenName { names.append(name) }
      place = Int(link.previous)
    }
    var known: Set<String> = [name]
    return names.reversed().filter { known.insert($0).inserted }
  }

  /// How it came to be: `deferred`, `succeed`, `later`, `list`, `generator`, …
  public var origin: String {
    if case .made(_, let origin, _, _)? = event(at: core.madeAt) { origin } else { "unknown" }
  }

  /// Whether a canceller of its own is called when it is cancelled.
  public var hasCanceller: Bool { core.flags.contains(.hasCanceller) }
  /// The step (1-based number of the record) that made it; 0 where the trace begins after that.
  public var madeAt: Int { Int(core.madeAt) }
  /// Where in the program it was made, if the trace tells.
  public var madePlace: Place? { core.madeAt > 0 ? world.records.record(at: madeAt).place : nil }
  /// The step that began what ran when it was made; nil where nothing did.
  public var madeInStep: Int? { core.madeInStep > 0 ? Int(core.madeInStep) : nil }
  /// What ran when it was made: a handler, a timer, a call.
  public var madeIn: Frame? { world.frame(begunAt: core.madeInStep) }
  /// The number of its creation site, in ``World/sites``; nil where it was never made.
  public var site: Int? { core.site >= 0 ? Int(core.site) : nil }

  // MARK: Its result

  /// The step at which it got its first result; nil while it has none.
  public var firedAt: Int? { core.firedAt > 0 ? Int(core.firedAt) : nil }
  /// The time of that step, in microseconds.
  public var firedTime: Int64? { firedAt.map { World.bounded(world.records.record(at: $0).time) } }
  /// What it was fired with.
  public var firedWith: Outcome? {
    if case .fired(_, let outcome)? = event(at: core.firedAt) { world.told(outcome) } else { nil }
  }
  /// Whether it has been called: `callback`, `errback` or its origin gave it a first result.
  public var isFired: Bool { core.firedAt > 0 }
  /// The current result: nil before it fires and while it waits.
  public var result: Outcome? { core.result.outcome(in: world.records) }
  /// The Failure that is its current result.
  public var failure: FailureID? { core.result.failure }
  /// The Failure with which it was dropped, reported as unhandled.
  public var unhandled: FailureID? { core.unhandled >= 0 ? Int(core.unhandled) : nil }
  /// Whether that Failure is its own still: nobody works on it, took it, or was told that nobody handled it.
  public var isHolder: Bool { core.flags.contains(.isHolder) }
  /// How many pauses are not undone; waiting is one.
  public var pauseCount: Int { Int(core.pauseCount) }
  /// Whether somebody has cancelled it.
  public var isCancelAsked: Bool { core.flags.contains(.isCancelAsked) }
  /// Whether nobody holds it any more.
  public var isCollected: Bool { core.flags.contains(.isCollected) }

  // MARK: Who waits

  /// The Deferred whose result its chain waits for.
  public var waitsOn: DeferredID? { core.flags.contains(.isAwaiting) ? nil : waitsFor }
  /// The Deferred that its chain waits for, or its coroutine.
  public var waitsFor: DeferredID? { core.waitsOn >= 0 ? Int(core.waitsOn) : nil }
  /// Those that wait for it, in the order in which they will be resumed.
  public var waiters: Waiters { Waiters(of: core, in: world) }
  /// Who stands behind it and before it among those that wait for the same.
  public var nextWaiter: DeferredID? { core.nextWaiter >= 0 ? Int(core.nextWaiter) : nil }
  public var previousWaiter: DeferredID? { core.previousWaiter >= 0 ? Int(core.previousWaiter) : nil }

  /// The Failure with which it had failed when who waited for it took that.
  public var passedOn: FailureID? { (extra?.passedOn).flatMap { $0 >= 0 ? Int($0) : nil } }
  /// Who took it: a chain, or a coroutine.
  public var passedTo: DeferredID? { (extra?.passedTo).flatMap { $0 >= 0 ? Int($0) : nil } }

  /// The lock, semaphore or queue at which it waits, or waited, for its turn.
  public var shared: ActorID? { (extra?.shared).flatMap { $0 >= 0 ? Int($0) : nil } }

  // MARK: Its stages

  /// Its stages, in order.
  public var stages: Stages { Stages(of: core, in: world) }
  /// The first stage that has not been reached.
  public var nextStage: Int { Int(core.nextStage) }
  /// The stage whose handler runs or waits now.
  public var currentStage: Int? { core.currentStage >= 0 ? Int(core.currentStage) : nil }

  // MARK: What few have

  private var extra: ExtraCore? { world.extras.at(Int(core.extra)) }

  /// For a list, gather or race.
  public var group: GroupState? {
    world.groups.at(Int(extra?.group ?? -1)).map { GroupState($0, in: world) }
  }

  /// For a group: whom it still waits for, by slot. No record is read for it.
  public var pendingMembers: [DeferredID] {
    guard let core = world.groups.at(Int(extra?.group ?? -1)) else { return [] }
    return (core.firstSlot..<core.firstSlot + core.slotCount).compactMap { place in
      let slot = world.slots[Int(place)]
      return slot.outcome == .absent ? Int(slot.member) : nil
    }
  }

  /// For a generator: how far it is, in words.
  public var generator: String? {
    switch event(at: extra?.generatorStep ?? 0) {
    case .generatorBegan(_, let name): "\(name) runs"
    case .generatorYielded(_, let on):
      on.flatMap { world.deferreds.at($0) }.map { "waits for \($0.name)" } ?? "yielded a plain value"
    case .generatorResumed: "runs"
    case .generatorEnded: "has ended"
    default: nil
    }
  }

  /// The name of the generator's or coroutine's function.
  public var generatorName: String? {
    if case .generatorBegan(_, let name)? = event(at: extra?.generatorAt ?? 0) { name } else { nil }
  }

  /// The step at which its generator or coroutine began.
  public var generatorBeganAt: Int? { (extra?.generatorAt).flatMap { $0 > 0 ? Int($0) : nil } }

  /// The step at which it ended.
  public var generatorEndedAt: Int? {
    guard let last = extra?.generatorStep, case .generatorEnded? = event(at: last) else { return nil }
    return Int(last)
  }

  /// What a generator has waited for, the first wait first.
  public var awaits: [Await] { awaits(around: .max, past: .max, future: 0) }

  /// The last waits that began up to `step`, and the first ones after it, in order.
  ///
  /// - Complexity: O(waits after `step`).
  public func awaits(around step: Int, past: Int, future: Int) -> [Await] {
    var (earlier, later): ([Await], [Await]) = ([], [])
    var place = Int(extra?.lastAwait ?? -1)
    while earlier.count < past, let core = world.awaits.at(place) {
      if Int(core.yieldedAt) > step { later.append(Await(core)) } else { earlier.append(Await(core)) }
      place = Int(core.previous)
    }
    return earlier.reversed() + later.suffix(future).reversed()
  }
}

/// One wait of a generator.
public struct Await: Sendable, Equatable {
  /// The step at which it began to wait.
  public let yieldedAt: Int
  /// For whom; nil for a plain value.
  public let on: DeferredID?
  /// The step at which it went on; nil while it waits.
  public let resumedAt: Int?

  init(_ core: AwaitCore) {
    yieldedAt = Int(core.yieldedAt)
    on = core.on >= 0 ? Int(core.on) : nil
    resumedAt = core.resumedAt > 0 ? Int(core.resumedAt) : nil
  }
}

extension Event {
  fileprivate var givenName: String? {
    switch self {
    case .made(_, _, let name, _): name
    case .named(_, let name): name
    default: nil
    }
  }
}

extension DeferredState: Equatable {
  public static func == (left: DeferredState, right: DeferredState) -> Bool {
    left.id == right.id && left.name == right.name && left.otherNames == right.otherNames
      && left.origin == right.origin && left.core.flags == right.core.flags && left.madeAt == right.madeAt
      && left.madePlace == right.madePlace && left.madeInStep == right.madeInStep
      && left.firedAt == right.firedAt && left.firedTime == right.firedTime
      && left.firedWith == right.firedWith && left.result == right.result
      && left.unhandled == right.unhandled && left.pauseCount == right.pauseCount
      && left.passedOn == right.passedOn && left.passedTo == right.passedTo && left.shared == right.shared
      && left.waitsFor == right.waitsFor && left.waiters == right.waiters
      && left.nextStage == right.nextStage && left.currentStage == right.currentStage
      && left.stages == right.stages && left.group == right.group && left.generator == right.generator
      && left.generatorName == right.generatorName && left.awaits == right.awaits
  }
}

/// What a list, a gather or a race knows of its members.
public struct GroupState: Equatable {
  /// `list`, `gather` or `race`.
  public let kind: String
  /// Whom it waits for, by slot.
  public let members: [DeferredID]
  /// What the members have brought so far.
  public let slots: [Outcome?]
  /// The slot that decided, where a single one did.
  public let decidedBy: Int?
  /// Whether it has its result.
  public let isDecided: Bool

  init(_ core: GroupCore, in world: World) {
    if case .groupMade(_, let kind, _) = world.records.record(at: Int(core.madeAt)).event {
      self.kind = kind
    } else {
      kind = "list"
    }
    let cores = (core.firstSlot..<core.firstSlot + core.slotCount).map { world.slots[Int($0)] }
    members = cores.map { Int($0.member) }
    slots = cores.map { $0.outcome.outcome(in: world.records) }
    decidedBy = core.decidedBy >= 0 ? Int(core.decidedBy) : nil
    isDecided = core.isDecided
  }
}
