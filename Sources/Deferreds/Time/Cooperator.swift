/// Runs several tasks by turns, one small step after the other.
///
/// The tasks stand in a list that a cursor walks. It is a live list: where a task leaves it, the one
/// behind moves up under the cursor and loses its turn, as in Twisted's `task.Cooperator`.
///
/// While there are tasks that take turns, the scheduler holds the cooperator; a clock that nobody holds any more
/// gives no turns, and what is not done then never is.
public final class Cooperator {
  /// A list that cursors walk while it changes. `stop` leaves the old one to whoever walks it.
  final class TaskList {
    var tasks: [CooperativeTask] = []
  }

  /// A place in a list, as Python's list iterator keeps it: an index that only grows.
  private struct Cursor {
    let list: TaskList
    var index = 0
    var isExhausted = false

    mutating func next() -> CooperativeTask? {
      guard !isExhausted, index < list.tasks.count else {
        isExhausted = true
        return nil
      }
      index += 1
      return list.tasks[index - 1]
    }
  }

  /// What those who watch call it.
  public let name: String
  private let scheduler: any Scheduler
  private let unitsPerTurn: Int
  private var list = TaskList()
  private var cursor: Cursor
  private var turn: DelayedCall?
  private var isStarted: Bool
  private var isStopped = false
  private var mustScheduleOnStart = false

  /// Creates a cooperator without tasks.
  ///
  /// - Parameters:
  ///   - scheduler: gives it its turns, one as soon as the one before is over.
  ///   - name: what tools call it.
  ///   - unitsPerTurn: how many steps are made in one call of the scheduler; at least one is.
  ///   - started: whether tasks get turns at once, or only after ``start()``.
  public init(
    on scheduler: any Scheduler, named name: String = "cooperator", unitsPerTurn: Int = 1,
    started: Bool = true
  ) {
    self.scheduler = scheduler.core
    self.name = name
    self.unitsPerTurn = unitsPerTurn
    isStarted = started
    cursor = Cursor(list: TaskList())
  }

  /// Whether tasks get turns.
  public var isRunning: Bool { isStarted && !isStopped }

  /// Begins to give turns.
  public func start() {
    isStopped = false
    isStarted = true
    guard mustScheduleOnStart else { return }
    mustScheduleOnStart = false
    reschedule()
  }

  /// Ends the tasks with ``SchedulerStopped``.
  ///
  /// As in Twisted, the list shrinks while it is walked: of tasks that take turns, every second one is
  /// forgotten and never ends. A task that waits ends when it comes back.
  public func stop() throws {
    isStopped = true
    var walk = Cursor(list: list)
    while let task = walk.next() {
      try task.complete(with: SchedulerStopped(), .failure(Failure(SchedulerStopped())))
    }
    list = TaskList()
    let last = turn
    turn = nil
    try last?.cancel()
  }

  // MARK: Tasks

  func add(_ task: CooperativeTask) throws {
    list.tasks.append(task)
    if isStopped {
      try task.complete(with: SchedulerStopped(), .failure(Failure(SchedulerStopped())))
    } else {
      reschedule()
    }
  }

  func remove(_ task: CooperativeTask) throws {
    guard let index = list.tasks.firstIndex(where: { $0 === task }) else {
      throw ValueError("list.remove(x): x not in list")
    }
    list.tasks.remove(at: index)
    guard list.tasks.isEmpty, let last = turn else { return }
    turn = nil
    try last.cancel()
  }

  private func reschedule() {
    guard isStarted else {
      mustScheduleOnStart = true
      return
    }
    guard turn == nil, !list.tasks.isEmpty else { return }
    turn = scheduler.callLater(after: .zero, named: name, at: Place()) { [self] in try takeTurn() }
  }

  private func takeTurn() throws {
    turn = nil
    var units = 0
    while !list.tasks.isEmpty {
      // Walked to its end even when the last task has just left, so that the next turn begins at the first.
      while let task = cursor.next() {
        try task.step()
        units += 1
        if units >= unitsPerTurn { return reschedule() }
      }
      cursor = Cursor(list: list)
    }
    reschedule()
  }
}

@available(*, unavailable) extension Cooperator: Sendable {}
