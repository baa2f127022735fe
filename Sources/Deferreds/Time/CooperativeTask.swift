/// What one step of a task gives.
public enum TaskStep {
  /// There is more to do.
  case proceed
  /// The task takes no turns until this chain has run.
  case wait(AnyDeferred)
  /// There was nothing left to do.
  case done

  /// The task takes no turns until `deferred` has run.
  public static func wait<Value>(_ deferred: Deferred<Value>) -> TaskStep {
    .wait(AnyDeferred(deferred))
  }
}

/// A handle on a chain of whatever type.
public struct AnyDeferred {
  let chain: Chain
  /// Forgets of what type a Deferred's value is.
  public init<Value>(_ deferred: Deferred<Value>) { chain = deferred.chain }
}

@available(*, unavailable) extension AnyDeferred: Sendable {}

/// A row of small steps that a ``Cooperator`` makes, one a turn.
///
/// Twisted: `task.CooperativeTask`.
public final class CooperativeTask {
  /// What those who watch call it.
  public let name: String
  private let next: () throws -> TaskStep
  /// Kept strongly only while the cooperator does not know this task: it would come back there.
  private weak var cooperator: Cooperator?
  private var cooperatorToRejoin: Cooperator?
  private var pauses = 0
  /// Who waits for the end, and what they get then: nil for this task, which must not hold itself.
  private var waiting: [(chain: Chain, value: Outcome?)] = []
  private var state: (any SchedulerError)?
  private var failure: Failure?
  private let observation = Observation.current
  private var id: ActorID?

  init(named name: String, in cooperator: Cooperator, _ next: @escaping () throws -> TaskStep) throws {
    self.name = name
    self.next = next
    self.cooperator = cooperator
    if let observation {
      id = observation.newActorID()
      tell { .taskMade($0, name: name, cooperator: cooperator.name) }
    }
    try cooperator.add(self)
  }

  /// Whether the task is over.
  public var isDone: Bool { state != nil }
  /// How many `pause` have not been taken back; waiting for a Deferred counts as one.
  public var pauseCount: Int { pauses }

  /// Returns a Deferred that fires with this task when it is done, or with what ended it.
  public func whenDone() -> Deferred<CooperativeTask> { whenDone(nil) }

  /// Returns a Deferred that fires with `value` when the task is done, or with what ended it.
  ///
  /// - Parameter value: a value that holds this task keeps it alive until it is done.
  public func whenDone<Value>(giving value: Value) -> Deferred<Value> { whenDone(.of(value)) }

  private func whenDone<Value>(_ value: Outcome?) -> Deferred<Value> {
    let deferred = Deferred<Value>(origin: .task)
    if state == nil {
      waiting.append((deferred.chain, value))
    } else {
      try? deferred.chain.fire(failure.map { .failure($0) } ?? value ?? .of(self))
    }
    return deferred
  }

  /// Takes no turns until as many `resume` have come as `pause`.
  ///
  /// - Throws: how the task ended, if it did.
  public func pause() throws {
    if let state { throw state }
    pauses += 1
    tell { .taskPaused($0, count: pauses) }
    guard pauses == 1, let cooperator else { return }
    cooperatorToRejoin = cooperator
    try cooperator.remove(self)
  }

  /// Takes back one `pause`.
  ///
  /// - Throws: ``NotPaused``.
  public func resume() throws {
    guard pauses > 0 else { throw NotPaused() }
    pauses -= 1
    tell { .taskResumed($0, count: pauses) }
    guard pauses == 0 else { return }
    let cooperator = cooperatorToRejoin ?? self.cooperator
    cooperatorToRejoin = nil
    if state == nil { try cooperator?.add(self) }
  }

  /// Ends the task with ``TaskStopped``.
  ///
  /// - Throws: how the task ended, if it did.
  public func stop() throws {
    if let state { throw state }
    try complete(with: TaskStopped(), .failure(Failure(TaskStopped())))
  }

  /// Twisted: `CooperativeTask._completeWith`.
  func complete(with state: any SchedulerError, _ result: Outcome) throws {
    self.state = state
    if case .failure(let failure) = result { self.failure = failure } else { failure = nil }
    tell { .taskEnded($0, why: failure) }
    if pauses == 0 { try cooperator?.remove(self) }
    cooperatorToRejoin = nil
    var index = 0
    while index < waiting.count {
      let (chain, value) = waiting[index]
      try chain.fire(failure.map { .failure($0) } ?? value ?? .of(self))
      index += 1
    }
  }

  /// Makes one step. Twisted: `CooperativeTask._oneWorkUnit`.
  func step() throws {
    switch callStep() {
    case .done: try complete(with: TaskDone(), .of(()))
    case .failed(let failure): try complete(with: TaskFailed(), .failure(failure))
    case .proceed: return
    case .wait(let chain):
      try pause()
      chain.append(
        LibraryStage(.library("task"), "resume") { [self] input in
          if case .failure(let failure) = input {
            try complete(with: TaskFailed(), .failure(failure))
          } else {
            try resume()
          }
          return .empty
        })
    }
  }

  private enum Made {
    case proceed, done
    case wait(Chain)
    case failed(Failure)
  }

  private func callStep() -> Made {
    let observation = Observation.current
    observation?.observe(.callEntered(kind: "step", name: name, input: nil))
    let made: Made
    let left: HandlerResult
    do {
      switch try next() {
      case .proceed: (made, left) = (.proceed, .returned(TaskStep.proceed))
      case .done: (made, left) = (.done, .returned(TaskStep.done))
      case .wait(let any):
        let id = observation?.id(of: any.chain) ?? -1
        (made, left) = (.wait(any.chain), .returnedDeferred(id))
      }
    } catch {
      let failure = Failure.of(error)
      (made, left) = (.failed(failure), .raised(failure))
    }
    observation?.observe(.callLeft(kind: "step", name: name, left))
    return made
  }

  private func tell(_ event: (ActorID) -> ChainEvent) {
    if let observation, let id { observation.observe(event(id)) }
  }
}

@available(*, unavailable) extension CooperativeTask: Sendable {}

extension Cooperator {
  /// Makes a task of what `next` does each time it is called.
  ///
  /// - Parameters:
  ///   - name: what tools call the task.
  ///   - next: makes one step. What it throws ends the task.
  /// - Throws: only what the handlers of a stopped cooperator's Deferreds make of it.
  public func cooperate(
    named name: String = "task", _ next: @escaping () throws -> TaskStep
  ) throws -> CooperativeTask {
    try CooperativeTask(named: name, in: self, next)
  }

  /// Makes a task of a sequence, and returns a Deferred that fires with the task when it is done.
  ///
  /// Twisted: `Cooperator.coiterate`.
  ///
  /// - Parameters:
  ///   - name: what tools call the task.
  ///   - steps: what each step gives; it is done where they end.
  public func coiterate(
    named name: String = "task", _ steps: some Sequence<TaskStep>
  ) throws -> Deferred<CooperativeTask> {
    var iterator = steps.makeIterator()
    let task = try cooperate(named: name) { iterator.next() ?? .done }
    let done = Deferred<CooperativeTask>(origin: .task)
    task.whenDone().chainDeferred(done)
    return done
  }
}
