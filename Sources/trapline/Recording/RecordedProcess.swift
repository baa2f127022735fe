#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#endif

/// A command that runs in our place: it has our terminal, gets the signals that are sent to us, and its ending is ours.
struct RecordedProcess {
  /// As `waitpid` gives it.
  private let status: Int32

  struct StartFailure: Error { var reason: String }

  /// Runs the command to its end.
  ///
  /// - Parameters:
  ///   - command: its words, as C strings.
  ///   - environment: in place of ours, as `NAME=value`.
  ///   - hasStarted: what is to be done once it runs.
  ///   - look: what is done while it runs, ten times a second.
  init(
    _ command: [[CChar]], environment: [[CChar]], hasStarted: () -> Void, look: () -> Void
  ) throws(StartFailure) {
    // From before it is started: a signal that comes early is for it.
    let signals = PassedSignals()
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    signals.setBack(&attributes)
    restoreStackLimit()
    let words = command.map { strdup($0) } + [nil]
    let settings = environment.map { strdup($0) } + [nil]
    defer { for word in words + settings { free(word) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, command[0], nil, &attributes, words, settings)
    guard failure == 0 else {
      throw StartFailure(reason: String(cString: strerror(failure)))
    }
    hasStarted()
    status = signals.wait(for: process, look: look)
  }

  /// Whether it ended in a way that it did not hear of, and so could close no file.
  var wasKilled: Bool { [SIGKILL, SIGSEGV, SIGABRT, SIGBUS].contains(status & 0x7F) }

  /// Ends this program as that one ended.
  func endLikewise() -> Never {
    let number = status & 0x7F
    if number != 0 {
      var none = rlimit(rlim_cur: 0, rlim_max: 0)
      setrlimit(coreSize, &none)
      signal(number, SIG_DFL)
      // Who started us may hold it back; then it would wait here for ever.
      var held = sigset_t()
      sigemptyset(&held)
      sigaddset(&held, number)
      pthread_sigmask(SIG_UNBLOCK, &held, nil)
      kill(getpid(), number)
      exit(128 + number)
    }
    exit(status >> 8 & 0xFF)
  }
}

#if canImport(Glibc)
  private let coreSize = __rlimit_resource_t(RLIMIT_CORE.rawValue)
#else
  private let coreSize = RLIMIT_CORE
#endif
