/// Something that at most so many may hold at a time.
///
/// Twisted: `defer.DeferredSemaphore`; with one token and other words, `defer.DeferredLock`.
public class DeferredSemaphore {
  /// What those who watch call it.
  public let name: String
  /// How many may hold it at a time.
  public let limit: Int
  private var held = 0
  private var waiting = SharedWaiters()
  private let kind: SharedKind
  private let observation = Observation.current
  private let id: ActorID?

  /// Creates a semaphore that nobody holds.
  ///
  /// - Parameters:
  ///   - tokens: how many may hold it at a time.
  ///   - name: what tools call it.
  /// - Throws: ``ValueError`` for less than one token.
  public convenience init(tokens: Int, named name: String = "semaphore") throws {
    guard tokens >= 1 else { throw ValueError("DeferredSemaphore requires tokens >= 1") }
    self.init(limit: tokens, kind: .semaphore, named: name)
  }

  init(limit: Int, kind: SharedKind, named name: String) {
    self.limit = limit
    self.kind = kind
    self.name = name
    id = observation?.newActorID()
  }

  /// How many tokens are free.
  public var tokens: Int { limit - held }
  /// How many hold one.
  public var heldCount: Int { held }
  /// How many wait for one.
  public var waitingCount: Int { waiting.count }

  /// Returns a Deferred that fires with this object when a token is ours.
  ///
  /// Cancelling it gives up the place in the row; once it has fired, cancel does nothing.
  public func acquire() -> Deferred<DeferredSemaphore> { acquire(.acquire, gift: nil) }

  /// Returns a Deferred that fires with `value` when a token is ours.
  ///
  /// - Parameter value: a value that holds this object keeps it alive for as long as it waits here.
  public func acquire<Value>(giving value: Value) -> Deferred<Value> {
    acquire(.acquire, gift: .of(value))
  }

  /// - Parameter gift: what the Deferred fires with; nil for this object.
  private func acquire<Value>(_ origin: ChainOrigin, gift: Outcome?) -> Deferred<Value> {
    let deferred = Deferred<Value>(origin: origin) { [weak self] in self?.giveUp($0.chain) }
    if held < limit {
      held += 1
      tell(deferred.chain.given)
      try? deferred.chain.fire(gift ?? .of(self))
    } else {
      waiting.append(deferred.chain, gift: gift)
      tell(deferred.chain.asked)
    }
    return deferred
  }

  private func giveUp(_ chain: Chain) {
    waiting.remove(chain)
    tell(chain.gaveUp)
  }

  /// Gives a token back; whoever has waited longest gets it, here and now.
  ///
  /// - Throws: ``AssertionError`` if none is held; ``AlreadyCalledError`` if somebody else fired the
  ///   Deferred that comes next.
  public func release() throws {
    guard held > 0 else { throw AssertionError(releaseMessage) }
    guard let next = waiting.popFirst() else {
      held -= 1
      return tell()
    }
    tell(next.chain.given)
    try next.chain.fire(next.gift ?? .of(self))
  }

  var releaseMessage: String { "Someone released me too many times: too many tokens!" }

  private func tell(_ turn: SharedTurn? = nil) {
    guard let observation, let id else { return }
    observation.observe(
      .sharedChanged(id, kind, name: name, held: held, waiting: waiting.count, total: limit, turn: turn))
  }
}

@available(*, unavailable) extension DeferredSemaphore: Sendable {}

/// Something that one may hold at a time. Twisted: `defer.DeferredLock`.
public final class DeferredLock: DeferredSemaphore {
  /// Creates a lock that nobody holds.
  ///
  /// - Parameter name: what tools call it.
  public init(named name: String = "lock") { super.init(limit: 1, kind: .lock, named: name) }

  /// Whether somebody holds it.
  public var isLocked: Bool { heldCount > 0 }

  override var releaseMessage: String { "Tried to release an unlocked lock" }
}

// MARK: Acquire, run, release

extension DeferredSemaphore {
  /// Calls `body` when a token is ours, and gives it back when that is done.
  public func run<Value>(
    named name: String = "run", _ body: @escaping () throws -> Value
  ) -> Deferred<Value> { run(named: name) { StageResult<Value>.value(try body()) } }

  /// Calls `body` when a token is ours, and gives it back when the Deferred it returns is done.
  ///
  /// Cancelling the Deferred that is returned cancels the one that `body` returned.
  public func run<Value>(
    named name: String = "run", _ body: @escaping () throws -> Deferred<Value>
  ) -> Deferred<Value> { run(named: name) { StageResult<Value>.wait(try body()) } }

  /// Calls `body` when a token is ours, and gives it back when what it gives is done.
  ///
  /// - Parameter gift: what the Deferred carries from when a token is ours until `body` is called, which is later where
  ///   it is paused; without it the lock or semaphore itself, as with Twisted.
  public func run<Value>(
    named name: String = "run", giving gift: Value? = nil, _ body: @escaping () throws -> StageResult<Value>
  ) -> Deferred<Value> {
    let acquired: Deferred<Value> = acquire(.run, gift: gift.map(Outcome.of))
    // While it waits we hold it, so it must not hold us; with a token, what is done with it does.
    acquired.chain.append(
      LibraryStage(.library("run"), name, on: [.callback]) { [weak self] _ in
        let outcome = callOutside("run", name, body)
        guard let self else { return outcome }
        guard let chain = outcome.heldChain else {
          try self.release()
          return outcome
        }
        chain.append(
          LibraryStage(.library("release"), "release") { input in
            try self.release()
            return input
          })
        return .chain(chain)
      })
    return acquired
  }
}
