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

  private let text: ((any Error) -> FailureText)?
  private var entries: [ObjectIdentifier: Entry] = [:]
  private var count = 0

  /// A cause behind more causes than this is told without them.
  private static let causeLimit = 100

  init(text: ((any Error) -> FailureText)?) { self.text = text }

  /// The number of `failure`; where it is heard of for the first time, writes that it was born, after those that
  /// it came from.
  mutating func number(_ failure: Failure, write: (Event, Deferreds.Place) -> Void) -> FailureID {
    if let id = known(failure) { return id }
    var unknown = [failure]
    while let cause = unknown[unknown.count - 1].cause, known(cause) == nil, unknown.count < Self.causeLimit {
      unknown.append(cause)
    }
    for one in unknown.reversed() { write(born(one), one.origin) }
    return known(failure) ?? count - 1
  }

  private func known(_ failure: Failure) -> FailureID? {
    // An address may be used again once its Failure is gone.
    guard let entry = entries[ObjectIdentifier(failure)], entry.failure === failure else { return nil }
    return entry.id
  }

  private mutating func born(_ failure: Failure) -> Event {
    let id = count
    count += 1
    entries[ObjectIdentifier(failure)] = Entry(failure: failure, id: id)
    let text =
      text?(failure.error)
      ?? FailureText(
        type: failure.typeName, parents: failure.parentNames,
        message: cutText(failure.message, limit: 500).text)
    return .failureBorn(
      id, type: text.type, parents: text.parents, message: text.message,
      from: failure.cause.flatMap { known($0) })
  }
}
