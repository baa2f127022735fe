/// A queue that hands out Deferreds for what has not been put in yet.
///
/// Twisted: `defer.DeferredQueue`.
public final class DeferredQueue<Element> {
  /// What those who watch call it.
  public let name: String
  /// How many elements it holds at most; nil for no bound.
  public let size: Int?
  /// How many may wait for elements at most; nil for no bound.
  public let backlog: Int?
  private var elements: [Element] = []
  private var firstElement = 0
  private var waiting = SharedWaiters()
  private let observation = Observation.current
  private let id: ActorID?

  /// Creates an empty queue.
  ///
  /// - Parameters:
  ///   - size: how many elements it holds at most; nil for no bound.
  ///   - backlog: how many may wait for elements at most; nil for no bound.
  ///   - name: what tools call it.
  public init(size: Int? = nil, backlog: Int? = nil, named name: String = "queue") {
    self.size = size
    self.backlog = backlog
    self.name = name
    id = observation?.newActorID()
  }

  /// How many elements are in the queue.
  public var count: Int { elements.count - firstElement }
  /// How many wait for one.
  public var waitingCount: Int { waiting.count }

  /// Adds an element: whoever has waited longest gets it, here and now.
  ///
  /// - Throws: ``QueueOverflow`` if the queue is full.
  public func put(_ element: Element) throws {
    if let next = waiting.popFirst() {
      tell(next.chain.given)
      return try next.chain.fire(.of(element))
    }
    if let size, count >= size { throw QueueOverflow() }
    elements.append(element)
    tell()
  }

  /// Returns a Deferred for the next element.
  ///
  /// Cancelling it gives up the place in the row.
  ///
  /// - Throws: ``QueueUnderflow`` if as many wait already as the backlog allows.
  public func get() throws -> Deferred<Element> {
    if count > 0 {
      let element = takeFirst()
      let deferred = Deferred<Element>(origin: .get)
      tell(deferred.chain.given)
      deferred.chain.succeed(.of(element))
      return deferred
    }
    if let backlog, waiting.count >= backlog { throw QueueUnderflow() }
    let deferred = Deferred<Element>(origin: .get) { [weak self] in self?.giveUp($0.chain) }
    waiting.append(deferred.chain)
    tell(deferred.chain.asked)
    return deferred
  }

  private func takeFirst() -> Element {
    let element = elements[firstElement]
    firstElement += 1
    if firstElement > 32, 2 * firstElement > elements.count {
      elements.removeFirst(firstElement)
      firstElement = 0
    }
    return element
  }

  private func giveUp(_ chain: Chain) {
    waiting.remove(chain)
    tell(chain.gaveUp)
  }

  private func tell(_ turn: SharedTurn? = nil) {
    guard let observation, let id else { return }
    observation.observe(
      .sharedChanged(id, .queue, name: name, held: count, waiting: waiting.count, total: size, turn: turn))
  }
}

@available(*, unavailable) extension DeferredQueue: Sendable {}
