import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The bytes of a file, read where they are when they are asked for: one that shrinks meanwhile has fewer.
final class TraceFileBytes: TraceBytes {
  private let descriptor: Int32
  private(set) var fault: String?

  /// Takes over an open file.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      guard errno == EINTR else {
        fault = "the file can't be read any more: \(String(cString: strerror(errno)))"
        return 0
      }
    }
  }

  var expectedSize: Int? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : nil
  }

  var isComplete: Bool { true }
}
