/// An error that says what its type, its parents and its message are: for traces, and for worlds whose
/// error types are names.
public protocol NamedError: Error, CustomStringConvertible {
  var typeName: String { get }
  /// The parents of its type, nearest first, the type itself left out.
  var parentNames: [String] { get }
  var message: String { get }
}

extension NamedError {
  public var typeName: String { "\(type(of: self))" }
  public var parentNames: [String] { ["Exception"] }
  public var message: String { "" }
  public var description: String { message.isEmpty ? typeName : "\(typeName) \(message)" }
}

/// A chain was cancelled before it fired, and its canceller gave no other result.
public struct CancelledError: NamedError, Hashable { public init() {} }

/// A chain was fired that had been called already.
public struct AlreadyCalledError: NamedError, Hashable {
  /// The chain's name, where somebody watches it.
  public let deferred: String?
  /// Where it was fired first, where that is known.
  public let firstFired: Place?
  /// Creates the error for a chain of that name, with the place where it was fired first.
  public init(deferred: String? = nil, firstFired: Place? = nil) {
    self.deferred = deferred
    self.firstFired = firstFired
  }
  /// For people: who fired first, and where.
  public var details: String {
    let name = deferred.map { "\($0) has" } ?? "This Deferred has"
    return "\(name) been called already" + (firstFired.map { ", at \($0.file):\($0.line)" } ?? "")
  }
}

/// `unpause` without a `pause` to take back.
public struct UnmatchedUnpauseError: NamedError, Hashable {
  public init() {}
  public var message: String { "This Deferred is not paused" }
}

/// The result of a chain moved to another that waited for it, and its type has no empty value.
public struct MovedError: NamedError, Hashable {
  public init() {}
  public var message: String { "The result moved to another Deferred" }
}

/// A handler was added through a handle whose type is not what the chain carries there.
public struct StaleHandleError: NamedError, Hashable {
  /// The type that the handler takes.
  public let expected: String
  /// The type that the chain carries there.
  public let found: String
  public var message: String { "The handler takes \(expected), but the chain carries \(found)" }
}

/// A handler returned a Deferred that waits, directly or through others, for the handler's own chain.
public struct CircularWaitError: NamedError, Hashable {
  /// The names around the circle, the first again at the end.
  public let circle: [String]
  public var message: String { circle.joined(separator: " waits for ") }
}

/// A cancel came back to where it began: around a circle of chains that wait for each other.
public struct CircularCancelError: NamedError, Hashable {
  /// The names around the circle, the first again at the end.
  public let circle: [String]
  public var message: String { circle.joined(separator: " waits for ") }
}

/// `addTimeout` ended a chain.
public struct TimeoutError: NamedError, Hashable {
  /// In microseconds.
  public let microseconds: Int64
  /// Creates the error of a timeout that was so many microseconds long.
  public init(microseconds: Int64) { self.microseconds = microseconds }
  /// Creates the error of a timeout that was so long.
  public init(after timeout: Duration) { microseconds = timeout.microseconds }
  public var message: String { "(\(Duration.secondsText(microseconds: microseconds)), 'Deferred')" }
}
