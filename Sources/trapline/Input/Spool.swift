#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file without a name that keeps what can't be read twice; the system removes it when the program ends, however.
final class Spool {
  private let descriptor: Int32
  /// How many bytes it keeps.
  private(set) var count = 0

  /// Makes one in `TMPDIR`, or else in `/tmp`, readable by its owner alone.
  init() throws(InputFailure) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var path = Array("\(folder.isEmpty ? "/tmp" : folder)/trapline-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw InputFailure(
        ending: .inputOutput,
        message: "can't keep what is read in a temporary file: \(String(cString: strerror(errno)))")
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(path)
  }

  deinit { close(descriptor) }

  /// Keeps more.
  ///
  /// - Returns: why it could not, as a sentence for people.
  func append(_ bytes: UnsafeRawBufferPointer) -> String? {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let put = pwrite(descriptor, rest.baseAddress, rest.count, off_t(count))
      if put < 0 {
        if errno == EINTR { continue }
        return "what is read can't be kept in a temporary file: \(String(cString: strerror(errno)))"
      }
      written += put
      count += put
    }
    return nil
  }

  /// Fills a buffer from `offset` on, as far as there is anything.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let got = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if got >= 0 { return got }
      if errno != EINTR { return 0 }
    }
  }
}
