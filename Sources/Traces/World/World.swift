/// What is true at one step of a trace: a pure fold over the records up to it.
///
/// Copying a World is cheap, and a copy shares what has not changed since: the timeline keeps some of them as
/// snapshots. (States that grow with the trace live in `Shelf`, a persistent vector.)
public struct World: Sendable, Equatable {
  /// How many records have been folded: 0 before the first.
  public internal(set) var step = 0
  /// Microseconds.
  public internal(set) var time: Int64 = 0
  /// How deep the code of the last record is nested; 0 at the top.
  public internal(set) var depth = 0
  /// The line of the program where the last record came from.
  public internal(set) var place: Place?
  /// By DeferredID, in order of creation.
  public internal(set) var deferreds = Shelf<DeferredState>()
  /// By FailureID.
  public internal(set) var failures = Shelf<FailureState>()
  /// By TimerID.
  public internal(set) var timers = Shelf<TimerState>()
  /// The timers that have not begun and were not cancelled, in the order in which they are due.
  public internal(set) var pendingTimers = DueQueue()
  /// Loops, tasks, locks, semaphores, queues, by ActorID.
  public internal(set) var actors = Shelf<ActorState>()
  /// The program's log so far.
  public internal(set) var log = Shelf<LogEntry>()
  /// What is being run right now, outermost first.
  public internal(set) var frames: [Frame] = []
  /// The last narration (`say`).
  public internal(set) var narration: String?
  /// The Deferreds that wait for another one now.
  public internal(set) var waiting = NumberSet()
  /// The Deferreds that wait for nobody: where the tree of who waits for whom begins (its branches are `waiters`).
  public internal(set) var roots = NumberSet()
  /// The Deferreds that have not been fired.
  public internal(set) var unfired = NumberSet()
  /// The Deferreds whose result is a Failure that nobody has handled yet.
  public internal(set) var failed = NumberSet()
  /// How many things were made up so far because a record spoke of one that was never made.
  var madeUp = 0

  public init() {}
}

/// One thing that runs right now.
public enum Frame: Sendable, Equatable {
  case timer(TimerID)
  case handler(DeferredID, stage: Int, Side)
  case canceller(DeferredID)
  case call(kind: String, name: String)
}
