/// A Failure at one step.
public struct FailureState: Sendable, Equatable {
  public var id: FailureID
  public var type: String
  /// From the nearest to the farthest, without itself.
  public var parents: [String]
  public var message: String
  /// The Failure it was made from (raised while that one was handled).
  public var from: FailureID?
  public var bornAt: Int
  public var bornTime: Int64
  public var bornPlace: Place?
  /// Where it was born: in a stage, or nil for elsewhere (an errback, a timer, a script).
  public var bornIn: StageRef?
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
  public var deferred: DeferredID
  public var stage: Int
  public var side: Side
  /// Names a side of the stage of that index, counted from 0.
  public init(deferred: DeferredID, stage: Int, side: Side) {
    self.deferred = deferred
    self.stage = stage
    self.side = side
  }
}

public struct FailureStop: Sendable, Equatable {
  public var ref: StageRef
  public var step: Int
  public var what: What
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
