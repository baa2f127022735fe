/// Receives what happens, in order, from everything that was made while it watched.
public protocol ChainObserver: AnyObject {
  /// Called synchronously, in the middle of what happens: it must not touch the chains it hears of.
  func observe(_ event: ChainEvent)
}

/// One watcher over everything that is made while it is current: it hands out numbers and passes events on.
public final class Observation {
  public let observer: any ChainObserver
  /// The name for the next chain that is made; taken by it.
  public var nextName: String?
  /// Where in the watched program's source the code stands that runs now, where the program says so.
  public var place = Place()
  private var chains = 0
  private var calls = 0
  private var actors = 0

  public init(_ observer: any ChainObserver) { self.observer = observer }

  public func observe(_ event: ChainEvent) { observer.observe(event) }

  func newChainID() -> ChainID {
    defer { chains += 1 }
    return chains
  }
  func newCallID() -> CallID {
    defer { calls += 1 }
    return calls
  }
  func newActorID() -> ActorID {
    defer { actors += 1 }
    return actors
  }
}

@available(*, unavailable) extension Observation: Sendable {}
