/// What the world keeps of a Failure. 0 stands for no step, -1 for no thing.
struct FailureCore: Sendable, Equatable {
  enum Fate: UInt8, Sendable {
    case travelling, trapped, swallowed, became, logged, consumed, unhandled
  }

  /// The step of its birth; of one that was there before the trace, the first that tells of it, with a minus.
  var bornAt: Int32
  /// The step that began the handler it was born in.
  var bornInStep: Int32 = 0
  var from: Int32 = -1
  var fate = Fate.travelling
  var fateAt: Int32
  /// Where it was trapped or swallowed.
  var fateRef = RefCore()
  /// What it became, who consumed it, where it was unhandled; the step that matched, where it was trapped.
  var fatePeer: Int32 = -1
  /// How many Deferreds have it as their result; see ``World/hold(_:_:)``.
  var holders: Int32 = 0
  /// The last time that a Deferred was given it, in ``World/givings``.
  var lastGiving: Int32 = -1
  /// Its stops: a list through ``StopCore/next``.
  var firstStop: Int32 = -1
  var lastStop: Int32 = -1
  var stopCount: Int32 = 0

  init(bornAt: Int32, at step: Int32) {
    self.bornAt = bornAt
    fateAt = step
  }
}

/// One time that a Deferred was given a Failure, and the one before it, -1 for none.
struct GivingCore: Sendable, Equatable {
  var step: Int32
  var to: Int32
  var previous: Int32
}

/// One stage that a Failure met.
struct StopCore: Sendable, Equatable {
  enum What: UInt8, Sendable {
    case passedThrough, handling, notTrapped, letThrough, trapped, swallowed, became, movedTo
  }

  var ref: RefCore
  var step: Int32
  var what: What
  /// The Failure it became, the Deferred it moved to, the last question asked, the step that matched.
  var peer: Int32 = -1
  var next: Int32 = -1
}
