#if Reactor
  public import Deferreds
  private import Dispatch
  internal import NIOCore
  private import Synchronization

  /// What other threads may hold of a ``Reactor``: a way to have things done on its thread.
  public final class ReactorHandle: Sendable {
    let eventLoop: any EventLoop
    /// The reactor, while it runs; touched on its thread only.
    private let reactor: NIOLoopBoundBox<Reactor?>
    private let waiters = Mutex(Waiters())

    private struct Waiters {
      var isOpen = true
      var count = 0
      var give: [Int: @Sendable () -> Void] = [:]
    }

    /// Made on the loop's own thread.
    init(eventLoop: any EventLoop) {
      self.eventLoop = eventLoop
      reactor = NIOLoopBoundBox(nil, eventLoop: eventLoop)
    }

    /// Whether the thread that asks is the reactor's.
    public var isOnThisThread: Bool { eventLoop.inEventLoop }

    func open(_ reactor: Reactor) { self.reactor.value = reactor }

    func close() {
      let given = waiters.withLock { waiters in
        waiters.isOpen = false
        defer { waiters.give = [:] }
        return waiters.give.values.map { $0 }
      }
      for give in given { give() }
      reactor.value = nil
    }

    /// Runs `body` soon, on the reactor's thread; not at all once it was stopped.
    ///
    /// What comes from one thread runs in order.
    public func callFromThread(_ body: @escaping @Sendable (Reactor) -> Void) {
      waiters.withLock { waiters in
        guard waiters.isOpen else { return }
        eventLoop.execute { if let reactor = self.reactor.value { body(reactor) } }
      }
    }

    /// Runs `body` on the reactor's thread, and waits here for the result of the Deferred that it returns.
    ///
    /// Twisted: `threads.blockingCallFromThread`.
    ///
    /// - Throws: the ``Failure`` with which the Deferred fails; ``ReactorNotRunning`` if the reactor is stopped before;
    ///   ``BlockingCallOnReactor`` on the reactor's own thread, which would wait for itself.
    public func blockingCallFromThread<Value: Sendable>(
      _ body: @escaping @Sendable (Reactor) throws -> Deferred<Value>
    ) throws -> Value {
      guard !eventLoop.inEventLoop else { throw BlockingCallOnReactor() }
      let answer = Answer<Value>()
      let number = waiters.withLock { waiters -> Int? in
        guard waiters.isOpen else { return nil }
        waiters.count += 1
        waiters.give[waiters.count] = { answer.give(.failure(ReactorNotRunning())) }
        return waiters.count
      }
      guard let number else { throw ReactorNotRunning() }
      callFromThread { reactor in
        Deferred.maybe { try body(reactor) }.addBoth { result in
          answer.give(result.mapError { $0 })
        }
      }
      defer { waiters.withLock { _ = $0.give.removeValue(forKey: number) } }
      return try answer.wait()
    }

    /// Runs `body` on the reactor's thread, and waits here for what it returns or throws.
    @_disfavoredOverload
    public func blockingCallFromThread<Value: Sendable>(
      _ body: @escaping @Sendable (Reactor) throws -> Value
    ) throws -> Value {
      try blockingCallFromThread { reactor in Deferred<Value>.execute { try body(reactor) } }
    }
  }

  /// A blocking call was made on the very thread for which it would wait.
  public struct BlockingCallOnReactor: NamedError, Hashable { public init() {} }

  /// The first result that is given, for the thread that waits for it.
  private final class Answer<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func give(_ new: Result<Value, any Error>) {
      let isFirst = result.withLock { result in
        defer { if result == nil { result = new } }
        return result == nil
      }
      if isFirst { isThere.signal() }
    }

    func wait() throws -> Value {
      isThere.wait()
      guard let result = result.withLock({ $0 }) else { throw ReactorNotRunning() }
      return try result.get()
    }
  }
#endif
