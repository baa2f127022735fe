/// What one watcher knows a chain by, and the words in which it hears of it.
@usableFromInline
final class ChainTag {
  let observation: Observation
  /// Where what happens most goes, if not to the observer. The observation holds it.
  let tape: Unmanaged<Tape>?
  let id: ChainID
  var name: String?

  init(_ observation: Observation, id: ChainID) {
    self.observation = observation
    tape = observation.tape.map { .passUnretained($0) }
    self.id = id
  }

  func observe(_ event: ChainEvent) { observation.observer.observe(event) }

  /// The number of another chain; one that nobody watched so far is watched from now on.
  func id(of chain: Chain) -> ChainID {
    if chain.tag == nil { observation.adopt(chain, origin: .other) }
    return chain.tag?.id ?? -1
  }

  /// Runs the stages of a watched chain, inside the marks that tell its beginning and end.
  func run(_ chain: Chain, isFire: Bool) {
    guard isFire || chain.head != nil else { return chain.runStages(isFire: isFire) }
    if let tape { tape._withUnsafeGuaranteedRef { $0.depth &+= 1 } } else { observe(.runBegan(id)) }
    observation.runDepth += 1
    // A witness is installed: what the program makes in its domain is its own anyway.
    if tape != nil {
      chain.runStages(isFire: isFire)
    } else {
      observation.makeCurrent { chain.runStages(isFire: isFire) }
    }
    observation.runDepth -= 1
    if let tape { tape._withUnsafeGuaranteedRef { $0.goUp() } } else { observe(.runEnded(id)) }
  }

  /// Whether a stage would fire yet another chain from too deep inside others.
  func isTooDeep(for stage: Stage) -> Bool {
    guard observation.runDepth > Observation.deepestRun, !observation.isWitness else { return false }
    switch stage.kind {
    case .chainTo, .slot: return true
    default: return false
    }
  }

  func carried(_ outcome: Outcome, in chain: Chain) -> Carried {
    switch outcome {
    case .value(let box):
      if chain.isDynamic, let held = chain.heldChain(in: box) { return .deferred(id(of: held)) }
      return .value(box.any)
    case .bits(let bits): return .value(bits.any)
    case .failure(let failure), .raised(let failure): return .failure(failure)
    case .chain(let inner): return .deferred(id(of: inner))
    case .waiting: return chain.resultChain.map { .deferred(id(of: $0)) } ?? .value(Moved())
    case .empty, .none: return .value(Moved())
    }
  }

  func result(_ outcome: Outcome, in chain: Chain) -> HandlerResult {
    switch (outcome, carried(outcome, in: chain)) {
    case (.raised, .failure(let failure)): .raised(failure)
    case (_, .failure(let failure)): .returnedFailure(failure)
    case (_, .deferred(let id)): .returnedDeferred(id)
    case (_, .value(let value)): .returned(value)
    }
  }
}

/// What a watcher sees in place of a value that moved to another chain.
public struct Moved: Sendable, Equatable, CustomStringConvertible {
  public init() {}
  public var description: String { "moved" }
}

extension Chain {
  /// Tells that the last handle is gone, and of a Failure that nobody took: from `deinit` only.
  final func reportEnd() {
    if let tag { tag.tellCollected() }
    if holdsUnhandled { reportUnhandled() }
  }

  final func reportUnhandled() {
    guard let failure = unhandled else { return }
    countAsHandled()
    if let tag {
      tag.observe(.unhandled(tag.id, failure))
      guard tag.observation.isWitness else { return }
    }
    UnhandledFailures.report(failure, fired: firstFire)
  }
}
