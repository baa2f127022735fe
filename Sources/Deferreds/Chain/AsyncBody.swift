/// An `async` function as generator code: it stops where it awaits a Deferred, and goes on when that has a result.
///
/// So awaiting, cancelling and being watched are what they are for any generator code (Twisted:
/// `defer.Deferred.fromCoroutine`). While the function awaits something else, it counts as waiting for a Deferred
/// of its own, whose canceller cancels the task.
///
/// Unchecked, because the task's closure holds it; all of it is touched in the domain of the chains only.
final class AsyncBody<Value>: GeneratorBody, @unchecked Sendable {
  private let executor: BodyExecutor
  private var code: (() async throws -> Value)?
  private var task: Task<Void, Never>?
  private var result: Result<Value, any Error>?
  /// The wait that the generator waits for.
  private var waited: Arrival?
  /// What came of it.
  var received: Outcome?
  private var isTaskCancelled = false

  init(isolation: (any Actor)?, _ code: @escaping () async throws -> Value) {
    executor = BodyExecutor(isolation: isolation)
    self.code = code
  }

  func resume(_ sent: Result<Any, Failure>?) throws -> GeneratorStep<Any, Value> {
    executor.comesBack = nil
    executor.openTurn()
    if task == nil {
      start()
    } else if let waited, let received {
      self.waited = nil
      self.received = nil
      // A Failure that was not received is for us too: that there will be nothing to receive.
      if case .failure(let failure)? = sent {
        waited.arrive(.failure(failure))
      } else {
        waited.arrive(received)
      }
    }
    let begun = executor.closeTurn()
    if let result { return .finished(try end(with: result)) }
    guard waited == nil, let first = begun.first else { return .wait(somethingElse()) }
    waited = first
    for other in begun.dropFirst() { executor.watch(other) }
    return .wait(Deferred<Any>(chain: first.chain))
  }

  private func start() {
    task = Task(executorPreference: executor) { [self, executor] in
      await BodyExecutor.$scoped.withValue(executor) { await run(isolation: executor.isolation) }
    }
  }

  private func run(isolation: isolated (any Actor)?) async {
    guard let code else { return }
    self.code = nil
    do { result = .success(try await code()) } catch { result = .failure(error) }
  }

  private func end(with result: Result<Value, any Error>) throws -> Value {
    do { return try result.get() } catch is CancellationError where isTaskCancelled {
      throw CancelledError()
    }
  }

  /// A Deferred that fires when the function has something to do again.
  private func somethingElse() -> Deferred<Any> {
    let deferred = Deferred<Any>(origin: .other) { [weak self] _ in
      self?.isTaskCancelled = true
      self?.task?.cancel()
    }
    executor.comesBack = { [weak executor, chain = deferred.chain] in
      executor?.comesBack = nil
      if !chain.isCalled { try? chain.fire(.empty) }
    }
    return deferred
  }
}
