/// A call that is, or was, set for later.
public struct TimerState: Sendable, Equatable {
  /// Its number; its place in ``World/timers``.
  public var id: TimerID
  /// What it calls, if it has a name.
  public var name: String?
  /// The step at which it was set.
  public var madeAt: Int
  /// When it is due, in microseconds.
  public var due: Int64
  /// Where in the program it was set, if the trace tells.
  public var place: Place?
  /// How far it has got.
  public var state: State
  /// The life of a timer.
  public enum State: Sendable, Equatable { case pending, running, done, cancelled }
}

/// A loop, task, lock, semaphore or queue.
public struct ActorState: Sendable, Equatable {
  /// Its number; its place in ``World/actors``.
  public var id: ActorID
  /// As its program or scenario calls it.
  public var name: String
  /// What it is, and how it stands.
  public var kind: Kind
  /// A loop counts its ticks (microseconds apart), a task its pauses, what is shared its holders.
  public enum Kind: Sendable, Equatable {
    case loop(interval: Int64, ticks: Int, isRunning: Bool)
    case task(cooperator: String, pauses: Int, isDone: Bool)
    case shared(kind: String, held: Int, waiting: Int, total: Int?)
  }
  /// The Deferred that a loop's `start` returned.
  public var deferred: DeferredID?
  /// The Failure that ended it.
  public var failure: FailureID?
}

/// One line of the program's log, or of the narration.
public struct LogEntry: Sendable, Equatable {
  /// When it was written.
  public var step: Int
  /// The time of that step, in microseconds.
  public var time: Int64
  /// log, say, error, unhandled.
  public var kind: String
  /// Who wrote it; may be empty.
  public var who: String
  /// What it says.
  public var text: String
  /// The Failure it is about.
  public var failure: FailureID?
}
