/// What a chain holds between two stages.
public enum CurrentResult<Value> {
  /// It has not fired.
  case none
  case value(Value)
  case failure(Failure)
  /// It waits for another chain.
  case waiting
  /// The result moved to another chain, or was consumed.
  case moved
}

extension Deferred {
  /// Whether the chain has been given its first result.
  public var isCalled: Bool { chain.isCalled }
  /// Whether no stage runs for now: something paused the chain, or it waits for another.
  public var isPaused: Bool { chain.pauses != 0 }
  /// How many `pause` have not been taken back; waiting for another chain counts as one.
  public var pauseCount: Int { chain.pauses }
  /// Whether the chain waits for another.
  public var isWaiting: Bool {
    if case .waiting = chain.outcome { true } else { false }
  }
  /// Whether two handles are on the same chain.
  public func isSame<Other>(as other: Deferred<Other>) -> Bool { chain === other.chain }
  /// What tells this chain from others, for as long as it lives.
  public var identity: ObjectIdentifier { ObjectIdentifier(chain) }
  /// The number by which its watcher knows the chain; nil when nobody watches it.
  public var id: ChainID? { chain.tag?.id }
  /// The name under which its watcher knows the chain.
  public var name: String? { chain.tag?.name }

  /// Tells the watcher under which name, or one more, the program knows this chain.
  public func name(_ name: String) {
    guard let tag = chain.tag else { return }
    if tag.name == nil { tag.name = name }
    tag.observe(.named(tag.id, name))
  }

  /// What the chain holds now.
  public var currentResult: CurrentResult<Value> {
    switch chain.outcome {
    case .none: .none
    case .value, .bits:
      switch chain.outcome.admit(Value.self) {
      case .value(let value): .value(value)
      case .failure(let failure): .failure(failure)
      }
    case .failure(let failure), .raised(let failure): .failure(failure)
    case .waiting, .chain: .waiting
    case .empty: .moved
    }
  }

  /// The chain for which this one waits, where it is one of the same type.
  public var waitsFor: Deferred<Value>? {
    guard isWaiting, let inner = chain.waitStage?.inner else { return nil }
    return Deferred(chain: inner)
  }
  /// The number of the chain for which this one waits, where somebody watches.
  public var waitsForID: ChainID? {
    guard isWaiting, let inner = chain.waitStage?.inner else { return nil }
    return inner.tag?.id
  }
}

/// Whether a Deferred is being described whose result may hold others.
private enum Describing {
  @TaskLocal static var isInsideAnother = false
}

extension Deferred: CustomStringConvertible {
  /// `Deferred`, `Deferred: waiting on …` or `Deferred: current result: …`.
  ///
  /// Inside the result of another one it is the name alone: results may hold one another in a circle.
  public var description: String {
    guard !Describing.isInsideAnother else { return chain.displayName }
    return Describing.$isInsideAnother.withValue(true) { wholeDescription }
  }

  private var wholeDescription: String {
    let name = chain.displayName
    switch chain.outcome {
    case .none: return name
    case .waiting, .chain:
      return "\(name): waiting on \(chain.waitStage?.inner?.displayName ?? "a Deferred that is gone")"
    case .value, .bits: return "\(name): current result: \(chain.outcome.any ?? Moved())"
    case .failure(let failure), .raised(let failure): return "\(name): current result: \(failure)"
    case .empty: return "\(name): result moved"
    }
  }
}
