internal import Deferreds
internal import Traces

/// The type, parents and message of an error, as text.
public struct FailureText: Sendable, Equatable {
  public var type: String
  /// From the nearest to the farthest, without the type itself.
  public var parents: [String]
  public var message: String
  public init(type: String, parents: [String] = [], message: String = "") {
    self.type = type
    self.parents = parents
    self.message = message
  }
}

/// Numbers Failures in the order in which they are first heard of, without keeping them alive.
struct FailureNumbers {
  private struct Entry {
    weak var failure: Failure?
    var id: FailureID
  }

  private let text: (any Error) -> FailureText
  private var entries: [ObjectIdentifier: Entry] = [:]
  private var count = 0

  init(text: @escaping (any Error) -> FailureText) { self.text = text }

  /// The number of `failure`; writes that it was born if it is heard of for the first time.
  mutating func number(_ failure: Failure, write: (Event) -> Void) -> FailureID {
    let key = ObjectIdentifier(failure)
    // An address may be used again once its Failure is gone.
    if let entry = entries[key], entry.failure === failure { return entry.id }
    let id = count
    count += 1
    entries[key] = Entry(failure: failure, id: id)
    let text = text(failure.error)
    write(.failureBorn(id, type: text.type, parents: text.parents, message: text.message, from: nil))
    return id
  }
}
