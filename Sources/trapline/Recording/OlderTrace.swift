import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What stands where a trace is to be written: an older trace gives way once its program runs; nothing else does.
struct OlderTrace {
  private let path: FileName
  /// Nil where there is none.
  private let aside: FileName?

  /// Looks whether a trace can be written there.
  init(at path: FileName) throws(RecorderFolder.Failure) {
    self.path = path
    // A pipe must not be waited for.
    let file = open(path.cString, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      guard errno == ENOENT, access(path.folder.cString, W_OK | X_OK) == 0 else {
        throw Self.failure(path)
      }
      aside = nil
      return
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Self.failure(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw RecorderFolder.Failure(reason: "\(path.text) is a directory")
    default: throw RecorderFolder.Failure(reason: "\(path.text) is no file, and is not written over")
    }
    guard status.st_size == 0 || Self.isTrace(file) else {
      throw RecorderFolder.Failure(reason: "\(path.text) is no trace, and is not written over")
    }
    guard access(path.folder.cString, W_OK | X_OK) == 0 else { throw Self.failure(path) }
    aside = path.adding(".older-\(getpid())")
  }

  func moveAside() throws {
    guard let aside, rename(path.cString, aside.cString) != 0 else { return }
    throw end(.inputOutput, cleaned(Self.failure(path).reason))
  }

  func remove() { if let aside { unlink(aside.cString) } }

  func putBack() { if let aside, access(aside.cString, F_OK) == 0 { rename(aside.cString, path.cString) } }

  private static func failure(_ path: FileName) -> RecorderFolder.Failure {
    RecorderFolder.Failure(reason: "can't write \(path.text): \(String(cString: strerror(errno)))")
  }

  private static func isTrace(_ file: Int32) -> Bool {
    let start = Array("{\"trapline\"".utf8)
    var found = [UInt8](repeating: 0, count: 512)
    found.removeLast(found.count - max(0, pread(file, &found, found.count, 0)))
    guard found.starts(with: Inflater.magic) else { return found.starts(with: start) }
    var plain: [UInt8] = []
    _ = found.withUnsafeMutableBytes { packed in
      Inflater().take(packed) { piece in
        plain += piece
        return plain.count < start.count ? nil : "there is enough"
      }
    }
    return plain.starts(with: start)
  }
}
