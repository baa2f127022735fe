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
  /// The Deferred that a loop's `start` returned.
  public var deferred: DeferredID?
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
