import Explorer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A folder that only this user can read, with the recorder's Python in it: what a recorded program finds first.
///
/// `inject` stands in front of the program's own path and holds nothing but the `sitecustomize` that starts it.
struct RecorderFolder {
  let path: String
  var injected: String { path + "/inject" }
  /// Each process puts down here what became of it.
  var report: String { path + "/report" }

  struct Failure: Error { var reason: String }

  /// Unpacks the embedded recorder.
  init() throws(Failure) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array("\(parent.isEmpty ? "/tmp" : parent)/trapline-record-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Self.failure("no temporary folder can be made") }
    path = String(cString: made)
    for folder in [injected, path + "/trapline_recorder"] where mkdir(folder, 0o700) != 0 {
      throw Self.failure("\(folder) can't be made")
    }
    for file in embeddedTwistedRecorder {
      let folder = file.name == "sitecustomize.py" ? injected : path + "/trapline_recorder"
      try Self.write(file.text, to: folder + "/" + file.name)
    }
    try Self.write("", to: report)
  }

  /// Makes a file that only this user can read.
  static func write(_ text: String, to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("\(path) can't be made") }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { putBytes(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else { throw failure("\(path) can't be written") }
      rest = rest.dropFirst(max(0, count))
    }
  }

  private static func failure(_ what: String) -> Failure {
    Failure(reason: "\(what): \(String(cString: strerror(errno)))")
  }

  /// What the processes put down, a line each.
  func reports() -> [String] {
    guard let file = try? readInput(SourceName(report, in: .file)) else { return [] }
    return String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Takes the folder away, with what Python left in it.
  func remove() { Self.remove(path, depth: 0) }

  private static func remove(_ folder: String, depth: Int) {
    if depth < 4, let stream = opendir(folder) {
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name != ".", name != ".." else { continue }
        let path = folder + "/" + name
        if unlink(path) != 0 { remove(path, depth: depth + 1) }
      }
    }
    rmdir(folder)
  }
}

/// `write(2)`, whose name is taken inside of the type above.
private func putBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
