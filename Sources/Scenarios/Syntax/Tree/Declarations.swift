/// An entry of `loops`; its name also names the Deferred that each start returns.
package struct LoopDeclaration: Sendable {
  package var name: String
  package var every: Microseconds
  package var now: Bool
  package var withCount: Bool
  /// What runs each tick; a list under `do` is a body with `each`.
  package var body: Handler
  package var chain: [Stage]
  package var mark: Mark
}

/// An entry of `tasks`; its name also names the `whenDone()` Deferred made at each start.
package struct TaskDeclaration: Sendable {
  package var name: String
  /// Whose turn it takes; `cooperator` where the file names none.
  package var cooperator: Name
  package var steps: [TaskStep]
  package var chain: [Stage]
  package var mark: Mark
}

/// One unit of a task's work.
package struct TaskStep: Sendable {
  package indirect enum Kind: Sendable {
    case yield(Literal)
    case await(DeferredSource)
    case raise(ErrorLiteral)
    case actions([Action])
    case repeated(Int, steps: [TaskStep])
  }

  package var kind: Kind
  package var mark: Mark
}

/// An entry of `cooperators`, or the one that is always there.
package struct CooperatorDeclaration: Sendable {
  package var name: String
  package var started: Bool
  package var unitsPerTurn: Int
  package var mark: Mark
}

/// An entry of `semaphores`.
package struct SemaphoreDeclaration: Sendable {
  package var name: Name
  /// At least 1.
  package var tokens: Int
}

/// An entry of `queues`; nil is no limit.
package struct QueueDeclaration: Sendable {
  package var name: Name
  package var size: Int?
  package var backlog: Int?
}
