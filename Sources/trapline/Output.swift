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
    try writeAll(deflater?.take(&buffer, isLast: false) ?? buffer, to: descriptor)
  }

  /// Writes what is left, and, where it is compressed, its end.
  mutating func finish() throws {
    try flush()
    if let deflater { try writeAll(deflater.take(&buffer, isLast: true), to: descriptor) }
  }
}

private func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { writeOnce(descriptor, $0.baseAddress! + written, $0.count - written) }
    if count < 0 {
      if errno == EINTR { continue }
      let reason = String(cString: strerror(errno))
      throw end(.inputOutput, "can't write the output: \(reason)")
    }
    written += count
  }
}

private func writeOnce(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

/// Writes to standard error; what can't be written there can't be told anywhere.
func writeError(_ text: String) {
  try? writeAll(Array(text.utf8), to: STDERR_FILENO)
}
