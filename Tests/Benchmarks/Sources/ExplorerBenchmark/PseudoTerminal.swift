import Glibc

/// A program under a pseudo-terminal of its own, timed from outside by what it paints.
final class PseudoTerminal {
  private let primary: Int32
  private let process: pid_t
  /// When the program was started.
  let started: ContinuousClock.Instant
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private static let setLock: UInt = 0x4004_5431
  /// POSIX_SPAWN_SETSID.
  private static let startsSession: Int16 = 0x80
  private static let getNumber: UInt = 0x8004_5430
  /// Everything painted since the last `clear`, for looking whether the right thing came.
  private(set) var painted: [UInt8] = []

  /// Starts `command` on a terminal of that size.
  init(command: [String], columns: UInt16, rows: UInt16, environment more: [String] = []) {
    // Linux's own way (ioctl_tty(2)): the functions of POSIX are not among what Glibc's module shows.
    primary = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    var isLocked: Int32 = 0
    precondition(
      primary >= 0 && ioctl(primary, Self.setLock, &isLocked) == 0
        && ioctl(primary, Self.getNumber, &number) == 0, "no pseudo-terminal to be had")
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(primary, UInt(TIOCSWINSZ), &size)
    let name = "/dev/pts/\(number)"

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    // The first terminal that a session leader opens becomes its controlling one.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setflags(&attributes, Self.startsSession)
    let environment = ["TERM=xterm-256color", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", "HOME=/"] + more

    var child: pid_t = 0
    started = .now
    let status = withCStrings(command) { arguments in
      withCStrings(environment) { posix_spawn(&child, command[0], &actions, &attributes, arguments, $0) }
    }
    precondition(status == 0, "can't start \(command[0])")
    process = child
  }

  func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    precondition(write(primary, bytes, bytes.count) == bytes.count)
  }

  func clear() { painted.removeAll(keepingCapacity: true) }

  /// Reads until nothing was painted for `quiet_ms`, and tells when the last byte came; nil if none ever did.
  func lastPaint(quiet_ms: Int32, patience_ms: Int32 = 10_000) -> ContinuousClock.Instant? {
    var last: ContinuousClock.Instant?
    while true {
      var poller = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, last == nil ? patience_ms : quiet_ms) > 0 else { return last }
      let count = read(primary, &buffer, buffer.count)
      guard count > 0 else { return last }
      last = .now
      painted.append(contentsOf: buffer[0..<count])
    }
  }

  /// What the processor has spent on the program so far.
  var processorTime_ms: Double {
    guard let file = fopen("/proc/\(process)/schedstat", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    return strtod(line, nil) / 1e6
  }

  /// Resident memory now, in KiB.
  var resident_KiB: Int {
    guard let file = fopen("/proc/\(process)/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      if text.hasPrefix("VmRSS:") { return Int(text.filter(\.isNumber)) ?? 0 }
    }
    return 0
  }

  /// Reads until the painted bytes contain a text, and tells when they did; nil if they never do.
  func paint(of text: String, patience_ms: Int32 = 10_000) -> ContinuousClock.Instant? {
    let wanted = Array(text.utf8)
    while true {
      var poller = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, patience_ms) > 0 else { return nil }
      let count = read(primary, &buffer, buffer.count)
      guard count > 0 else { return nil }
      painted.append(contentsOf: buffer[0..<count])
      let starts = painted.indices.dropLast(wanted.count - 1)
      if starts.contains(where: { painted[$0...].starts(with: wanted) }) { return .now }
    }
  }

  func end() {
    kill(process, SIGTERM)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(primary)
  }
}

private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
  let pointers = strings.map { strdup($0) }
  defer { pointers.forEach { free($0) } }
  return body(pointers + [nil])
}
