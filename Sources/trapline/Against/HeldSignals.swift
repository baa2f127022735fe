#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Holds back the signals that would end this program, as long as it lives, so that it can tidy up first.
struct HeldSignals: ~Copyable {
  /// The signals that were held back before.
  private let before: sigset_t
  private var held: sigset_t

  init() {
    held = sigset_t()
    sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] where !Self.isIgnored(signal) {
      sigaddset(&held, signal)
    }
    // Held back to be waited for: that a child has ended.
    sigaddset(&held, SIGCHLD)
    signal(SIGCHLD, SIG_DFL)
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &held, &before)
    self.before = before
  }

  deinit {
    var mask = before
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// Waits for a signal, and returns one that would end this program; nil when the time is over, or a child ended.
  func next(within time: timespec) -> Int32? {
    var set = held
    var time = time
    let signal = sigtimedwait(&set, nil, &time)
    return signal > 0 && signal != SIGCHLD ? signal : nil
  }

  /// Does what the signal would have done: ends this program, as its sender expects to see it end.
  func pass(on signal: Int32) {
    raise(signal)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Whether whoever started this program had the signal ignored, as `nohup` does.
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    return withUnsafeBytes(of: &action) { $0.load(as: Int.self) } == ignoring
  }

  /// `SIG_IGN` as a number: functions cannot be compared.
  private static let ignoring = 1
}
