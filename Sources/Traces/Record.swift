/// One thing that happened, at one moment: a step of a trace.
public struct Record: Sendable, Equatable {
  /// Microseconds since the trace began.
  public var time: Int64
  /// How deep the code that did it is nested: timer calls, runs of chains, handlers. 0 at the top.
  public var depth: Int
  /// The line of the program (or scenario) that did it, where known.
  public var place: Place?
  /// The thread that did it; nil for the main one.
  public var thread: String?
  /// Who called: of a Failure's birth its traceback, outermost first, each `file:line function`; empty where untold.
  public var stack: [String]
  /// What happened.
  public var event: Event

  /// Creates the record of an event.
  ///
  /// - Parameters:
  ///   - time: in microseconds since the trace began.
  ///   - depth: how many calls, runs and handlers it is inside of.
  ///   - place: the line that did it, where known.
  ///   - thread: the thread that did it; nil for the main one.
  ///   - stack: who called, outermost first.
  ///   - event: what happened.
  public init(
    time: Int64, depth: Int = 0, place: Place? = nil, thread: String? = nil, stack: [String] = [],
    event: Event
  ) {
    self.time = time
    self.depth = depth
    self.place = place
    self.thread = thread
    self.stack = stack
    self.event = event
  }
}

/// Dense numbers from 0, in the order in which things are first heard of.
public typealias DeferredID = Int
public typealias FailureID = Int
public typealias TimerID = Int
public typealias ActorID = Int

/// A line of somebody's source.
public struct Place: Sendable, Equatable, Hashable {
  /// As the program names it; empty for a scenario's own file.
  public var file: String
  /// From 1.
  public var line: Int
  /// Names a line of a file, counted from 1.
  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }

  /// Whether the file is one that was installed, and not the program's own.
  package var isOfLibrary: Bool {
    file.contains("-packages/") || file.contains("/lib/python") || file.hasPrefix("<")
  }
}

/// A value as text of bounded length.
public struct ValueText: Sendable, Equatable, Hashable {
  /// As its program would print it (`repr`): strings in quotes, `none`, `[1, 2]`.
  public var text: String
  /// Whether `text` was cut at the limit.
  public var isCut: Bool
  /// Takes a text as it is; it is the caller who cuts it.
  public init(_ text: String, isCut: Bool = false) {
    self.text = text
    self.isCut = isCut
  }
}

/// What goes along a chain.
public enum Outcome: Sendable, Equatable {
  case value(ValueText)
  case failure(FailureID)
  case deferred(DeferredID)
}

/// How a handler ended.
public enum HandlerEnd: Sendable, Equatable {
  case returned(ValueText)
  case returnedDeferred(DeferredID)
  case returnedFailure(FailureID)
  case raised(FailureID)
}

/// The two lines of a chain.
public enum Side: String, Sendable, Equatable { case callback, errback }

/// What a change of something shared means for one Deferred.
public enum SharedTurn: Sendable, Equatable {
  /// It was made to wait for its turn.
  case asked(DeferredID)
  /// Its turn has come: it has the lock, a token, an element.
  case given(DeferredID)
  /// It was cancelled, and waits no more.
  case gaveUp(DeferredID)

  /// Whose turn it is about.
  public var deferred: DeferredID {
    switch self {
    case .asked(let id), .given(let id), .gaveUp(let id): id
    }
  }

  /// The same turn of another Deferred.
  func of(_ other: DeferredID) -> SharedTurn {
    switch self {
    case .asked: .asked(other)
    case .given: .given(other)
    case .gaveUp: .gaveUp(other)
    }
  }
}

/// What a stage is.
public enum StageKind: Sendable, Equatable {
  case handlers
  /// `addTimeout`, in microseconds.
  case timeout(Int64)
  case chainTo(DeferredID)
  case slot(group: DeferredID, index: Int)
  case resumes(DeferredID)
  case library(String)
}

/// What happened.
public enum Event: Sendable, Equatable {
  // Deferreds. `origin`: deferred, succeed, fail, later, maybe, list, gather, race, generator, …
  case made(DeferredID, origin: String, name: String?, hasCanceller: Bool)
  case named(DeferredID, String)
  case stageAdded(DeferredID, index: Int, StageKind, callback: String?, errback: String?)
  case fired(DeferredID, Outcome)
  case entered(DeferredID, stage: Int, Side, input: Outcome)
  case left(DeferredID, stage: Int, Side, HandlerEnd)
  case passedThrough(DeferredID, stage: Int, Side)
  case waits(outer: DeferredID, inner: DeferredID, innerStage: Int)
  case took(outer: DeferredID, inner: DeferredID, Outcome)
  case resumed(outer: DeferredID, inner: DeferredID, innerStage: Int, Outcome)
  case read(DeferredID, Outcome, leavesEmpty: Bool)
  case paused(DeferredID, count: Int)
  case unpaused(DeferredID, count: Int)
  /// No stage is left: this is the result so far.
  case settled(DeferredID, Outcome)
  case collected(DeferredID)
  case unhandled(DeferredID, FailureID)

  // Failures
  case failureBorn(FailureID, type: String, parents: [String], message: String, from: FailureID?)
  case trapAsked(FailureID, types: [String], matched: String?)

  // Cancelling and misuse
  case cancelAsked(DeferredID)
  case cancelPassedOn(from: DeferredID, to: DeferredID)
  case cancellerEntered(DeferredID)
  case cancellerLeft(DeferredID, raised: FailureID?)
  case lateResultSwallowed(DeferredID, Outcome)
  case calledAgain(DeferredID)

  // Other calls into the program. `kind`: later, maybe, run, tick, step, timeline, on_timeout, …
  case callEntered(kind: String, name: String, input: Outcome?)
  case callLeft(kind: String, name: String, HandlerEnd)

  // Time
  case clockAdvanced
  case timerMade(TimerID, due: Int64, name: String?, deferred: DeferredID? = nil)
  case timerBegan(TimerID)
  case timerEnded(TimerID, raised: FailureID?)
  case timerCancelled(TimerID)
  case timerMoved(TimerID, due: Int64)

  // Loops and tasks
  case loopStarted(ActorID, name: String, deferred: DeferredID, interval: Int64, now: Bool)
  case loopTicked(ActorID, number: Int, skipped: Int)
  case loopReset(ActorID)
  case loopStopped(ActorID, FailureID?)
  case taskMade(ActorID, name: String, cooperator: String)
  case taskPaused(ActorID, count: Int)
  case taskResumed(ActorID, count: Int)
  case taskEnded(ActorID, why: FailureID?)

  // Groups. `kind`: list, gather, race
  case groupMade(DeferredID, kind: String, members: [DeferredID])
  case slotFilled(DeferredID, index: Int, Outcome)
  case groupDecided(DeferredID, index: Int?)

  // Generators
  case generatorBegan(DeferredID, name: String)
  case generatorYielded(DeferredID, on: DeferredID?)
  case generatorResumed(DeferredID, Outcome)
  case generatorEnded(DeferredID, HandlerEnd)

  // Sharing. `kind`: lock, semaphore, queue
  case sharedChanged(
    ActorID, kind: String, name: String, held: Int, waiting: Int, total: Int?, turn: SharedTurn? = nil)

  // Notes. `kind`: log, say, error, mark
  case note(kind: String, who: String, text: String, FailureID?)
  /// So many records are missing here: the recorder could not keep up, or was told to keep no more.
  case dropped(Int)
}
