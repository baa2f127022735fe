/// The number by which one watcher knows a chain: dense, from 0, in the order of creation.
public typealias ChainID = Int
/// The number by which one watcher knows a delayed call: dense, from 0, in the order of creation.
public typealias CallID = Int
/// The number by which one watcher knows a looping call, a cooperative task, a lock, semaphore or queue.
public typealias ActorID = Int

/// What a chain, a clock and what is built on them tell whoever watches, in the order in which it happens.
///
/// Events carry live objects (values, Failures); a watcher that keeps anything must turn it into text or
/// numbers at once, so that it never keeps alive what the program let go of.
public enum ChainEvent {
  // MARK: Chains
  /// A chain exists from here on.
  case made(ChainID, ChainOrigin, hasCanceller: Bool)
  /// The name under which the program knows a chain: its first, or one more.
  case named(ChainID, String)
  /// A stage stands at `index` of a chain, counted from 0 over the chain's whole life.
  case stageAdded(ChainID, index: Int, StageDescription)
  /// `callback` or `errback` gave a chain its first result.
  case fired(ChainID, Carried)
  /// One side of a stage is called with `input`.
  case entered(ChainID, stage: Int, Side, input: Carried)
  /// That side is over.
  case left(ChainID, stage: Int, Side, HandlerResult)
  /// A stage has no handler for what came, so it goes on as it is.
  case passedThrough(ChainID, stage: Int, Side)
  /// A handler of `outer` returned `inner`, which has nothing to give yet: `outer` waits. The stage of
  /// `inner` at `innerStage` will resume it.
  case waits(outer: ChainID, inner: ChainID, innerStage: Int)
  /// A handler of `outer` returned `inner`, which had a result: `outer` takes it, `inner` is left empty.
  case took(outer: ChainID, inner: ChainID, Carried)
  /// `inner` reached the stage that resumes `outer`: its result moves there, `inner` is left empty.
  case resumed(outer: ChainID, inner: ChainID, innerStage: Int, Carried)
  /// An `await` or a generator read a chain's result; `leavesEmpty` when it took it.
  case read(ChainID, Carried, leavesEmpty: Bool)
  case paused(ChainID, count: Int)
  case unpaused(ChainID, count: Int)
  /// A run went through at least one stage, or a fire, and no stage is left: the result so far.
  case settled(ChainID, Carried)
  /// The program let go of the last handle on a chain.
  case collected(ChainID)
  /// Nobody is left to handle the Failure that a chain held.
  case unhandled(ChainID, Failure)

  // MARK: Runs, for nesting only
  /// The synchronous run that a fire, a late add, an unpause started on this chain begins…
  case runBegan(ChainID)
  /// …and is over, with every chain it resumed.
  case runEnded(ChainID)

  // MARK: Failures
  /// `trap` or `check` was asked inside a handler; `matched` is the type that matched.
  case trapAsked(Failure, types: [String], matched: String?)

  // MARK: Cancelling and misuse
  case cancelAsked(ChainID)
  /// `cancel` of a chain that waits goes on to the chain it waits for.
  case cancelPassedOn(from: ChainID, to: ChainID)
  case cancellerEntered(ChainID)
  case cancellerLeft(ChainID, raised: Failure?)
  /// The one late result that a cancelled chain without canceller may swallow.
  case lateResultSwallowed(ChainID, Carried)
  /// A chain that has been called was fired again: AlreadyCalledError.
  case calledAgain(ChainID)

  // MARK: Other code that the library calls (deferLater's function, `maybe`, `run`, a tick, a step …)
  case callEntered(kind: String, name: String, input: Carried?)
  case callLeft(kind: String, name: String, HandlerResult)

  // MARK: Time
  /// The clock reads `now` from here on, in microseconds.
  case clockAdvanced(to: Int64)
  /// A delayed call is due at `due`, in microseconds; `place` is where it was set, as far as that is known.
  case timerMade(CallID, due: Int64, name: String?, place: Place)
  case timerBegan(CallID)
  case timerEnded(CallID, raised: Failure?)
  case timerCancelled(CallID)
  case timerMoved(CallID, due: Int64)

