#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Standard output, or another file, buffered, with every failed write noticed (a full disk must not look like success).
struct Output: ~Copyable {
  private var buffer: [UInt8] = []
  private let limit = 1 << 16
  private let descriptor: Int32
  private let deflater: Deflater?

  init(to descriptor: Int32 = STDOUT_FILENO, compressed: Bool = false) {
    self.descriptor = descriptor
    deflater = compressed ? Deflater() : nil
  }

  mutating func write(_ text: String) throws {
    try write(Array(text.utf8))
  }

  mutating func line(_ text: String = "") throws {
    try write(text)
    try write("\n")
  }

  mutating func write(_ bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= limit { try flush() }
  }

  mutating func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    try send(deflater?.take(&buffer, isLast: false) ?? buffer)
  }

  /// Writes what is left, and, where it is compressed, its end.
  mutating func finish() throws {
    try flush()
    if let deflater { try send(deflater.take(&buffer, isLast: true)) }
  }

  private func send(_ bytes: [UInt8]) throws {
    if let reason = writeAll(bytes, to: descriptor) {
      throw end(.inputOutput, "can't write the output: \(reason)")
    }
  }
}

/// Writes all of it.
///
/// - Returns: why it could not, in the system's words.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { writeOnce(descriptor, $0.baseAddress! + written, $0.count - written) }
    if count < 0 {
      if errno == EINTR { continue }
      return String(cString: strerror(errno))
    }
    written += count
  }
  return nil
}

private func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

/// Writes to standard error; what can't be written there can't be told anywhere.
func writeError(_ text: String) {
  _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
}
