#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#endif

/// Another program, run to its end or for so long.
///
/// It is the head of a session of its own: it has no terminal to write on, and whatever it starts ends with it.
/// It reads from a file and writes to files, all without a name, so that nobody has to keep pipes moving. When this
/// program is interrupted meanwhile, the other ends first.
struct ChildProcess {
  enum Ending: Equatable {
    case exited(Int32)
    case killed(bySignal: Int32)
    case tookTooLong
  }

  /// Why it could not be started.
  struct StartFailure: Error {
    var reason: String
  }

  private(set) var ending: Ending
  private(set) var output: [UInt8]
  /// The end of what it wrote to standard error.
  private(set) var errors: [UInt8]

  /// A program that writes more is ended.
  fileprivate static let mostOutput_bytes: rlim_t = 256 << 20
  private static let mostErrors_bytes = 64 << 10
  /// How often it is asked for where nothing else wakes this program.
  private static let tick = timespec(tv_sec: 0, tv_nsec: 50_000_000)

  /// Runs the program at a path.
  ///
  /// - Parameter seconds: it is ended, with all that it started, when it takes longer.
  init(_ path: String, _ arguments: [String], input: [UInt8], seconds: Int) throws(StartFailure) {
    // A bare name would be looked for in the working directory.
    guard path.contains("/") else { throw StartFailure(reason: "the PATH has no such program") }
    let files = try [input, [], []].map { bytes throws(StartFailure) in try NamelessFile(bytes) }
    // From before it is started: a signal that comes early would leave it behind.
    let signals = HeldSignals()
    let process = try start(path, arguments, files: files)
    let deadline = ContinuousClock.now + .seconds(seconds)
    var isLate = false
    while !hasEnded(process), !isLate {
      if let signal = signals.next(within: Self.tick) {
        endAll(of: process)
        signals.pass(on: signal)
      }
      isLate = ContinuousClock.now >= deadline
    }
    // What it started may live on.
    endAll(of: process)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    ending =
      isLate ? .tookTooLong : status & 0x7F == 0 ? .exited(status >> 8) : .killed(bySignal: status & 0x7F)
    output = files[1].contents()
    errors = files[2].contents(last: Self.mostErrors_bytes)
  }
}

/// Whether it is over; it stays a zombie, so that its number names nothing else yet.
private func hasEnded(_ process: pid_t) -> Bool {
  var info = siginfo_t()
  return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_signo == SIGCHLD
}

private func endAll(of process: pid_t) {
  kill(-process, SIGKILL)
}

private func start(
  _ path: String, _ arguments: [String], files: [NamelessFile]
) throws(ChildProcess.StartFailure) -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (index, file) in files.enumerated() {
    posix_spawn_file_actions_adddup2(&actions, file.descriptor, Int32(index))
  }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  let setsNewSession: Int16 = 0x80
  posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | setsNewSession)
  // Whatever is held back or ignored here, there its own clock must be able to end it.
  var none = sigset_t()
  sigemptyset(&none)
  posix_spawnattr_setsigmask(&attributes, &none)
  var all = sigset_t()
  sigfillset(&all)
  posix_spawnattr_setsigdefault(&attributes, &all)
  let words = ([path] + arguments).map { strdup($0) }
  defer { for word in words { free(word) } }
  var process = pid_t()
  let failure = withFileSizes(upTo: ChildProcess.mostOutput_bytes) {
    posix_spawn(&process, path, &actions, &attributes, words + [nil], environ)
  }
  guard failure == 0 else { throw ChildProcess.StartFailure(reason: String(cString: strerror(failure))) }
  return process
}
