import Glibc
import Traces

/// A file's bytes, read by position.
final class FileBytes: TraceBytes {
  private let descriptor: Int32
  init(_ path: String) { descriptor = open(path, O_RDONLY) }
  deinit { close(descriptor) }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)))
  }

  var expectedSize: Int? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : nil
  }
  var isComplete: Bool { true }
  var fault: String? { nil }
}
