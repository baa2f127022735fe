/// What is true at one step of a trace: a pure fold over the records up to it.
///
/// Copying a World is cheap, and a copy shares what has not changed since: the timeline keeps some of them as
/// snapshots. (States that grow with the trace live in `Shelf`, a persistent vector.)
public struct World: Sendable {
  /// How many records have been folded: 0 before the first.
  public internal(set) var step = 0
  /// Microseconds.
  public internal(set) var time: Int64 = 0
  public internal(set) var depth = 0
  /// The line of the program where the last record came from.
  public internal(set) var place: Place?
  /// By DeferredID, in order of creation.
  public internal(set) var deferreds = Shelf<DeferredState>()
  /// By FailureID.
  public internal(set) var failures = Shelf<FailureState>()
  /// By TimerID.
  public internal(set) var timers = Shelf<TimerState>()
  /// Loops, tasks, locks, semaphores, queues, by ActorID.
  public internal(set) var actors = Shelf<ActorState>()
  /// The program's log so far.
  public internal(set) var log = Shelf<LogEntry>()
  /// What is being run right now, outermost first.
  public internal(set) var frames: [Frame] = []
  /// The last narration (`say`).
  public internal(set) var narration: String?

  public init() {}
}

/// One thing that runs right now.
public enum Frame: Sendable, Equatable {
  case timer(TimerID)
  case handler(DeferredID, stage: Int, Side)
  case canceller(DeferredID)
  case call(kind: String, name: String)
}

/// A Deferred at one step.
public struct DeferredState: Sendable, Equatable {
  public var id: DeferredID
  /// Its first name, or `deferred 7` where it has none.
  public var name: String
  public var otherNames: [String] = []
  public var origin: String
  public var hasCanceller: Bool
  /// The step (1-based number of the record) that made it.
  public var madeAt: Int
  public var madePlace: Place?
  public var firedAt: Int?
  public var firedTime: Int64?
  /// What it was fired with.
  public var firedWith: Outcome?
  /// The current result: nil before it fires and while it waits.
  public var result: Outcome?
  public var pauseCount = 0
  public var waitsOn: DeferredID?
  /// Those that wait for it, in order.
  public var waiters: [DeferredID] = []
  public var isCancelAsked = false
  public var isCollected = false
  public var unhandled: FailureID?
  public var stages = Shelf<StageState>()
  /// The first stage that has not been reached.
  public var nextStage = 0
  /// The stage whose handler runs or waits now.
  public var currentStage: Int?
  /// For a list, gather or race.
  public var group: GroupState?
  /// For a generator: how far it is, in words.
  public var generator: String?
}

public struct GroupState: Sendable, Equatable {
  public var kind: String
  public var members: [DeferredID]
  public var slots: [Outcome?]
  public var decidedBy: Int?
  public var isDecided = false
}

/// One callback/errback pair at one step.
public struct StageState: Sendable, Equatable {
  public var kind: StageKind
  public var callback: String?
  public var errback: String?
  public var addedAt: Int
  public var place: Place?
  public var passage: Passage?
}

/// What happened at a stage, once it was reached.
public struct Passage: Sendable, Equatable {
  public var side: Side
  /// The step at which it was entered or passed.
  public var step: Int
  public var time: Int64
  public var input: Outcome
  public var state: State
  /// What went on from here, once something did (for a wait: what came out of the inner Deferred).
  public var output: Outcome?

  public enum State: Sendable, Equatable {
    /// No handler for what came.
    case passedThrough
    /// The handler runs now.
    case running
    /// The handler gave a value for a value.
    case returned
    /// The handler gave a value for a Failure: it was trapped, by the type it was asked for if any was.
    case trapped(by: String?)
    /// The handler raised or returned a Failure that was not the one that came in.
    case raised
    /// The handler let the Failure that came in go on: re-raised by `trap`, or returned.
    case letThrough
    /// The handler returned a Deferred that has nothing to give yet.
    case waiting(on: DeferredID)
    /// The handler returned a Deferred, whose result went on from here.
    case gotFrom(DeferredID)
  }
}

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
  public var fate: Fate
  /// Every stage it met, in order.
  public var journey: [FailureStop]
}

public struct StageRef: Sendable, Equatable, Hashable {
  public var deferred: DeferredID
  public var stage: Int
  public var side: Side
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

public struct TimerState: Sendable, Equatable {
  public var id: TimerID
  public var name: String?
  public var madeAt: Int
  public var due: Int64
  public var place: Place?
  public var state: State
  public enum State: Sendable, Equatable { case pending, running, done, cancelled }
}

/// A loop, task, lock, semaphore or queue.
public struct ActorState: Sendable, Equatable {
  public var id: ActorID
  public var name: String
  public var kind: Kind
  public enum Kind: Sendable, Equatable {
    case loop(interval: Int64, ticks: Int, isRunning: Bool)
    case task(cooperator: String, pauses: Int, isDone: Bool)
    case shared(kind: String, held: Int, waiting: Int, total: Int?)
  }
  /// The Failure that ended it.
  public var failure: FailureID?
}

public struct LogEntry: Sendable, Equatable {
  public var step: Int
  public var time: Int64
  /// log, say, error, unhandled.
  public var kind: String
  public var who: String
  public var text: String
  public var failure: FailureID?
}
