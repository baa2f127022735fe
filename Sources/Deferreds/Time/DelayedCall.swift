/// Work that a scheduler is to do once, later.
///
/// Twisted: `base.DelayedCall`.
public final class DelayedCall {
  @usableFromInline enum State { case pending, called, cancelled }

  /// When the call is due, in microseconds on its scheduler's clock.
  @exclusivity(unchecked) public internal(set) var dueMicroseconds: Int64
  /// When it was due when the queue was last put in order.
  @exclusivity(unchecked) var settledDue: Int64
  /// Breaks ties: the entry of the queue that has the same rank is the one that counts.
  @exclusivity(unchecked) var rank: Int64 = 0
  @exclusivity(unchecked) var body: (() throws -> Void)?
  @exclusivity(unchecked) unowned(unsafe) var queue: CallQueue?
  @exclusivity(unchecked) var state = State.pending
  /// Whether it was moved since the queue was last put in order.
  @exclusivity(unchecked) var isMoved = false
  /// The number by which its watcher knows the call; nil when nobody watches it.
  @exclusivity(unchecked) public internal(set) var id: CallID?
  @exclusivity(unchecked) var observation: Observation?
  public let name: String?

  init(due: Int64, name: String?, body: @escaping () throws -> Void) {
    dueMicroseconds = due
    settledDue = due
    self.name = name
    self.body = body
  }

  /// When the call is due, on its scheduler's clock.
  public var due: Duration { .microseconds(dueMicroseconds) }

  /// Whether the call is still to come.
  public var isActive: Bool { state == .pending }

  /// Takes the call back.
  ///
  /// - Throws: ``AlreadyCancelled`` or ``AlreadyCalled``; the latter inside the call itself as well.
  public func cancel() throws {
    try checkPending()
    state = .cancelled
    body = nil
    queue?.dropped(self)
    tell { .timerCancelled($0) }
  }

  /// Makes the call due `delay` after now.
  ///
  /// - Throws: ``AlreadyCancelled`` or ``AlreadyCalled``.
  public func reset(after delay: Duration) throws {
    try checkPending()
    move(to: clampedSum(queue?.time ?? 0, delay.microseconds))
  }

  /// Makes the call due `later` after the time at which it was due.
  ///
  /// - Throws: ``AlreadyCancelled`` or ``AlreadyCalled``.
  public func delay(by later: Duration) throws {
    try checkPending()
    move(to: clampedSum(dueMicroseconds, later.microseconds))
  }

  private func move(to due: Int64) {
    dueMicroseconds = due
    queue?.moved(self)
    tell { .timerMoved($0, due: due) }
  }

  private func checkPending() throws {
    switch state {
    case .pending: return
    case .called: throw AlreadyCalled()
    case .cancelled: throw AlreadyCancelled()
    }
  }

  func watch(by observation: Observation, from place: Place) {
    let id = observation.newCallID()
    self.observation = observation
    self.id = id
    observation.observe(.timerMade(id, due: dueMicroseconds, name: name, place: place))
  }

  /// Runs the body; what it throws goes to the watcher and on.
  func call() throws {
    guard let body else { return }
    self.body = nil
    guard let observation, let id else { return try body() }
    observation.observe(.timerBegan(id))
    do {
      try observation.makeCurrent(body)
      observation.observe(.timerEnded(id, raised: nil))
    } catch {
      let failure = Failure.of(error)
      observation.observe(.timerEnded(id, raised: failure))
      if observation.isWitness { throw error }
      throw failure
    }
  }

  func tell(_ event: (CallID) -> ChainEvent) {
    if let observation, let id { observation.observe(event(id)) }
  }
}

@available(*, unavailable) extension DelayedCall: Sendable {}
