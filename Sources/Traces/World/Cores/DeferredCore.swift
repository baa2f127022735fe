/// What the world keeps of a Deferred: numbers only. 0 stands for no step, -1 for no thing.
///
/// Names and places are in the records at the steps that are kept here; see ``DeferredState``.
struct DeferredCore: Sendable, Equatable {
  var madeAt: Int32
  /// The step that gave its first name.
  var namedAt: Int32 = 0
  var firedAt: Int32 = 0
  /// The step that began what ran when it was made.
  var madeInStep: Int32 = 0
  var result = Mark.absent
  /// Its creation site; see ``RecordStore/site(_:)``.
  var site: Int32 = -1
  var pauseCount: Int32 = 0

  /// Whom it waits for, and its neighbours among those that wait for the same.
  var waitsOn: Int32 = -1
  var nextWaiter: Int32 = -1
  var previousWaiter: Int32 = -1
  /// Those that wait for it, in the order in which they will be resumed.
  var firstWaiter: Int32 = -1
  var lastWaiter: Int32 = -1
  var waiterCount: Int32 = 0

  /// Its stages: a list through ``StageCore/next``.
  var firstStage: Int32 = -1
  var lastStage: Int32 = -1
  var stageCount: Int32 = 0
  /// The first stage that has not been reached.
  var nextStage: Int32 = 0
  /// The stage whose handler runs or waits now.
  var currentStage: Int32 = -1
  /// The stages of a long chain by index; see ``World/longChains``.
  var longChain: Int32 = -1

  /// What few have: a group, a generator, a second name; see ``ExtraCore``.
  var extra: Int32 = -1
  var unhandled: Int32 = -1
  var flags: Flags = []

  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    static let hasCanceller = Flags(rawValue: 1)
    static let isCancelAsked = Flags(rawValue: 2)
    static let isCollected = Flags(rawValue: 4)
    /// It is a coroutine's, which waits for ``DeferredCore/waitsOn``; its chain does not.
    static let isAwaiting = Flags(rawValue: 8)
    /// It is one of the ``FailureCore/holders`` of its result.
    static let isHolder = Flags(rawValue: 16)
  }

  init(madeAt: Int32) { self.madeAt = madeAt }
}

/// What few Deferreds have.
struct ExtraCore: Sendable, Equatable {
  /// In ``World/groups``.
  var group: Int32 = -1
  /// The last of its names after the first, in ``World/moreNames``.
  var lastName: Int32 = -1
  /// The steps that began the generator and that told of it last.
  var generatorAt: Int32 = 0
  var generatorStep: Int32 = 0
  /// Its last wait, in ``World/awaits``.
  var lastAwait: Int32 = -1
  /// The Failure that was its result when somebody who waited for it took that, and who.
  var passedOn: Int32 = -1
  var passedTo: Int32 = -1
  /// What it asked for: a lock, a semaphore or a queue, in ``World/actors``.
  var shared: Int32 = -1
}

/// One wait of a generator.
struct AwaitCore: Sendable, Equatable {
  var yieldedAt: Int32
  var on: Int32
  var resumedAt: Int32 = 0
  var previous: Int32
}

/// A list, gather or race; its slots lie in ``World/slots`` from `firstSlot` on.
struct GroupCore: Sendable, Equatable {
  var madeAt: Int32
  var firstSlot: Int32
  var slotCount: Int32
  var decidedBy: Int32 = -1
  var isDecided = false
}

/// One place of a group.
struct SlotCore: Sendable, Equatable {
  var member: Int32
  var outcome = Mark.absent
}

/// A step and the one before it in some list, -1 where it is the first.
struct StepLink: Sendable, Equatable {
  var step: Int32
  var previous: Int32
}

/// How many Deferreds of one creation site there are, by how they stand.
struct SiteCore: Sendable, Equatable {
  var made: Int32 = 0
  var fired: Int32 = 0
  var failed: Int32 = 0
  /// Those whose Failure was taken by who waited for them, and that have not failed again.
  var passedOn: Int32 = 0
  var unhandled: Int32 = 0
  var collected: Int32 = 0
}
