/// A scheduler whose time moves only when it is told to.
///
/// Time is counted in microseconds, and ends where 64 bits do, after some 292,000 years: what would be due later is
/// due then.
public final class VirtualClock: Scheduler {
  /// What the calls due in one advance see as the time.
  public enum Stepping: Sendable {
    /// Each call sees the time at which it is due.
    case each
    /// Every call sees the time advanced to, as with Twisted's `task.Clock`.
    case jump
  }

  /// Which of the two ways of time it keeps.
  public let stepping: Stepping
  /// How many calls one advance may run before it gives up with ``EndlessAdvanceError``: a loop of
  /// interval 0 that nothing stops would keep it busy for ever.
  public var maximumCallsPerAdvance = 10_000_000
  /// Is given what a call throws; the advance goes on. Without it, the error ends the advance.
  public var onError: ((any Error, DelayedCall) -> Void)?
  private let queue = CallQueue()
  private let observation = Observation.current

  /// Creates a clock at time 0 with nothing to do.
  ///
  /// - Parameter stepping: what the calls due in one advance see as the time.
  public init(stepping: Stepping = .each) { self.stepping = stepping }

  deinit { queue.close() }

  public var core: any Scheduler { queue }

  public private(set) var nowMicroseconds: Int64 {
    get { queue.now }
    set {
      guard queue.now != newValue else { return }
      queue.now = newValue
      observation?.observe(.clockAdvanced(to: newValue))
    }
  }

  /// Calls `body` once, `delay` after now. A negative delay is in the past, and due at once.
  ///
  /// - Complexity: O(log n) for n pending calls.
  @discardableResult
  public func callLater(
    after delay: Duration, named name: String?, at place: Place, _ body: @escaping () throws -> Void
  ) -> DelayedCall {
    queue.callLater(after: delay, named: name, at: place, body)
  }

  /// The calls still to come, soonest first. O(n log n).
  public var delayedCalls: [DelayedCall] { queue.calls }
  /// How many calls are still to come.
  public var pendingCount: Int { queue.count }
  /// When the next call is due; nil when there is none.
  public var nextDue: Duration? { nextDueMicroseconds.map { .microseconds($0) } }
  /// When the next call is due, in microseconds.
  public var nextDueMicroseconds: Int64? { queue.nextDue }
}

@available(*, unavailable) extension VirtualClock: Sendable {}

// MARK: Moving time

extension VirtualClock {
  /// Moves time forward and runs what is due by then, with what becomes due while it runs.
  ///
  /// - Parameter amount: may be negative, which moves time back.
  /// - Throws: what a call throws, unless ``onError`` takes it: that call is gone, time stays, and the
  ///   rest run on the next advance. ``EndlessAdvanceError`` when too many calls run.
  public func advance(by amount: Duration) throws {
    let target = clampedSum(nowMicroseconds, amount.microseconds)
    switch stepping {
    case .jump:
      moveTime(to: target)
      try runAll { self.nowMicroseconds }
    case .each:
      queue.settle()
      try runAll { target }
      nowMicroseconds = amount < .zero ? target : max(nowMicroseconds, target)
    }
  }

  /// Advances once by each of `amounts` in turn.
  public func pump(_ amounts: some Sequence<Duration>) throws {
    for amount in amounts { try advance(by: amount) }
  }

  private func runAll(by limit: () -> Int64) throws {
    var calls = 0
    while try runOne(by: limit()) {
      calls += 1
      if calls >= maximumCallsPerAdvance { throw EndlessAdvanceError(calls: calls) }
    }
  }

  private func runOne(by limit: Int64) throws -> Bool {
    guard let call = queue.popDue(by: limit) else { return false }
    if stepping == .each, call.settledDue > nowMicroseconds { nowMicroseconds = call.settledDue }
    do { try call.call() } catch {
      guard let onError else { throw error }
      onError(error, call)
    }
    queue.settle()
    return true
  }
}

// MARK: Moving time step by step, for a driver

extension VirtualClock {
  /// Moves time and runs nothing: the first half of an advance.
  public func moveTime(by amount: Duration) {
    moveTime(to: clampedSum(nowMicroseconds, amount.microseconds))
  }

  private func moveTime(to target: Int64) {
    nowMicroseconds = target
    queue.settle()
  }

  /// Runs the next call that is due by now, to its end.
  ///
  /// - Returns: false if none is due.
  /// - Throws: what the call throws, unless ``onError`` takes it.
  public func runOneDue() throws -> Bool { try runOne(by: nowMicroseconds) }

  /// Moves time to when the next call is due, and runs that one call to its end.
  ///
  /// - Returns: false if no call is pending.
  /// - Throws: what the call throws, unless ``onError`` takes it.
  public func runNext() throws -> Bool {
    queue.settle()
    guard let due = queue.nextDue else { return false }
    if due > nowMicroseconds { nowMicroseconds = due }
    return try runOne(by: max(due, nowMicroseconds))
  }
}
