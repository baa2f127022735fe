import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files that are to be followed, of which some may not be there yet, or have no first line that tells what they are.
struct AwaitedFiles {
  private let names: [String]
  /// So much of a file is looked at: a first line that is longer is judged by whoever opens it.
  private static let firstLineLimit_bytes = 1 << 16

  init(_ names: [String]) { self.names = names }

  /// What is still waited for, as a sentence for people; nil where all can be opened, or be refused.
  func missing() -> String? {
    for name in names {
      var status = stat()
      if stat(name, &status) != 0 {
        // Whatever else is wrong with it is told by who opens it, and does not go away by itself.
        if errno == ENOENT, !name.isEmpty, name != "-", embeddedFile(named: name) == nil {
          return "waiting for \(cleaned(name)), which is not there yet"
        }
      } else if status.st_mode & S_IFMT == S_IFREG, !Self.tellsWhatItIs(name) {
        return "waiting for the first line of \(cleaned(name))"
      }
    }
    return nil
  }

  private static func tellsWhatItIs(_ name: String) -> Bool {
    let descriptor = open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: firstLineLimit_bytes)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count >= 0 else { return true }
    bytes.removeLast(bytes.count - count)
    guard bytes.starts(with: Inflater.magic) else { return tellsWhatItIs(bytes) }
    var plain: [UInt8] = []
    let state = bytes.withUnsafeMutableBytes { packed in
      Inflater().take(packed) { piece in
        plain += piece
        return plain.count < firstLineLimit_bytes ? nil : "there is enough"
      }
    }
    if case .damaged = state { return true }
    return tellsWhatItIs(plain)
  }

  private static func tellsWhatItIs(_ bytes: [UInt8]) -> Bool {
    if bytes.count >= firstLineLimit_bytes || bytes.contains(0x0a) { return true }
    // What is no trace is refused at once.
    return bytes.first.map { $0 != UInt8(ascii: "{") && $0 != Inflater.magic[0] } ?? false
  }
}
