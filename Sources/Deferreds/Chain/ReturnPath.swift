/// How `async` code that was elsewhere comes back to the chains of an event loop that is no actor.
///
/// An ``Deferred/init(named:isolation:_:)`` body that runs on an actor comes back to that actor by itself. An event
/// loop that owns a thread makes its path current around the code it runs, and the bodies made in that code
/// come back on it.
public struct ReturnPath: Sendable {
  /// Runs what it is given, soon, in the isolation domain that this path leads to. Called on any thread.
  let enter: @Sendable (@escaping @Sendable () -> Void) -> Void

  /// Creates the path of an event loop.
  ///
  /// - Parameter enter: runs what it is given, soon, on the event loop. It is called on any thread.
  public init(_ enter: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void) {
    self.enter = enter
  }

  @TaskLocal private static var scoped: ReturnPath?

  /// The path that leads back to where this is asked.
  static var current: ReturnPath? { scoped }

  /// Makes `path` current for everything that `body` does.
  public static func with<Result>(_ path: ReturnPath?, _ body: () throws -> Result) rethrows -> Result {
    try $scoped.withValue(path, operation: body)
  }
}
