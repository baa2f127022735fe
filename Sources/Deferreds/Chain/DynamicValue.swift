/// A type with a value of its own for "nothing here".
///
/// A chain whose result moved to another carries it; for other types the next handler gets a
/// ``MovedError``.
public protocol EmptyValued {
  static var empty: Self { get }
}

extension Optional: EmptyValued {
  public static var empty: Wrapped? { nil }
}

/// A value that stands for what an untyped language keeps in a variable: anything, a Deferred too.
///
/// A chain made of such values behaves exactly as Twisted's does, its surprises included: a value that
/// holds a Deferred makes the chain wait for it when a handler returns it, but not when it is handed
/// to `callback`; an `unpause` without a `pause` counts below zero; a chain can wait for itself.
public protocol DynamicValue: EmptyValued {
  /// The value for "nothing": Python's None.
  static var empty: Self { get }
  /// The value that is this Deferred.
  static func holding(_ deferred: Deferred<Self>) -> Self
  /// The Deferred that this value is, if it is one.
  var heldDeferred: Deferred<Self>? { get }
  /// The Failure that this value is, if it is one: a chain fired with it goes on along the errback line.
  var heldFailure: Failure? { get }
}

extension DynamicValue {
  public var heldFailure: Failure? { nil }
}

/// A chain of dynamic values.
final class DynamicChain<Value: DynamicValue>: Chain {
  private var overtakenFailure: Failure?

  init(origin: ChainOrigin) { super.init(dynamic: true, origin: origin) }

  private init(replacing chain: Chain) { super.init(heirOf: chain) }
  override func makeHeir() -> Chain { DynamicChain(replacing: self) }

  override var emptyOutcome: Outcome { .of(Value.empty) }

  override func normalized(_ result: Outcome) -> Outcome {
    guard case .value(let box) = result else { return result }
    return box.read(as: Value.self)?.heldFailure.map(Outcome.failure) ?? result
  }

  override func heldChain(in box: Box) -> Chain? {
    box.read(as: Value.self)?.heldDeferred?.chain
  }

  override func holding(_ chain: Chain) -> Outcome {
    .of(Value.holding(Deferred(chain: chain)))
  }

  override var overtaken: Failure? {
    get { overtakenFailure }
    set { overtakenFailure = newValue }
  }

  deinit {
    // What is told at the end is told by the chain itself, which can no longer ask then.
    if holdsUnhandled, waiters == 0, let overtakenFailure { outcome = .failure(overtakenFailure) }
  }
}

extension Chain {
  /// Makes the kind of chain that `Value` asks for.
  ///
  /// Types that are plain bits cannot hold a Deferred, and the compiler sees it, so they skip the look-up.
  @inlinable
  static func make<Value>(for type: Value.Type, origin: ChainOrigin = .deferred) -> Chain {
    _isPOD(type) ? Chain(dynamic: false, origin: origin) : makeChecking(type, origin: origin)
  }

  @usableFromInline @inline(never)
  static func makeChecking<Value>(_ type: Value.Type, origin: ChainOrigin) -> Chain {
    if let dynamic = type as? any DynamicValue.Type { return dynamic.makeChain(origin: origin) }
    return Chain(dynamic: false, origin: origin)
  }
}

extension DynamicValue {
  static func makeChain(origin: ChainOrigin) -> Chain { DynamicChain<Self>(origin: origin) }
}
