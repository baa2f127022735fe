/// A Failure at one step.
public struct FailureState: Sendable, Equatable {
  /// Its number; its place in ``World/failures``.
  public var id: FailureID
  /// The name of its error's type.
  public var type: String
  /// From the nearest to the farthest, without itself.
  public var parents: [String]
  /// What the error says; empty where it says nothing.
  public var message: String
  /// The Failure it was made from (raised while that one was handled).
  public var from: FailureID?
  /// The step of its birth; 0 where the trace begins after it.
  public var bornAt: Int
  /// The time of its birth, in microseconds.
  public var bornTime: Int64
  /// The line of the program where it was born, if the trace tells.
  public var bornPlace: Place?
  /// Where it was born: in a stage, or nil for elsewhere (an errback, a timer, a script).
  public var bornIn: StageRef?
  /// What has become of it so far.
  public var fate = Fate.travelling
  /// The step at which `fate` became so.
  public var fateAt: Int
  /// Every stage it met, in order.
  public var journey = Shelf<FailureStop>()

  init(
    id: FailureID, type: String, parents: [String] = [], message: String = "", bornAt: Int, bornTime: Int64
  ) {
    self.id = id
    self.type = type
    self.parents = parents
    self.message = message
    self.bornAt = bornAt
    self.bornTime = bornTime
    fateAt = bornAt
  }

  /// `Type: message`, or the type alone.
  public var title: String { message.isEmpty ? type : "\(type): \(message)" }
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
}

/// Where a Failure has got to.
public enum Fate: Sendable, Equatable {
  case travelling
  /// A handler asked for this type (nil: for none) and gave a value instead.
  case trapped(StageRef, by: String?)
  /// A handler that asked for no type gave none: it ended silently.
  case swallowed(StageRef)
  case became(FailureID)
  /// It was thrown out of a timer, an entry of the timeline or a set-up: logged, and gone.
  case logged
  /// A list or a gather took it into its result.
  case consumed(by: DeferredID)
  case unhandled(DeferredID)
}
