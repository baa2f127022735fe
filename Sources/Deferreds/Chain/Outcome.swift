/// What a chain carries between two stages, with its static type erased.
///
/// Every case is made of plain words and references. With an `Any` among them each look at an outcome, even
/// at which case it is, would copy it through a table of functions.
@usableFromInline
enum Outcome {
  /// Nothing has fired the chain.
  case none
  /// The result is another Deferred, for which the chain waits.
  case waiting
  /// The result moved to another chain, or was consumed.
  case empty
  case value(Box)
  /// A value of a type that is plain bits and small: a number, a flag, a pair of them. Copying it needs no
  /// look at its type, which is worth a third of a callback.
  case bits(Bits)
  case failure(Failure)
  /// A handler threw; only ever what a handler gives back.
  case raised(Failure)
  /// A handler returned a Deferred; only ever what a handler gives back.
  case chain(Chain)
}

/// A value with its static type erased: a reference to where it is.
@usableFromInline
class Box {
  @inlinable init() {}
  @usableFromInline var any: Any { self }

  /// The value, if a `T` was put in.
  @inlinable @inline(__always)
  final func value<T>(as type: T.Type) -> T? {
    Swift.type(of: self) == ValueBox<T>.self ? unsafeDowncast(self, to: ValueBox<T>.self).value : nil
  }

  /// The value, if it is a `T`, which only a dynamic cast may be able to tell.
  final func read<T>(as type: T.Type) -> T? { value(as: type) ?? any as? T }
}

@usableFromInline
final class ValueBox<T>: Box {
  @usableFromInline let value: T

  @inlinable
  init(_ value: T) {
    self.value = value
    super.init()
  }

  @usableFromInline override var any: Any { value }
}

/// Up to three words that are a value of a plain type.
@usableFromInline
struct Bits {
  @usableFromInline var words: (UInt, UInt, UInt) = (0, 0, 0)
  @usableFromInline let type: Any.Type

  @inlinable
  init<T>(_ value: T) {
    type = T.self
    withUnsafeMutablePointer(to: &words) {
      UnsafeMutableRawPointer($0).storeBytes(of: value, as: T.self)
    }
  }

  /// Whether values of a type fit; the compiler knows when it knows the type.
  @inlinable @inline(__always)
  static func fit<T>(_ type: T.Type) -> Bool {
    _isPOD(type) && MemoryLayout<T>.size <= 24 && MemoryLayout<T>.alignment <= 8
  }

  @inlinable
  func load<T>(as type: T.Type) -> T {
    withUnsafePointer(to: words) { UnsafeRawPointer($0).load(as: type) }
  }

  var any: Any {
    func open<T>(_ type: T.Type) -> Any { load(as: type) }
    return _openExistential(type, do: open)
  }
}

extension Outcome {
  /// A value, in the form in which it travels best.
  @inlinable @inline(__always)
  static func of<T>(_ value: T) -> Outcome {
    Bits.fit(T.self) ? .bits(Bits(value)) : .value(ValueBox(value))
  }

  /// The value, if there is one.
  var any: Any? {
    switch self {
    case .value(let box): box.any
    case .bits(let bits): bits.any
    default: nil
    }
  }

  /// Whether there is something that could hold another chain.
  @inline(__always)
  var isReference: Bool {
    switch self {
    case .value, .failure: true
    default: false
    }
  }

  /// Which side of a stage takes this.
  var side: Side {
    if case .failure = self { .errback } else { .callback }
  }

  /// Reads the value as a `T`: the value itself, the type's own empty value, or nil with the reason.
  @inlinable
  func admit<T>(_ type: T.Type) -> Admitted<T> {
    if Bits.fit(type) {
      if case .bits(let bits) = self, bits.type == T.self { return .value(bits.load(as: T.self)) }
    }
    switch self {
    case .value(let box):
      if let value = box.value(as: T.self) { return .value(value) }
      return refuse(type)
    case .failure(let failure): return .failure(failure)
    case .bits, .empty, .none, .waiting, .raised, .chain: return refuse(type)
    }
  }

  /// The slow half of `admit`: empty chains, stale handles, and types only a dynamic cast can tell.
  @usableFromInline @inline(never)
  func refuse<T>(_ type: T.Type) -> Admitted<T> {
    if let any {
      if let value = any as? T { return .value(value) }
      return .failure(Failure(StaleHandleError(expected: "\(type)", found: "\(Swift.type(of: any))")))
    }
    if let value = emptyValue(of: type) { return .value(value) }
    return .failure(Failure(MovedError()))
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
