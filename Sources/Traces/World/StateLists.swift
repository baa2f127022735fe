/// Things by their numbers; a state is made when it is asked for, in bounded time.
public struct States<State>: RandomAccessCollection {
  public let count: Int
  private let state: (Int) -> State

  init(count: Int, _ state: @escaping (Int) -> State) {
    self.count = count
    self.state = state
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(position: Int) -> State {
    precondition(position >= 0 && position < count, "a number that no thing has")
    return state(position)
  }

  /// The state of number `position`, or nil where there is none.
  public func at(_ position: Int) -> State? { position >= 0 && position < count ? state(position) : nil }
}

extension States: Equatable where State: Equatable {
  public static func == (left: States, right: States) -> Bool { left.elementsEqual(right) }
}

/// The stages of one Deferred.
public typealias Stages = States<StageState>

extension World {
  /// By DeferredID, in order of creation.
  public var deferreds: States<DeferredState> {
    States(count: deferredCores.count) { DeferredState($0, in: self) }
  }

  /// By FailureID.
  public var failures: States<FailureState> {
    States(count: failureCores.count) { FailureState($0, in: self) }
  }

  /// By TimerID.
  public var timers: States<TimerState> {
    States(count: timerCores.count) { TimerState(id: $0, core: timerCores[$0], world: self) }
  }

  /// Loops, tasks, locks, semaphores, queues, by ActorID.
  public var actors: States<ActorState> {
    States(count: actorCores.count) { [actorCores, records] in ActorState($0, actorCores[$0], in: records) }
  }

  /// The program's log so far.
  public var log: States<LogEntry> {
    States(count: logCores.count) { LogEntry(logCores[$0], in: self) }
  }

  /// Where Deferreds are made, in the order in which the trace first tells of it.
  public var sites: States<SiteState> {
    States(count: siteCores.count) { [siteCores, records] in
      SiteState($0, siteCores[$0], records.site(Int32($0)) ?? Site(origin: "deferred"))
    }
  }
}

extension States where State == StageState {
  init(of core: DeferredCore, in world: World) {
    self.init(count: Int(core.stageCount)) { index in
      var world = world
      return StageState(core: world.stageCores[world.placeOfStage(Int32(index), of: core)], world: world)
    }
  }
}

/// Those that wait for one Deferred, in the order in which they will be resumed.
public struct Waiters: Sequence {
  /// How many wait now.
  public let count: Int
  public let first: DeferredID?
  public let last: DeferredID?
  private let world: World

  init(of core: DeferredCore, in world: World) {
    count = Int(core.waiterCount)
    first = core.firstWaiter >= 0 ? Int(core.firstWaiter) : nil
    last = core.lastWaiter >= 0 ? Int(core.lastWaiter) : nil
    self.world = world
  }

  public var isEmpty: Bool { count == 0 }

  public func makeIterator() -> AnyIterator<DeferredID> {
    var next = first
    return AnyIterator {
      guard let id = next else { return nil }
      let follower = world.deferredCores[id].nextWaiter
      next = follower >= 0 ? Int(follower) : nil
      return id
    }
  }
}

extension Waiters: Equatable {
  public static func == (left: Waiters, right: Waiters) -> Bool { left.elementsEqual(right) }
  public static func == (left: Waiters, right: [DeferredID]) -> Bool { left.elementsEqual(right) }
}

/// The stages that one Failure met, in order.
public struct Journey: Sequence {
  public let count: Int
  private let core: FailureCore
  private let world: World

  init(of core: FailureCore, in world: World) {
    count = Int(core.stopCount)
    self.core = core
    self.world = world
  }

  public var isEmpty: Bool { count == 0 }

  /// The last one so far.
  public var last: FailureStop? { world.stops.at(Int(core.lastStop)).map { FailureStop($0, in: world) } }

  public func makeIterator() -> AnyIterator<FailureStop> {
    var place = Int(core.firstStop)
    return AnyIterator {
      guard let stop = world.stops.at(place) else { return nil }
      place = Int(stop.next)
      return FailureStop(stop, in: world)
    }
  }
}
