/// Calls a body again and again, at the ticks of a fixed grid of times.
///
/// The next call is scheduled when the body, or the Deferred it returns, is done, for the next tick
/// of the grid that began with `start`; ticks that went by meanwhile are skipped. Twisted:
/// `task.LoopingCall`.
///
/// A loop that runs is held by its scheduler, and ends with it: a clock that nobody holds any more makes no calls.
public final class LoopingCall {
  /// What one tick gives; its value is of no interest.
  typealias Body = (_ count: Int) -> Chain

  /// What those who watch call it.
  public let name: String
  private let scheduler: any Scheduler
  private let body: Body
  private let countsSkipped: Bool
  private var interval: Int64 = 0
  private var startTime: Int64 = 0
  private var startsNow = false
  /// When a counting loop was called last; as in Twisted, a new start does not forget it.
  private var lastCounted: Int64?
  private var call: DelayedCall?
  /// What fires when the loop stops, and with what: nil for this loop, which must not hold itself.
  private var finished: (chain: Chain, value: Outcome?)?
  private var ticks = 0
  private let observation = Observation.current
  private var id: ActorID?

  /// Whether the loop was started, and not stopped since.
  public private(set) var isRunning = false

  private init(
    on scheduler: any Scheduler, named name: String, countsSkipped: Bool, body: @escaping Body
  ) {
    self.scheduler = scheduler.core
    self.name = name
    self.countsSkipped = countsSkipped
    self.body = body
  }

  /// Creates a loop whose body gives nothing back.
  public convenience init(
    on scheduler: any Scheduler, named name: String = "loop", _ body: @escaping () throws -> Void
  ) {
    self.init(on: scheduler, named: name) { _ in StageResult<Void>.value(try body()) }
  }

  /// Creates a loop that waits for the Deferred that its body returns.
  public convenience init<Value>(
    on scheduler: any Scheduler, named name: String = "loop",
    _ body: @escaping () throws -> Deferred<Value>
  ) {
    self.init(on: scheduler, named: name) { _ in StageResult<Value>.wait(try body()) }
  }

  /// Creates a loop whose body says itself what it gives.
  ///
  /// - Parameters:
  ///   - scheduler: whose time the ticks follow.
  ///   - name: what tools call the loop.
  ///   - body: is given the number of this tick, counted from 1 over the whole life of the loop.
  public convenience init<Value>(
    on scheduler: any Scheduler, named name: String = "loop",
    _ body: @escaping (Int) throws -> StageResult<Value>
  ) {
    self.init(on: scheduler, named: name, countsSkipped: false) { count in
      tickChain(of: Value.self, callOutside("tick", name) { try body(count) })
    }
  }

  /// Creates a loop whose body is told how many ticks of the grid it stands for: 1, or more when some
  /// were skipped. Twisted: `LoopingCall.withCount`.
  public static func withCount(
    on scheduler: any Scheduler, named name: String = "loop", _ body: @escaping (Int) throws -> Void
  ) -> LoopingCall {
    withCount(on: scheduler, named: name) { StageResult<Void>.value(try body($0)) }
  }

  /// Creates a counting loop whose body says itself what it gives.
  public static func withCount<Value>(
    on scheduler: any Scheduler, named name: String = "loop",
    _ body: @escaping (Int) throws -> StageResult<Value>
  ) -> LoopingCall {
    LoopingCall(on: scheduler, named: name, countsSkipped: true) { count in
      tickChain(of: Value.self, callOutside("tick", name) { try body(count) })
    }
  }
}

@available(*, unavailable) extension LoopingCall: Sendable {}

// MARK: Starting and stopping

extension LoopingCall {
  /// Starts the loop.
  ///
  /// - Parameters:
  ///   - interval: may be zero: then each tick follows the one before in the same advance.
  ///   - now: whether the first call is made here and now, or after one interval.
  /// - Returns: a Deferred that fires with this loop when it is stopped, or with what ended it.
  /// - Throws: ``AssertionError`` if it runs, ``ValueError`` for a negative interval.
  @discardableResult
  public func start(every interval: Duration, now: Bool = true) throws -> Deferred<LoopingCall> {
    try start(every: interval, now: now, gift: nil)
  }

  /// Starts the loop, with another value for the Deferred that it returns.
  ///
  /// - Parameters:
  ///   - interval: may be zero: then each tick follows the one before in the same advance.
  ///   - now: whether the first call is made here and now, or after one interval.
  ///   - value: what the Deferred fires with when the loop is stopped. A value that holds this loop keeps
  ///     it alive until then.
  /// - Throws: ``AssertionError`` if it runs, ``ValueError`` for a negative interval.
  @discardableResult
  public func start<Value>(
    every interval: Duration, now: Bool = true, giving value: Value
  ) throws -> Deferred<Value> { try start(every: interval, now: now, gift: .of(value)) }

