/// A Failure at one step.
///
/// Numbers are at hand; a text is read from its record when it is asked for.
public struct FailureState {
  /// Its number; its place in ``World/failures``.
  public let id: FailureID
  let core: FailureCore
  let world: World

  init(_ id: FailureID, in world: World) {
    self.id = id
    self.world = world
    core = world.failureCores[id]
  }

  private var birth: (type: String, parents: [String], message: String)? {
    guard bornAt > 0,
      case .failureBorn(_, let type, let parents, let message, _) = world.records.record(at: bornAt).event
    else { return nil }
    return (type, parents, message)
  }

  /// The name of its error's type.
  public var type: String { birth?.type ?? "Failure" }
  /// From the nearest to the farthest, without itself.
  public var parents: [String] { birth?.parents ?? [] }
  /// What the error says; empty where it says nothing.
  public var message: String { birth?.message ?? "" }
  /// The Failure it was made from (raised while that one was handled).
  public var from: FailureID? { core.from >= 0 ? Int(core.from) : nil }
  /// The step of its birth; 0 where the trace begins after it.
  public var bornAt: Int { max(0, Int(core.bornAt)) }
  /// The first step that tells of it: that of its birth, where the trace has it.
  public var firstToldAt: Int { abs(Int(core.bornAt)) }
  /// The time of its birth, in microseconds; 0 where the trace begins after it.
  public var bornTime: Int64 { bornAt > 0 ? World.bounded(world.records.record(at: bornAt).time) : 0 }
  /// The line of the program where it was born, if the trace tells.
  public var bornPlace: Place? { bornAt > 0 ? world.records.record(at: bornAt).place : nil }
  /// Its traceback, outermost first, each `file:line function`; empty where the trace does not tell it.
  public var traceback: [String] { bornAt > 0 ? world.records.record(at: bornAt).stack : [] }
  /// What ran when it was born: a handler, a generator, a canceller, a timer; nil where nothing did.
  public var bornBy: Frame? { world.frame(begunAt: core.bornInStep) }
  /// The Deferred whose handler, coroutine or canceller ran when it was born; nil where none did.
  public var bornOf: DeferredID? {
    guard core.bornInStep > 0 else { return nil }
    switch world.records.record(at: Int(core.bornInStep)).event {
    case .entered(let id, _, _, _), .generatorBegan(let id, _), .generatorResumed(let id, _),
      .cancellerEntered(let id):
      return id
    default: return nil
    }
  }
  /// Where it was born: in a stage, or nil for elsewhere (a timer, a script).
  public var bornIn: StageRef? {
    guard case .handler(let id, let stage, let side)? = bornBy else { return nil }
    return StageRef(deferred: id, stage: stage, side: side)
  }

  /// How many Deferreds have it as their result, which nobody works on.
  public var holderCount: Int { Int(core.holders) }

  /// Every Deferred that was given it from outside of its chain, in order.
  public var givings: [Giving] { givings(last: .max) }

  /// The last of them. O(`limit`).
  func givings(last limit: Int) -> [Giving] {
    var givings: [Giving] = []
    var place = Int(core.lastGiving)
    while givings.count < limit, let giving = world.givings.at(place) {
      givings.append(Giving(step: Int(giving.step), to: Int(giving.to)))
      place = Int(giving.previous)
    }
    return givings.reversed()
  }

  /// What has become of it so far: while a Deferred has it, nothing, though it was handled on another way.
  public var fate: Fate {
    switch core.fate {
    case .trapped, .swallowed, .became, .consumed: holderCount > 0 ? .travelling : ended
    case .travelling, .logged, .unhandled: ended
    }
  }

  /// Whether somebody gave something for it while a Deferred has it.
  var isEndedElsewhere: Bool {
    switch core.fate {
    case .trapped, .became, .consumed: holderCount > 0
    case .travelling, .swallowed, .logged, .unhandled: false
    }
  }

