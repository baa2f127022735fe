#if Reactor
  public import Deferreds
  private import Dispatch
  public import Logging
  public import NIOCore
  private import NIOPosix

  /// A scheduler whose time is the wall's: an event loop that owns the thread on which it runs.
  ///
  /// What runs on a ``VirtualClock`` runs here for real: both are a ``Scheduler``. A Reactor, and all Deferreds that
  /// it fires, belong to its thread, and are not Sendable; other threads hold its ``handle``.
  ///
  /// As Twisted's reactor does, it makes a call that is set inside another call on the loop's next pass, even with a
  /// delay of zero, and logs what a call throws and goes on.
  public final class Reactor: Scheduler {
    /// What other threads may hold of this reactor.
    public let handle: ReactorHandle
    /// Where Failures that nobody handles are told, and what calls throw.
    public let logger: Logger
    /// The event loop of SwiftNIO beneath: for channels and whatever else runs on it.
    public var eventLoop: any EventLoop { handle.eventLoop }

    private let queue = CallQueue()
    /// The loop's own timer, and when it goes off, in microseconds.
    private var alarm: (due: Int64, task: Scheduled<Void>)?
    /// The time at which the pass that goes on began.
    private var passTime: Int64?
    private var isStopping = false
    private let threads: ReactorThreads
    /// What takes the results of work on threads, by the number of the work.
    private var takers: [Int: (Result<any Sendable, any Error>) -> Void] = [:]
    private var works = 0

    private init(eventLoop: any EventLoop, logger: Logger, threads: Int) {
      handle = ReactorHandle(eventLoop: eventLoop)
      self.logger = logger
      self.threads = ReactorThreads(count: threads)
      queue.readTime = { NIODeadline.now().microseconds }
      queue.onMove = { [unowned self] in setAlarm() }
    }

    // MARK: Time

    /// Microseconds since some moment before the process began; never goes back.
    public var nowMicroseconds: Int64 { NIODeadline.now().microseconds }

    /// Calls `body` once, `delay` after now, on the reactor's thread. A negative delay is none.
    ///
    /// - Complexity: O(log n) for n pending calls.
    @discardableResult
    public func callLater(
      after delay: Duration, named name: String?, at place: Place, _ body: @escaping () throws -> Void
    ) -> DelayedCall {
      let delay = max(0, delay.wholeMicroseconds)
      let (sum, overflow) = nowMicroseconds.addingReportingOverflow(delay)
      var due = overflow ? .max / 2 : sum
      if let passTime { due = max(due, passTime + 1) }
      let call = queue.add(due: due, named: name, at: place, body)
      setAlarm()
      return call
    }

    /// How many calls are still to come.
    public var pendingCount: Int { queue.count }
    /// The calls still to come, soonest first. O(n log n). Twisted: `getDelayedCalls`.
    public var delayedCalls: [DelayedCall] { queue.calls }

    /// Sees to it that a pass begins when the next call is due.
    private func setAlarm() {
      guard passTime == nil, !isStopping else { return }
      queue.settle()
      guard let due = queue.nextDue else { return }
      if let alarm {
        guard due < alarm.due else { return }
        alarm.task.cancel()
      }
      let bound = NIOLoopBound(self, eventLoop: eventLoop)
      let deadline = NIODeadline.uptimeNanoseconds(UInt64(min(due, .max / 1000) * 1000))
      alarm = (due, eventLoop.scheduleTask(deadline: deadline) { bound.value.pass() })
    }

    /// Makes all calls that are due by now, but none that they set.
    private func pass() {
      alarm = nil
      let limit = nowMicroseconds
      passTime = limit
      queue.settle()
      while queue.runNext(by: limit, onError: { tell("Unhandled error in a timed call", $0, $1.name) }) {
        queue.settle()
      }
      passTime = nil
      setAlarm()
    }

    func tell(_ what: String, _ error: any Error, _ name: String? = nil) {
      let failure = Failure.of(error)
      var metadata = failure.metadata
      if let name { metadata["call"] = "\(name)" }
      logger.critical("\(what): \(failure.story)", metadata: metadata)
    }

    // MARK: Running

    /// Turns the calling thread into a reactor, and returns when the reactor was stopped.
    ///
    /// - Parameters:
    ///   - logger: is told of Failures that nobody handles, with their story.
    ///   - threads: on how many threads ``deferToThread(_:)`` works; they begin with the first work.
    ///   - main: is called first of all; what it throws stops the reactor.
    /// - Throws: ``ReactorAlreadyRunning`` on a thread that is an event loop; what `main` throws.
    public static func run(
      logger: Logger = Logger(label: "Deferreds"), threads: Int = 10,
      _ main: @escaping (Reactor) throws -> Void
    ) throws {
      guard MultiThreadedEventLoopGroup.currentEventLoop == nil else { throw ReactorAlreadyRunning() }
      var thrown: (any Error)?
      var pool: ReactorThreads?
      UnhandledFailures.with({ logger.tell($0) }) {
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { loop in
          let reactor = Reactor(eventLoop: loop, logger: logger, threads: threads)
          pool = reactor.threads
          reactor.handle.open(reactor)
          let handle = reactor.handle
          let path = ReturnPath { work in handle.callFromThread { _ in work() } }
          ReturnPath.with(path) {
            do { try main(reactor) } catch {
              thrown = error
              try? reactor.stop()
            }
          }
        }
      }
      pool?.end()
      if let thrown { throw thrown }
    }

    /// Ends the loop after this pass. Calls that are still to come are dropped.
    ///
    /// - Throws: ``ReactorNotRunning`` if it was stopped before.
    public func stop() throws {
      guard !isStopping else { throw ReactorNotRunning() }
      isStopping = true
      alarm?.task.cancel()
      let bound = NIOLoopBound(self, eventLoop: eventLoop)
      eventLoop.execute { bound.value.close() }
    }

    private func close() {
      handle.close()
      takers = [:]
      queue.close()
      eventLoop.shutdownGracefully(queue: .global()) { _ in }
    }

    // MARK: Threads

    /// Does blocking work on a thread of the reactor's, and returns a Deferred that fires with what comes of it.
    ///
    /// Cancelling the Deferred does not stop the work; its result is then dropped. Twisted: `threads.deferToThread`.
    @discardableResult
    public func deferToThread<Value: Sendable>(
      _ body: @escaping @Sendable () throws -> Value
    ) -> Deferred<Value> {
      let deferred = Deferred<Value>()
      works += 1
      let work = works
      // Only the number goes to the thread: the chain must be let go of here.
      takers[work] = { result in
        switch result {
        case .success(let value): if let value = value as? Value { try? deferred.callback(value) }
        case .failure(let error): try? deferred.errback(error)
        }
      }
      threads.submit { [handle] in
        let result = Result<any Sendable, any Error> { try body() }
        handle.callFromThread { $0.takers.removeValue(forKey: work)?(result) }
      }
      return deferred
    }
  }

  @available(*, unavailable) extension Reactor: Sendable {}

  /// The calling thread runs an event loop already.
  public struct ReactorAlreadyRunning: NamedError, Hashable { public init() {} }

  /// The reactor was stopped.
  public struct ReactorNotRunning: NamedError, Hashable { public init() {} }

  extension NIODeadline {
    fileprivate var microseconds: Int64 { Int64(uptimeNanoseconds / 1000) }
  }

  extension Duration {
    /// What does not fit is about as long as anything.
    fileprivate var wholeMicroseconds: Int64 {
      let (seconds, attoseconds) = components
      guard seconds.magnitude < 1 << 40 else { return seconds < 0 ? 0 : .max / 4 }
      return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
  }
#endif
