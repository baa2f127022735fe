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

/// Writes to standard error; what can't be written there can't be told anywhere.
func writeError(_ text: String) {
  _ = writeAll(Array(text.utf8), to: STDERR_FILENO)
}
