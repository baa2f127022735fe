import CZlib

/// Compresses as gzip does.
final class Deflater {
  // The library keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // With a window of 32 KiB, and gzip's frame around it.
    let made = deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(made == Z_OK, "there is no memory for zlib")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Takes more, and gives what is to be written so far, which may be nothing.
  func take(_ bytes: inout [UInt8], isLast: Bool) -> [UInt8] {
    var written: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.count
    bytes.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(count)
      repeat {
        let size = chunk.count
        chunk.withUnsafeMutableBufferPointer { output in
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(size)
          _ = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        }
        written += chunk[..<(size - Int(stream.pointee.avail_out))]
      } while stream.pointee.avail_out == 0
    }
    return written
  }
}
