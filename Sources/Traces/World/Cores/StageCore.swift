/// What the world keeps of a stage and of how its chain went through it. 0 stands for no step, -1 for no thing.
struct StageCore: Sendable, Equatable {
  /// The step that told of it; 0 where only its use did.
  var addedAt: Int32
  /// The next stage of the same chain.
  var next: Int32 = -1
  var kind = Entry.Stage.handlers
  /// The Deferred that `kind` names.
  var other: Int32 = -1
  var passage = PassageCore()

  init(addedAt: Int32) { self.addedAt = addedAt }
}

/// How a chain went through a stage.
struct PassageCore: Sendable, Equatable {
  enum State: UInt8, Sendable {
    case passedThrough, running, returned, trapped, raised, letThrough, waiting, gotFrom
  }

  /// The step at which it was entered or passed; 0 while it has not been.
  var step: Int32 = 0
  var leftAt: Int32 = 0
  var input = Mark.absent
  var output = Mark.absent
  /// Whom it waits for, or got its outcome from.
  var peer: Int32 = -1
  /// The last `trap` that its handler asked, in ``World/asks``.
  var lastAsk: Int32 = -1
  /// The step of the one that matched.
  var matchedAt: Int32 = 0
  var state = State.passedThrough
  var isErrback = false

  var isThere: Bool { step != 0 }
  var wasAsked: Bool { lastAsk >= 0 }
}

/// A side of a stage of a Deferred, as numbers.
struct RefCore: Sendable, Equatable {
  var deferred: Int32 = -1
  private var bits: Int32 = 0

  init() {}

  init(_ deferred: Int32, stage: Int32, isErrback: Bool) {
    self.deferred = deferred
    bits = stage << 1 | (isErrback ? 1 : 0)
  }

  var stage: Int32 { bits >> 1 }
  var isErrback: Bool { bits & 1 == 1 }
  var ref: StageRef {
    StageRef(deferred: Int(deferred), stage: Int(stage), side: isErrback ? .errback : .callback)
  }
}
