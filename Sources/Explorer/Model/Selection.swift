package import Traces

/// What is selected in each panel; nil where the panel follows what happens at the current step.
///
/// Selections name things, not rows, so that they stay on the same thing when rows come and go.
package struct Selection: Equatable, Sendable {
  /// Held by a person until Esc; the chain panel shows it.
  package var deferred: DeferredID?
  /// Of the Deferred that is shown.
  package var stage: Int?
  /// A place that makes Deferreds, by its number in ``World/sites``.
  package var site: Int?
  package var timer: TimerID?
  /// A loop, a task or something shared, which Timers lists too: of it and a timer one at most.
  package var actor: ActorID?
  package var failure: FailureID?
  /// The step whose event is selected, from 1.
  package var event: Int?
  /// The index of a line of the source, from 0.
  package var line: Int?
  /// The index of an entry of the log, from 0.
  package var logEntry: Int?

  package init() {}
}

/// One thing a person can point at: what the details panel shows, `y` copies and `w` goes to.
package enum Subject: Equatable, Sendable {
  case stage(DeferredID, stage: Int)
  case deferred(DeferredID)
  /// A place that makes Deferreds.
  case site(Int)
  case timer(TimerID)
  /// A loop, a task, a lock, a semaphore or a queue.
  case actor(ActorID)
  case failure(FailureID)
  /// A step, from 1.
  case event(Int)
  /// A line of the source, by index from 0.
  case line(Int)
  /// An entry of the log, by index from 0.
  case logEntry(Int)
}

/// How far a panel's text has been moved up and to the left.
package struct Scroll: Equatable, Sendable {
  package var row = 0
  package var column = 0
  package init(row: Int = 0, column: Int = 0) {
    self.row = row
    self.column = column
  }
}
