/// The first failure among the members of a list.
public struct FirstError: NamedError {
  /// The member's own Failure.
  public let failure: Failure
  /// Which member, from 0.
  public let index: Int
  /// Creates the error of a list of which the member at `index` failed with `failure`.
  public init(_ failure: Failure, index: Int) {
    self.failure = failure
    self.index = index
  }
  public var message: String { "#\(index) \(failure)" }
}

/// Every member of a race failed.
public struct FailureGroup: NamedError {
  /// In the order of the members.
  public let failures: [Failure]
  /// Creates the error of a race whose members failed with `failures`, in their order.
  public init(_ failures: [Failure]) { self.failures = failures }
  public var message: String {
    failures.enumerated().map { "#\($0.offset) \($0.element)" }.joined(separator: ", ")
  }
}

/// Chains that fire each other are nested too deeply (watched chains only).
public struct RecursionError: NamedError, Hashable {
  public init() {}
  public var parentNames: [String] { ["RuntimeError", "Exception"] }
  public var message: String { "maximum recursion depth exceeded" }
}

/// Something that must hold did not.
public struct AssertionError: NamedError, Hashable {
  public let message: String
  public init(_ message: String = "") { self.message = message }
}

/// An argument that cannot be.
public struct ValueError: NamedError, Hashable {
  public let message: String
  public init(_ message: String) { self.message = message }
}

/// A queue that is full got one more.
public struct QueueOverflow: NamedError, Hashable { public init() {} }

/// A queue that is empty was asked by more than its backlog allows.
public struct QueueUnderflow: NamedError, Hashable { public init() {} }

// MARK: Delayed calls

/// A delayed call that has begun was cancelled or moved.
public struct AlreadyCalled: NamedError, Hashable {
  public init() {}
  public var parentNames: [String] { ["ValueError", "Exception"] }
  public var message: String { "Tried to cancel an already-called event." }
}

/// A delayed call that was cancelled was cancelled again or moved.
public struct AlreadyCancelled: NamedError, Hashable {
  public init() {}
  public var parentNames: [String] { ["ValueError", "Exception"] }
  public var message: String { "Tried to cancel an already-cancelled event." }
}

/// One advance of a clock ran more calls than its bound allows: something reschedules itself for ever.
public struct EndlessAdvanceError: NamedError, Hashable {
  /// How many calls the advance had made.
  public let calls: Int
  public var message: String { "\(calls) calls ran in one advance" }
}

// MARK: Cooperative tasks

/// A cooperator or a task was asked what its state does not allow.
public protocol SchedulerError: NamedError {}

/// A task that is over was asked to do something.
public protocol TaskFinished: SchedulerError {}

/// The cooperator was stopped.
public struct SchedulerStopped: SchedulerError, Hashable {
  public init() {}
  public var parentNames: [String] { ["SchedulerError", "Exception"] }
}

/// A task was resumed that was not paused.
public struct NotPaused: SchedulerError, Hashable {
  public init() {}
  public var parentNames: [String] { ["SchedulerError", "Exception"] }
}

/// The task came to the end of its steps.
public struct TaskDone: TaskFinished, Hashable {
  public init() {}
  public var parentNames: [String] { ["TaskFinished", "SchedulerError", "Exception"] }
}

/// The task was stopped.
public struct TaskStopped: TaskFinished, Hashable {
  public init() {}
  public var parentNames: [String] { ["TaskFinished", "SchedulerError", "Exception"] }
}

/// A step of the task raised an error, or a Deferred it waited for failed.
public struct TaskFailed: TaskFinished, Hashable {
  public init() {}
  public var parentNames: [String] { ["TaskFinished", "SchedulerError", "Exception"] }
}
