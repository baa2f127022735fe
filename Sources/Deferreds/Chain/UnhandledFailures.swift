private import Synchronization

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// What becomes of Failures that nobody is left to handle, on chains that nobody watches.
///
/// A watched chain tells its ``ChainObserver`` instead.
public enum UnhandledFailures {
  /// Is told of a Failure when the last handle on the chain that held it is gone.
  public typealias Handler = @Sendable (UnhandledFailure) -> Void

  @TaskLocal private static var scoped: Handler?
  private static let installed = Mutex<Handler>({ UnhandledFailures.writeLine($0.description) })

  /// Makes `handler` the one that is told, everywhere where no other is.
  public static func install(_ handler: @escaping Handler) {
    installed.withLock { $0 = handler }
  }

  /// Makes `handler` the one that is told of what is let go of while `body` runs.
  public static func with<Result>(
    _ handler: @escaping Handler, _ body: () throws -> Result
  ) rethrows -> Result {
    try $scoped.withValue(handler, operation: body)
  }

  static func report(
    _ failure: Failure, as kind: UnhandledFailure.Kind = .deferred, fired: Place = Place()
  ) {
    let handler = scoped ?? installed.withLock { $0 }
    handler(
      UnhandledFailure(
        kind: kind, typeName: failure.typeName, message: failure.message, origin: failure.origin,
        fired: fired, story: failure.story))
  }

  private static func writeLine(_ line: String) {
    var text = line + "\n"
    text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  }
}

/// What is told of a Failure that nobody handled: words, so that it can travel anywhere.
public struct UnhandledFailure: Sendable, CustomStringConvertible {
  /// Whether it was left in a Deferred, or thrown where no Deferred was.
  public enum Kind: String, Sendable {
    /// A chain ended with it.
    case deferred = "Unhandled error in Deferred"
    /// A canceller threw it while a list cancelled its members, or a task that was cancelled its chain.
    case canceller = "Error from a canceller"
  }
  /// How it came to be unhandled.
  public let kind: Kind
  /// The name of its error's type, as ``Failure`` tells it.
  public let typeName: String
  /// What the error says.
  public let message: String
  /// Where it was born, as far as is known.
  public let origin: Place
  /// Where the chain that held it was fired first; an empty file where that is not known.
  public let fired: Place
  /// What became what until this was left, the first Failure first: see ``Failure/story``.
  public let story: String

  public var description: String {
    let place = origin.file.isEmpty ? "" : " (\(origin.file):\(origin.line))"
    return "\(kind.rawValue): \(typeName)\(message.isEmpty ? "" : " " + message)\(place)"
  }
}
