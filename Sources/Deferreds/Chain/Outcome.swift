/// What a chain carries between two stages, with its static type erased.
///
/// `Any` keeps up to three words in place, so that the values of most programs travel without a box.
@usableFromInline
enum Outcome {
  /// Nothing has fired the chain.
  case none
  /// The result is another Deferred, for which the chain waits.
  case waiting
  /// The result moved to another chain, or was consumed.
  case empty
  case value(Any)
  case failure(Failure)
  /// A handler threw; only ever what a handler gives back.
  case raised(Failure)
  /// A handler returned a Deferred; only ever what a handler gives back.
  case chain(Chain)
}

/// Which side of a stage did something.
extension Outcome {
  var side: Side {
    if case .failure = self { .errback } else { .callback }
  }

  /// Reads the value as a `T`: the value itself, the type's own empty value, or nil with the reason.
  @inlinable
  func admit<T>(_ type: T.Type) -> Admitted<T> {
    switch self {
    case .value(let any):
      if let value = unbox(any, as: T.self) { return .value(value) }
      return refuse(type)
    case .failure(let failure): return .failure(failure)
    case .empty, .none, .waiting, .raised, .chain: return refuse(type)
    }
  }

  /// The slow half of `admit`: empty chains, stale handles, and types only a dynamic cast can tell.
  @usableFromInline @inline(never)
  func refuse<T>(_ type: T.Type) -> Admitted<T> {
    switch self {
    case .value(let any):
      if let value = any as? T { return .value(value) }
      return .failure(Failure(StaleHandleError(expected: "\(type)", found: "\(Swift.type(of: any))")))
    default:
      if let value = emptyValue(of: type) { return .value(value) }
      return .failure(Failure(MovedError()))
    }
  }
}

/// A result as a typed handler takes it.
@usableFromInline
enum Admitted<Value> {
  case value(Value)
  case failure(Failure)
}

/// The value with which a type says "nothing here", where it has one.
func emptyValue<T>(of type: T.Type) -> T? {
  if let value = () as? T { return value }
  guard let emptyable = type as? any EmptyValued.Type else { return nil }
  return emptyable.empty as? T
}

/// Reads an erased value back, without a dynamic cast when the types agree exactly.
@inlinable
func unbox<T>(_ any: Any, as type: T.Type) -> T? {
  func open<S>(_ value: S) -> T? {
    S.self == T.self ? unsafeBitCast(value, to: T.self) : nil
  }
  return _openExistential(any, do: open)
}