  /// What came of it last, wherever that was.
  private var ended: Fate {
    switch core.fate {
    case .travelling: .travelling
    case .trapped: .trapped(core.fateRef.ref, by: world.type(matchedAt: core.fatePeer))
    case .swallowed: .swallowed(core.fateRef.ref)
    case .became: .became(Int(core.fatePeer))
    case .logged: .logged
    case .consumed: .consumed(by: Int(core.fatePeer))
    case .unhandled: .unhandled(Int(core.fatePeer))
    }
  }

  /// The step at which `fate` became so, or when it was given away last.
  public var fateAt: Int {
    guard case .travelling = fate else { return Int(core.fateAt) }
    return max(Int(core.fateAt), Int(world.givings.at(Int(core.lastGiving))?.step ?? 0))
  }
  /// Every stage it met, in order.
  public var journey: Journey { Journey(of: core, in: world) }

  /// `Type: message`, or the type alone.
  public var title: String {
    guard let (type, _, message) = birth else { return "Failure" }
    return message.isEmpty ? type : "\(type): \(message)"
  }

  /// `Type message`, as logs have it.
  var logText: String {
    guard let (type, _, message) = birth else { return "Failure" }
    return message.isEmpty ? type : "\(type) \(message)"
  }
}

extension FailureState: Equatable {
  public static func == (left: FailureState, right: FailureState) -> Bool {
    left.id == right.id && left.title == right.title && left.parents == right.parents
      && left.from == right.from && left.bornAt == right.bornAt && left.bornTime == right.bornTime
      && left.bornPlace == right.bornPlace && left.bornBy == right.bornBy && left.fate == right.fate
      && left.fateAt == right.fateAt && left.journey.elementsEqual(right.journey)
  }
}

/// One side of one stage of a Deferred.
public struct StageRef: Sendable, Equatable, Hashable {
  /// Whose stage it is.
  public var deferred: DeferredID
  /// Its index in the chain, from 0.
  public var stage: Int
  /// Callback or errback.
  public var side: Side
  /// Names a side of the stage of that index, counted from 0.
  public init(deferred: DeferredID, stage: Int, side: Side) {
    self.deferred = deferred
    self.stage = stage
    self.side = side
  }
}

/// One stage that a Failure met, and what that made of it.
public struct FailureStop: Sendable, Equatable {
  /// The stage, and its side.
  public var ref: StageRef
  /// When it met it.
  public var step: Int
  /// What came of it.
  public var what: What
  /// What a stage may make of a Failure.
  public enum What: Sendable, Equatable {
    case passedThrough
    case handling
    /// Its handler asked for these types, none of which matched.
    case notTrapped(types: [String])
    /// Let on as it is without asking.
    case letThrough
    case trapped(by: String?)
    case swallowed
    case became(FailureID)
    case movedTo(DeferredID)
  }

  init(_ core: StopCore, in world: World) {
    ref = core.ref.ref
    step = Int(core.step)
    what =
      switch core.what {
      case .passedThrough: .passedThrough
      case .handling: .handling
      case .notTrapped: .notTrapped(types: world.types(asked: core.peer))
      case .letThrough: .letThrough
      case .trapped: .trapped(by: world.type(matchedAt: core.peer))
      case .swallowed: .swallowed
      case .became: .became(Int(core.peer))
      case .movedTo: .movedTo(Int(core.peer))
      }
  }
}

/// A Deferred was given a Failure: fired with it, or found with it where the trace tells no more.
public struct Giving: Sendable, Equatable {
  /// When.
  public var step: Int
  /// Which one.
  public var to: DeferredID
}

/// Where a Failure has got to.
public enum Fate: Sendable, Equatable {
  case travelling
  /// A handler asked for this type (nil: for none) and gave a value instead.
  case trapped(StageRef, by: String?)
  /// A handler that asked for no type gave none: it was swallowed.
  case swallowed(StageRef)
  case became(FailureID)
  /// It was thrown out of a timer, an entry of the timeline or a set-up: logged, and gone.
  case logged
  /// A list or a gather took it into its result.
  case consumed(by: DeferredID)
  case unhandled(DeferredID)
}
