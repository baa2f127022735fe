#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Holds back the signals that a program may be sent, as long as it lives, and passes them on to a child.
///
/// What the terminal sends, it sends to the child, too. What another process sends reaches us alone, for it knows our
/// number; where it sends to all of the process group, the child gets it twice, which nobody can tell.
struct PassedSignals: ~Copyable {
  private let before: sigset_t
  private let held: sigset_t

  init() {
    var held = sigset_t()
    sigemptyset(&held)
    // What is ignored here for a reason of the caller's (nohup) stays ignored, here and there.
    for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2] where !Self.isIgnored(number) {
      sigaddset(&held, number)
    }
    // Where it were ignored, nobody could say how the child ended.
    signal(SIGCHLD, SIG_DFL)
    sigaddset(&held, SIGCHLD)
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &held, &before)
    (self.held, self.before) = (held, before)
  }

  deinit {
    var mask = before
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// Has a child hold back what we did at first.
  func setBack(_ attributes: inout posix_spawnattr_t) {
    var mask = before
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
  }

  /// Waits for the end of a child, and passes signals on to it.
  ///
  /// - Parameter look: what is done meanwhile, ten times a second and after each signal.
  /// - Returns: how it ended, as `waitpid` gives it.
  func wait(for child: pid_t, look: () -> Void) -> Int32 {
    var status: Int32 = 0
    var pause = timespec(tv_sec: 0, tv_nsec: 100_000_000)
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child || ended < 0 && errno != EINTR { break }
      look()
      var info = siginfo_t()
      pass(next(&info, &pause), info, to: child)
    }
    // Those of the terminal that ended the child are not for us any more.
    var info = siginfo_t()
    var none = timespec()
    while next(&info, &none) > 0 {}
    return status
  }

  private func next(_ info: inout siginfo_t, _ time: UnsafePointer<timespec>?) -> Int32 {
    var set = held
    return sigtimedwait(&set, &info, time)
  }

  private func pass(_ number: Int32, _ info: siginfo_t, to child: pid_t) {
    // The kernel's own have codes above 0.
    let isSent = info.si_code <= 0 && info._sifields._kill.si_pid != child
    guard number > 0, number != SIGCHLD, isSent else { return }
    kill(child, number)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
