/// An error on its way along a chain: what was raised, where it came in, and which Failure it came from.
///
/// A Failure has an identity: the same object passes from stage to stage until a handler gives back
/// something else. Throwing it again, as `trap` does, passes the same one on.
public final class Failure: Error {
  /// What was thrown.
  public let error: any Error
  /// Where the error entered a chain; an empty file where that is not known.
  public let origin: Place
  /// The Failure that a handler had been given when it raised this one.
  public let cause: Failure?

  /// Wraps an error.
  ///
  /// - Parameters:
  ///   - error: an error that is a Failure itself is copied: its error and its cause, with an identity of
  ///     its own (Twisted: `failure.Failure`).
  ///   - cause: the Failure that was being handled when the error was raised.
  ///   - file: where the error came in.
  ///   - line: the line there.
  public init(
    _ error: any Error, from cause: Failure? = nil, file: String = #fileID, line: Int = #line
  ) {
    if let original = Failure.same(error) {
      self.error = original.error
      self.cause = original.cause
      origin = original.origin
    } else {
      self.error = error
      self.cause = cause
      origin = Place(file: file, line: line)
    }
  }

  @usableFromInline
  init(caught error: any Error, from cause: Failure?) {
    self.error = error
    self.cause = cause
    origin = Place()
  }

  /// The Failure that a thrown error is, or a new one around it.
  @inlinable
  public static func of(_ error: any Error, from cause: Failure? = nil) -> Failure {
    same(error) ?? Failure(caught: error, from: cause)
  }

  /// The Failure that an error is, without the price of a dynamic cast.
  @inlinable
  static func same(_ error: any Error) -> Failure? {
    func open<E: Error>(_ error: E) -> Failure? {
      E.self == Failure.self ? error as? Failure : nil
    }
    return open(error)
  }
}

// MARK: Asking

extension Failure {
  /// Returns the error if it has the given type, or conforms to the given protocol.
  public func check<E>(_ type: E.Type = E.self) -> E? {
    let match = error as? E
    tell(["\(type)"], matched: match == nil ? nil : "\(type)")
    return match
  }

  /// Returns the error if it has the given type; throws this very Failure otherwise.
  @discardableResult
  public func trap<E>(_ type: E.Type) throws(Failure) -> E {
    guard let match = check(type) else { throw self }
    return match
  }

  /// Throws this very Failure unless its error has one of the given types.
  @discardableResult
  public func trap<each E>(anyOf types: repeat (each E).Type) throws(Failure) -> any Error {
    var names: [String] = []
    var matched: String?
    for type in repeat each types {
      names.append("\(type)")
      if matched == nil, Failure.matches(error, type) { matched = "\(type)" }
    }
    tell(names, matched: matched)
    if matched == nil { throw self }
    return error
  }

  private static func matches<E>(_ error: any Error, _ type: E.Type) -> Bool { error is E }

  /// Returns the first of `names` that is the error's type or one of its parents.
  ///
  /// For worlds whose types are names. Twisted: `failure.Failure.check`.
  public func check(names: [String]) -> String? {
    let parents = parentNames
    let type = typeName
    let matched = names.first { $0 == type || parents.contains($0) }
    tell(names, matched: matched)
    return matched
  }

  /// Like ``check(names:)``, but throws this very Failure when none matches.
  @discardableResult
  public func trap(names: [String]) throws(Failure) -> String {
    guard let matched = check(names: names) else { throw self }
    return matched
  }

  private func tell(_ types: [String], matched: String?) {
    Observation.current?.observe(.trapAsked(self, types: types, matched: matched))
  }
}

// MARK: Words

extension Failure: CustomStringConvertible {
  /// The error's type, in its own words where it is a ``NamedError``.
  public var typeName: String {
    (error as? any NamedError)?.typeName ?? "\(type(of: error))"
  }
  /// The names of the error's parent types, nearest first.
  public var parentNames: [String] { (error as? any NamedError)?.parentNames ?? [] }
  /// What the error says, without its type; may be empty.
  public var message: String {
    if let named = error as? any NamedError { return named.message }
    return String(describing: error)
  }
  /// `Type message`.
  public var description: String {
    let message = message
    return message.isEmpty ? typeName : "\(typeName) \(message)"
  }
  /// What became what: the Failure at the beginning, then each that a handler raised when it was given the one
  /// before. `GibberishError bad line 3 (Poem.swift:7), became OSError disk full`.
  ///
  /// Twisted: `failure.Failure.getTraceback`, of which only the causes are known here.
  public var story: String {
    var causes: [String] = []
    var next: Failure? = self
    while let failure = next, causes.count < Failure.longestStory {
      let place = failure.origin.file.isEmpty ? "" : " (\(failure.origin.file):\(failure.origin.line))"
      causes.append(failure.description + place)
      next = failure.cause
    }
    if next != nil { causes.append("…") }
    return causes.reversed().joined(separator: ", became ")
  }

  private static var longestStory: Int { 20 }
}
