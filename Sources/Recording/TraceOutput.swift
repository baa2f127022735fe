internal import Traces

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The file that a recording goes into, readable by its owner alone: values can be secrets.
struct TraceOutput: Sendable {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(TraceRecordingError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    // One that was there may have been open to others.
    fchmod(descriptor, 0o600)
  }

  func append(_ bytes: [UInt8]) throws(TraceRecordingError) {
    var place = 0
    while place < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: place), $0.count - place)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.failure(path)
      }
      place += count
    }
  }

  func end() throws(TraceRecordingError) {
    guard close(descriptor) == 0 else { throw Self.failure(path) }
  }

  private static func failure(_ path: String) -> TraceRecordingError {
    TraceRecordingError(reason: "can't write \(path): \(String(cString: strerror(errno)))")
  }
}

extension TraceHeader {
  /// What is known of the program that records itself.
  init(of time: TraceRecording.Time, _ values: TraceRecording.Values) {
    let command = CommandLine.arguments
    let program = command.first?.split(separator: "/").last.map(String.init) ?? ""
    self.init(program: program, clock: time == .real ? "monotonic" : "virtual")
    argv = values == .none ? Array(command.prefix(1)) : command
    pid = Int(getpid())
    started = Self.now()
    versions["recorder"] = "Recording 1"
    #if swift(>=6.3)
      versions["swift"] = "6.3"
    #else
      versions["swift"] = "6.2"
    #endif
  }

  private static func now() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var seconds = now.tv_sec
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 32)
    strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S", &parts)
    let whole = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // Recordings of several processes are put in order by it: a second is far too long.
    return "\(whole).\(String(1_000_000 + now.tv_nsec / 1000).dropFirst())Z"
  }
}
