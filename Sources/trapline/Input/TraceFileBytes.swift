import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The bytes of a file, read where they are when they are asked for: one that shrinks meanwhile has fewer.
final class TraceFileBytes: TraceBytes {
  private let descriptor: Int32
  private let file: FollowedFile?
  private(set) var fault: String?
  /// As far as there have been bytes.
  private var seen = 0

  /// Takes over an open file.
  ///
  /// - Parameter file: of one that may still grow, how that is known.
  init(_ descriptor: Int32, file: FollowedFile? = nil) {
    self.descriptor = descriptor
    self.file = file
  }

  deinit { close(descriptor) }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count > 0 {
        seen = max(seen, offset + count)
        return count
      }
      if count == 0 {
        noteEnd(at: offset)
        return 0
      }
      guard errno == EINTR else {
        fault = "the file can't be read any more: \(String(cString: strerror(errno)))"
        return 0
      }
    }
  }

  private func noteEnd(at offset: Int) {
    if offset < seen { fault = FollowedFile.truncated }
    if fault == nil, let change = file?.change(since: seen) { fault = change }
  }

  var expectedSize: Int? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : nil
  }

  var isComplete: Bool { file == nil || fault != nil }

  func note(_ header: TraceHeader) { file?.note(header) }
  func wait(atMost time_ms: Int) { poll(nil, 0, Int32(time_ms)) }
}
