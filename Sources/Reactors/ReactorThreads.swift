#if Reactor
  private import NIOPosix
  private import Synchronization

  /// The threads on which a reactor has blocking work done; they begin with the first work.
  final class ReactorThreads: Sendable {
    private struct State {
      var isStarted = false
      var isOver = false
    }

    private let pool: NIOThreadPool
    private let state = Mutex(State())

    init(count: Int) { pool = NIOThreadPool(numberOfThreads: max(1, count)) }

    /// Does the work as soon as a thread is free; not at all once this has ended.
    func submit(_ work: @escaping @Sendable () -> Void) {
      state.withLock { state in
        guard !state.isOver else { return }
        if !state.isStarted { pool.start() }
        state.isStarted = true
      }
      pool.submit { if case .active = $0 { work() } }
    }

    /// Waits for the work that goes on; what has not begun is dropped.
    func end() {
      let mustEnd = state.withLock { state in
        state.isOver = true
        return state.isStarted
      }
      if mustEnd { try? pool.syncShutdownGracefully() }
    }
  }
#endif
