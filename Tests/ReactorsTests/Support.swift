#if Reactor
  import Deferreds
  import Foundation
  import Logging
  import Reactors
  import Synchronization

  /// What happened, in order, on any thread.
  final class Log: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }
    func callAsFunction(_ line: String) { kept.withLock { $0.append(line) } }
  }

  /// Keeps what is logged.
  struct Keeper: LogHandler {
    let log: Log
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let keys = (event.metadata ?? [:]).keys.sorted().joined(separator: " ")
      log("\(event.level) \(event.message) [\(keys)]")
    }
  }

  extension Log {
    /// A logger that writes here.
    var logger: Logger { Logger(label: "test") { _ in Keeper(log: self) } }
  }

  struct Oops: NamedError {
    var message: String
    init(_ message: String = "oops") { self.message = message }
  }

  /// Does something that blocks on a thread of its own, so that no thread of Swift's pool is taken.
  func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try body() }) }.start()
    }
  }

  /// Runs a reactor until the Deferred that `main` returns has fired; returns its result.
  func onReactor<Value: Sendable>(
    logger: Logger = Log().logger, _ main: @escaping @Sendable (Reactor) throws -> Deferred<Value>
  ) async throws -> Value {
    try await onThread {
      var ended: Result<Value, Failure>?
      try Reactor.run(logger: logger) { reactor in
        Deferred.maybe { try main(reactor) }.addBoth { result in
          ended = result
          try? reactor.stop()
        }
      }
      guard let ended else { throw Oops("the reactor stopped before") }
      return try ended.get()
    }
  }
#endif
