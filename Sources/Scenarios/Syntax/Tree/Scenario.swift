/// A scenario as its file says it: a tree of plain values with the place of everything in it.
///
/// The arrays keep file order, which is set-up order within each kind.
package struct Scenario: Sendable {
  package var file: String
  /// The lines of the file, without their ends.
  package var lines: [String]
  package var title: String?
  package var summary: String?
  package var tags: [String]
  package var errorTypes: ErrorTypes

  package var locks: [Name]
  package var semaphores: [SemaphoreDeclaration]
  package var queues: [QueueDeclaration]
  /// The declared ones, with `cooperator` in front of them where the file does not describe it itself.
  package var cooperators: [CooperatorDeclaration]
  package var deferreds: [DeferredDeclaration]
  package var loops: [LoopDeclaration]
  package var tasks: [TaskDeclaration]
  package var timeline: [TimelineEntry]

  package var drive: Drive
  package var until: Microseconds?
  package var seed: Int?
  package var lesson: [LessonEntry]
  package var expectations: [Expectation]

  /// How many `each` counters there are: `Handler.Body.each` numbers them from 0.
  package var counters: Int
  /// What is suspicious but no fault.
  package var warnings: [Fault]
}

/// How time moves.
package enum Drive: Sendable, Equatable {
  /// To the next due time, again and again.
  case each
  /// `Clock.pump`: one advance for each number.
  case pump([Microseconds])
}
