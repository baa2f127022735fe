// How the library's own objects look where a trace or a log has them as values: kind and name.

extension DeferredSemaphore: CustomStringConvertible {
  /// `<lock ledger>`, `<semaphore pool>`.
  public var description: String { "<\(self is DeferredLock ? "lock" : "semaphore") \(name)>" }
}

extension DeferredQueue: CustomStringConvertible {
  /// `<queue jobs>`.
  public var description: String { "<queue \(name)>" }
}

extension LoopingCall: CustomStringConvertible {
  /// `<loop poll>`.
  public var description: String { "<loop \(name)>" }
}

extension CooperativeTask: CustomStringConvertible {
  /// `<task upload>`.
  public var description: String { "<task \(name)>" }
}
