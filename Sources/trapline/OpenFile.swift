#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes all of some bytes: at a place of a file, or, without one, where its descriptor stands.
///
/// - Returns: why it could not, in the system's words; nil where it could.
func writeAll(_ bytes: [UInt8], to descriptor: Int32, at place: Int? = nil) -> String? {
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes { rest in
      if let place {
        pwrite(descriptor, rest.baseAddress, rest.count, off_t(place + written))
      } else {
        write(descriptor, rest.baseAddress, rest.count)
      }
    }
    guard count >= 0 || errno == EINTR else { return String(cString: strerror(errno)) }
    written += max(0, count)
  }
  return nil
}

/// The bytes of a file from a place on: fewer at its end, none where it can't be read.
func readBytes(of descriptor: Int32, at place: Int, most count: Int) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    while filled < count {
      let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(place + filled))
      guard got > 0 || got < 0 && errno == EINTR else { return }
      filled += max(0, got)
    }
  }
}

/// Whether a file begins as gzip's do.
func isPacked(_ descriptor: Int32) -> Bool {
  readBytes(of: descriptor, at: 0, most: Inflater.magic.count) == Inflater.magic
}

/// An open file, closed with the last who has it.
final class OpenFile {
  let descriptor: Int32

  init?(_ path: String, _ flags: Int32) {
    descriptor = open(path, flags | O_CLOEXEC)
    if descriptor < 0 { return nil }
  }

  init?(_ file: FileName, _ flags: Int32) {
    descriptor = open(file.cString, flags | O_CLOEXEC)
    if descriptor < 0 { return nil }
  }

  deinit { close(descriptor) }

  func bytes(at place: Int, most count: Int) -> [UInt8] {
    readBytes(of: descriptor, at: place, most: count)
  }

  /// In bytes.
  var size: Int { Int(lseek(descriptor, 0, SEEK_END)) }

  var isPacked: Bool { trapline.isPacked(descriptor) }
}
