extension FailureState {
  /// Whether it was raised on a thread of Twisted's pool, by the work of `deferToThread` or its like.
  ///
  /// What is raised there is made a Failure on the main thread, so that only its traceback tells
  /// (Twisted: `ThreadPool.callInThread`).
  public var isOfPool: Bool { traceback.contains { $0.contains("/twisted/python/threadpool.py:") } }
}
