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
  /// - Parameter environment: in place of ours, as `NAME=value`.
  init(_ command: [String], environment: [String]) throws(StartFailure) {
    let heard = [SIGINT, SIGQUIT, SIGTERM, SIGHUP]
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What is ignored here for a reason of the caller's (nohup) stays ignored there.
    var mine = sigset_t()
    sigemptyset(&mine)
    for number in heard where !isIgnored(number) {
      sigaddset(&mine, number)
      signal(number) { passOn($0) }
    }
    posix_spawnattr_setsigdefault(&attributes, &mine)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let words = command.map { strdup($0) } + [nil]
    let settings = environment.map { strdup($0) } + [nil]
    defer { for word in words + settings { free(word) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, command[0], nil, &attributes, words, settings)
    guard failure == 0 else {
      throw StartFailure(reason: String(cString: strerror(failure)))
    }
    child = process
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    child = 0
    self.status = status
  }

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

private func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  sigaction(number, nil, &action)
  return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
}

/// The command, while it runs. Written before and after signals can come.
nonisolated(unsafe) private var child: pid_t = 0

/// The terminal sends its own signals to both; those that another process sends reach us alone.
private func passOn(_ number: Int32) {
  if child > 0, number == SIGTERM || number == SIGHUP { kill(child, number) }
}

#if canImport(Glibc)
  private let coreSize = __rlimit_resource_t(RLIMIT_CORE.rawValue)
#else
  private let coreSize = RLIMIT_CORE
#endif
