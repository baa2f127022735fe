private import Synchronization

/// Receives what happens, in order, from everything that was made while it watched.
public protocol ChainObserver: AnyObject {
  /// Called synchronously, in the middle of what happens: it must not touch the chains it hears of.
  func observe(_ event: ChainEvent)
}

/// One watcher over everything that is made while it is current: it hands out numbers and passes events on.
///
/// What is made while an observation is current belongs to it for life, and so does everything that is
/// made inside the handlers and calls of what belongs to it. With no observation anywhere, the cost is
/// one branch.
public final class Observation {
  /// Who is told.
  public let observer: any ChainObserver
  /// The name for the next chain that is made; taken by it.
  public var nextName: String?
  /// Where in the watched program's source the code stands that runs now, where the program says so.
  public var place = Place()
  /// How many chains it has seen made, which is the number that the next one gets.
  package private(set) var chains = 0
  private var calls = 0
  private var actors = 0
  let tape: Tape?
  private let isHere: (() -> Bool)?
  /// How many runs of watched chains are inside one another now.
  var runDepth = 0

  /// Deeper inside one another than this, a chain no longer fires the next one: its stage raises
  /// `RecursionError` instead, as Python does at about this depth.
  static let deepestRun = 500

  /// Creates an observation that nothing belongs to yet.
  ///
  /// - Parameter observer: is told what happens to all that will.
  public init(_ observer: any ChainObserver) {
    self.observer = observer
    tape = nil
    isHere = nil
    watchers.add(1, ordering: .relaxed)
  }

  /// Creates one that only looks on: the program does, and is told, what it would be without it.
  ///
  /// - Parameters:
  ///   - tape: has what happens most written down; the observer is told the rest.
  ///   - isHere: says whether the code that runs belongs to it, where it is installed.
  package init(_ observer: any ChainObserver, tape: Tape, isHere: @escaping () -> Bool) {
    self.observer = observer
    self.tape = tape
    self.isHere = isHere
    watchers.add(1, ordering: .relaxed)
  }

  /// Whether it changes nothing of what the watched program does and is told.
  var isWitness: Bool { tape != nil }

  deinit { watchers.subtract(1, ordering: .relaxed) }

  /// Tells the observer of something, also what only the watched program itself knows.
  public func observe(_ event: ChainEvent) { observer.observe(event) }

  func newCallID() -> CallID {
    defer { calls += 1 }
    return calls
  }
  func newActorID() -> ActorID {
    defer { actors += 1 }
    return actors
  }

  /// Gives a chain its number and tells that it exists.
  func adopt(_ chain: Chain, origin: ChainOrigin) {
    let tag = ChainTag(self, id: chains)
    chains += 1
    chain.tag = tag
    let name = nextName
    if name != nil {
      nextName = nil
      tag.name = name
    }
    if let tape { return tape.made(tag.id, origin, hasCanceller: chain.canceller != nil, name: name) }
    observe(.made(tag.id, origin, hasCanceller: chain.canceller != nil))
    if let name { observe(.named(tag.id, name)) }
  }
}

@available(*, unavailable) extension Observation: Sendable {}

/// How many observations there are in the process: nobody looks for the current one while it is 0.
private let watchers = Atomic<Int>(0)

// MARK: Which one is current

extension Observation {
  /// An observation on its way through task-local storage, which asks for a Sendable value. It is read
  /// only by the code that runs inside the scope, in the isolation domain that opened it.
  private struct Carrier: @unchecked Sendable {
    let observation: Observation?
  }

  @TaskLocal private static var scoped: Carrier?
  private static let installed = Mutex(Carrier(observation: nil))

  @usableFromInline static var isAnyoneWatching: Bool { watchers.load(ordering: .relaxed) != 0 }

  /// The observation that what is made now belongs to.
  public static var current: Observation? {
    guard isAnyoneWatching else { return nil }
    if let scoped { return scoped.observation }
    guard let observation = installed.withLock({ $0 }).observation else { return nil }
    return observation.isHere?() == false ? nil : observation
  }

  /// Makes `observation` current for everything that `body` does; nil makes nothing watched in it.
  public static func with<Result>(
    _ observation: Observation?, _ body: () throws -> Result
  ) rethrows -> Result {
    try $scoped.withValue(Carrier(observation: observation), operation: body)
  }

  /// Makes `observation` current everywhere where no other is: for a program that watches itself.
  ///
  /// One isolation domain must do all the work with Deferreds from here on.
  public static func install(_ observation: Observation?) {
    let carrier = Carrier(observation: observation)
    installed.withLock { $0 = carrier }
  }

  /// Runs `body` with this observation current.
  func makeCurrent<Result>(_ body: () throws -> Result) rethrows -> Result {
    if Observation.current === self { return try body() }
    return try Observation.with(self, body)
  }
}
