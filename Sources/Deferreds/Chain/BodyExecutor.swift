private import Synchronization

/// Runs the jobs of one `async` body here and now, in the isolation domain of the chains that it awaits.
///
/// Whoever fires a chain that the body awaits makes the body go on, on the spot, until it awaits again: as
/// Twisted's coroutines do. Child tasks of the body run here too, by turns. A job that comes from elsewhere (a
/// timer of Swift's, another actor) stays in the inbox until the domain can be entered.
///
/// Unchecked, because jobs come from anywhere: they reach the inbox only, which has a lock. All else is touched in
/// the domain only, and so is what the jobs run: a chain can be fired nowhere else.
final class BodyExecutor: TaskExecutor, @unchecked Sendable {
  /// What the domain is asked to do.
  private enum Request {
    case run(UnownedJob)
    case cancel(Arrival)
  }

  private struct Inbox {
    var requests: [Request] = []
    /// Where the next request is: what stands before it has been done.
    var next = 0
    /// How many turns go on, one inside another, that will see what comes.
    var turns = 0
    /// Whether the domain was asked to look.
    var isRung = false
  }

  private let inbox = Mutex(Inbox())
  let isolation: (any Actor)?
  private let returnPath: ReturnPath?
  /// The waits that the body began in this turn.
  private var begun: [Arrival] = []
  /// Is called, once, when something came from elsewhere.
  var comesBack: (() -> Void)?

  init(isolation: (any Actor)?) {
    self.isolation = isolation
    returnPath = ReturnPath.current
  }

  /// The one whose body runs in this task, or in the task that this one is a child of.
  @TaskLocal static var scoped: BodyExecutor?

  /// The one whose turn it is, if this is the domain in which it waits for chains.
  static func current(in isolation: (any Actor)?) -> BodyExecutor? {
    guard let scoped, scoped.isolation === isolation else { return nil }
    // A task that the body made, and that is no child of it, inherits the value but not the executor.
    return withUnsafeCurrentTask { $0?.unownedTaskExecutor } == scoped.asUnownedTaskExecutor()
      ? scoped : nil
  }

  // MARK: What comes in, from any thread

  func enqueue(_ job: consuming ExecutorJob) { put(.run(UnownedJob(job))) }

  /// Cancels the chain that a task waits for, in the domain.
  func cancel(_ arrival: Arrival) { put(.cancel(arrival)) }

  private func put(_ request: Request) {
    let mustRing = inbox.withLock { inbox in
      inbox.requests.append(request)
      guard inbox.turns == 0, !inbox.isRung else { return false }
      inbox.isRung = true
      return true
    }
    if mustRing { ring() }
  }

  /// Has the domain look into the inbox. Where nobody knows a way into it, that waits for the next turn.
  private func ring() {
    if let isolation {
      Task { await lookIn(isolation: isolation) }
    } else {
      returnPath?.enter { self.look() }
    }
  }

  private func lookIn(isolation: isolated any Actor) { look() }

  private func look() {
    guard inbox.withLock({ $0.next < $0.requests.count }) else { return }
    turn {}
  }

  // MARK: What goes on, in the domain

  /// Runs what `begin` brings in, and what comes in meanwhile, outside of the generator's own steps.
  private func turn(_ begin: () -> Void) {
    openTurn()
    begin()
    if let comesBack { comesBack() }
    for arrival in closeTurn() { watch(arrival) }
  }

  /// Keeps what comes in from now on for ``closeTurn()``, which must follow.
  func openTurn() { inbox.withLock { $0.turns += 1 } }

  /// Runs what has come in, in order; returns the waits that began meanwhile.
  func closeTurn() -> [Arrival] {
    while let request = take() {
      switch request {
      case .run(let job):
        if let isolation {
          job.runSynchronously(
            isolatedTo: isolation.unownedExecutor, taskExecutor: asUnownedTaskExecutor())
        } else {
          job.runSynchronously(on: asUnownedTaskExecutor())
        }
      case .cancel(let arrival): arrival.cancel()
      }
    }
    defer { begun = [] }
    return begun
  }

  /// The next request; without one, this turn is over.
  private func take() -> Request? {
    inbox.withLock { inbox in
      guard inbox.next < inbox.requests.count else {
        inbox.requests.removeAll(keepingCapacity: true)
        inbox.next = 0
        inbox.turns -= 1
        inbox.isRung = false
        return nil
      }
      inbox.next += 1
      return inbox.requests[inbox.next - 1]
    }
  }

  /// Stops the task that runs, until the result of a chain has arrived.
  ///
  /// Off the actor that it comes from, so that going on is a job for this executor and not for the actor's.
  @concurrent func wait(for arrival: Arrival) async {
    await withUnsafeContinuation { continuation in
      arrival.continuation = continuation
      begun.append(arrival)
    }
  }

  /// Waits for a chain beside the one that the generator waits for.
  func watch(_ arrival: Arrival) {
    arrival.chain.append(
      LibraryStage(.library("await"), "await") { input in
        self.turn { arrival.arrive(input) }
        return .empty
      })
  }
}

/// A task that waits for a chain, and then what it gets.
///
/// Unchecked, because a cancel comes from anywhere: it only carries this object into the chain's domain.
final class Arrival: @unchecked Sendable {
  let chain: Chain
  var continuation: UnsafeContinuation<Void, Never>?
  private(set) var outcome: Outcome?

  init(_ chain: Chain) { self.chain = chain }

  /// Lets the task go on with a result.
  func arrive(_ outcome: Outcome) {
    self.outcome = outcome
    continuation?.resume()
    continuation = nil
  }

  /// Cancels the chain, unless its result has come meanwhile.
  func cancel() {
    guard outcome == nil else { return }
    do { try chain.cancel() } catch { chain.tellCancellerError(Failure.of(error)) }
  }
}
