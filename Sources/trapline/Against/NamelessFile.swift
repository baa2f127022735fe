#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file that no folder lists, only this user may read, and is gone with its owner.
final class NamelessFile {
  let descriptor: Int32

  /// A file with those bytes, read and written from its start.
  init(_ bytes: [UInt8]) throws(ChildProcess.StartFailure) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array("\(folder.isEmpty ? "/tmp" : folder)/trapline-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.failure() }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    if writeAll(bytes, to: descriptor, at: 0) != nil { throw Self.failure() }
  }

  private static func failure() -> ChildProcess.StartFailure {
    ChildProcess.StartFailure(reason: "no temporary file can be written: \(String(cString: strerror(errno)))")
  }

  /// What it holds now, or the end of it.
  func contents(last limit_bytes: Int = .max) -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    let count = max(0, min(size, limit_bytes))
    return readBytes(of: descriptor, at: size - count, most: count)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// Runs the body, and what it starts for good, with a limit on how large files may grow.
func withFileSizes<Result>(upTo most_bytes: rlim_t, _ body: () -> Result) -> Result {
  var before = rlimit()
  getrlimit(fileSize, &before)
  var limited = before
  limited.rlim_cur = min(most_bytes, before.rlim_cur)
  setrlimit(fileSize, &limited)
  defer { setrlimit(fileSize, &before) }
  return body()
}

#if canImport(Glibc)
  private let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#else
  private let fileSize = RLIMIT_FSIZE
#endif