  private func start<Value>(
    every interval: Duration, now: Bool, gift: Outcome?
  ) throws -> Deferred<Value> {
    guard !isRunning else { throw AssertionError("Tried to start an already running LoopingCall.") }
    guard interval >= .zero else { throw ValueError("interval must be >= 0") }
    isRunning = true
    let deferred = Deferred<Value>(origin: .loop)
    finished = (deferred.chain, gift)
    startTime = scheduler.nowMicroseconds
    self.interval = interval.microseconds
    startsNow = now
    if let observation, let tag = deferred.chain.tag {
      if id == nil { id = observation.newActorID() }
      tell {
        .loopStarted($0, name: name, chain: tag.id, interval: self.interval, now: now)
      }
    }
    if now { try tick() } else { schedule(from: startTime) }
    return deferred
  }

  /// Stops the loop: its Deferred fires now, or when the tick that goes on is done.
  ///
  /// - Throws: ``AssertionError`` if it does not run.
  public func stop() throws {
    guard isRunning else { throw AssertionError("Tried to stop a LoopingCall that was not running.") }
    isRunning = false
    tell { .loopStopped($0, nil) }
    guard let call else { return }
    self.call = nil
    try call.cancel()
    let finished = try takeFinished()
    try finished.chain.fire(finished.value)
  }

  /// Begins the grid anew, here: the next tick is one interval away. Does nothing while a tick goes on.
  ///
  /// - Throws: ``AssertionError`` if the loop does not run.
  public func reset() throws {
    guard isRunning else { throw AssertionError("Tried to reset a LoopingCall that was not running.") }
    guard let call else { return }
    self.call = nil
    try call.cancel()
    startTime = scheduler.nowMicroseconds
    tell { .loopReset($0) }
    schedule(from: startTime)
  }

  private func takeFinished() throws -> (chain: Chain, value: Outcome) {
    guard let finished else { throw AssertionError() }
    self.finished = nil
    return (finished.chain, finished.value ?? .of(self))
  }

  private func tell(_ event: (ActorID) -> ChainEvent) {
    if let observation, let id { observation.observe(event(id)) }
  }
}

// MARK: Ticking

extension LoopingCall {
  private func tick() throws {
    call = nil
    let chain = runBody()
    chain.append(
      LibraryStage(.library("loop"), "next tick", on: [.callback]) { _ in
        if self.isRunning {
          self.schedule(from: self.scheduler.nowMicroseconds)
        } else {
          let finished = try self.takeFinished()
          try finished.chain.fire(finished.value)
        }
        return .empty
      })
    chain.append(
      LibraryStage(.library("loop"), "end", on: [.errback]) { input in
        guard case .failure(let failure) = input else { return input }
        self.isRunning = false
        let finished = try self.takeFinished()
        self.tell { .loopStopped($0, failure) }
        try finished.chain.fire(input)
        return .empty
      })
  }

  /// Calls the body, unless a counting loop has nothing to count.
  private func runBody() -> Chain {
    guard countsSkipped else {
      ticks += 1
      tell { .loopTicked($0, number: ticks, skipped: 0) }
      return body(ticks)
    }
    let count = countTicks()
    guard count > 0 else { return tickChain(of: Void.self, .of(())) }
    ticks += 1
    tell { .loopTicked($0, number: ticks, skipped: count - 1) }
    return body(count)
  }

  /// How many ticks of the grid went by since the last call. Twisted: `LoopingCall.withCount`.
  private func countTicks() -> Int {
    let now = scheduler.nowMicroseconds
    guard interval != 0 else {
      lastCounted = now
      return 1
    }
    let counted = lastCounted.map { clampedDifference($0, startTime) / interval } ?? (startsNow ? -1 : 0)
    let count = clampedDifference(clampedDifference(now, startTime) / interval, counted)
    if count > 0 { lastCounted = now }
    return Int(count)
  }

  /// Schedules the next call for the next tick of the grid after `time`.
  private func schedule(from time: Int64) {
    var delay: Int64 = 0
    if interval != 0 {
      var over = clampedDifference(time, startTime) % interval
      if over < 0 { over += interval }
      delay = interval - over
    }
    call = scheduler.callLater(after: .microseconds(delay), named: name, at: Place()) { [self] in try tick() }
  }
}

/// The chain of the Deferred that a tick gave, or one of the loop's own with what it gave.
///
/// Nobody outside ever sees the loop's own, so no watcher is told of it.
private func tickChain<Value>(of type: Value.Type, _ outcome: Outcome) -> Chain {
  Observation.with(nil) { Deferred<Value>.flattening(outcome).chain }
}