  // MARK: Loops, tasks
  /// `chain` is the Deferred that `start` returned; `interval` in microseconds.
  case loopStarted(ActorID, name: String, chain: ChainID, interval: Int64, now: Bool)
  /// The `number`th tick of this start, from 1; `skipped` intervals went by unticked before it.
  case loopTicked(ActorID, number: Int, skipped: Int)
  case loopReset(ActorID)
  case loopStopped(ActorID, Failure?)
  case taskMade(ActorID, name: String, cooperator: String)
  case taskPaused(ActorID, count: Int)
  case taskResumed(ActorID, count: Int)
  /// `why` is nil for the end of its steps.
  case taskEnded(ActorID, why: Failure?)

  // MARK: Groups
  case groupMade(ChainID, GroupKind, members: [ChainID])
  case slotFilled(ChainID, index: Int, Carried)
  /// A group fires because of the member at `index` (nil: because all have fired, or there are none).
  case groupDecided(ChainID, index: Int?)

  // MARK: Generators (inlineCallbacks, coroutines)
  case generatorBegan(ChainID, name: String)
  /// It waits on a chain, or (nil) yielded a plain value.
  case generatorYielded(ChainID, on: ChainID?)
  case generatorResumed(ChainID, Carried)
  case generatorEnded(ChainID, HandlerResult)

  // MARK: Sharing
  /// A lock, semaphore or queue: what it holds now, how many wait. `total` is its size (1 for a lock); `turn` tells
  /// which Deferred this is about, where it is about one.
  case sharedChanged(
    ActorID, SharedKind, name: String, held: Int, waiting: Int, total: Int?, turn: SharedTurn? = nil)

  // MARK: Notes by the program or its script
  case note(NoteKind, who: String, text: String, Failure?)
}

/// What goes along a chain: a value or a Failure, or (in an untyped world) another Deferred.
public enum Carried {
  case value(Any)
  case failure(Failure)
  case deferred(ChainID)
}

/// How a handler ended.
public enum HandlerResult {
  case returned(Any)
  case returnedDeferred(ChainID)
  case returnedFailure(Failure)
  case raised(Failure)
}

/// One of the two lines of a chain.
public enum Side: Sendable, Equatable { case callback, errback }

/// What a chain is made by.
public enum ChainOrigin: String, Sendable {
  case deferred, succeed, fail, later, maybe, list, gather, race, generator, coroutine
  case loop, task, acquire, run, get, sleep, other
}

/// What kind of group Deferreds are put into.
public enum GroupKind: String, Sendable { case list, gather, race }
/// What kind of thing is shared.
public enum SharedKind: String, Sendable { case lock, semaphore, queue }

/// What a change of something shared means for one Deferred.
public enum SharedTurn: Sendable, Equatable {
  /// It was made to wait for its turn.
  case asked(ChainID)
  /// Its turn has come: it has the lock, a token, an element.
  case given(ChainID)
  /// It was cancelled, and waits no more.
  case gaveUp(ChainID)
}
/// Who speaks: the program, a lesson, the log of errors, a person.
public enum NoteKind: String, Sendable { case log, say, error, mark }

/// What a stage is, for whoever looks at a chain from outside.
public struct StageDescription {
  public enum Kind: Equatable {
    /// Handlers of the program.
    case handlers
    /// `addTimeout`, in microseconds.
    case timeout(Int64)
    /// `chainDeferred`.
    case chainTo(ChainID)
    /// Fills a slot of a list, gather or race.
    case slot(group: ChainID, index: Int)
    /// Resumes a chain that waits for this one.
    case resumes(ChainID)
    /// Handlers of the library itself (a lock's release, a loop's next tick …).
    case library(String)
  }
  public var kind: Kind
  /// The callback side's name; nil where the stage has none and passes values on.
  public var callback: String?
  /// The errback side's name; nil where the stage has none and passes Failures on.
  public var errback: String?
  /// Where in the program's source it was added; an empty file where that is not known.
  public var place: Place

  /// Creates the description of a stage from what its properties say.
  public init(kind: Kind, callback: String?, errback: String?, place: Place) {
    self.kind = kind
    self.callback = callback
    self.errback = errback
    self.place = place
  }
}

/// A line of somebody's source.
public struct Place: Sendable, Hashable {
  public var file: String
  /// From 1; 0 where it is not known.
  public var line: Int
  /// Names a line; without arguments, a place that is not known.
  @inlinable
  public init(file: String = "", line: Int = 0) {
    self.file = file
    self.line = line
  }
}
