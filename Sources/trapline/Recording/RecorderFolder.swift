import Explorer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A folder with the recorder's Python in it: what a recorded program finds first.
///
/// Others can read that Python, as a program does that gives up root's rights before it imports Twisted; what processes
/// put down, only this user can.
/// `inject` stands in front of the program's own path and holds nothing but the `sitecustomize` that starts it.
struct RecorderFolder {
  let path: String
  var injected: String { path + "/inject" }
  /// What tells this recording from all others.
  let run: String
  /// Each process puts down here what became of it.
  var report: String { path + "/report" }

  struct Failure: Error { var reason: String }

  /// Unpacks the embedded recorder.
  init() throws(Failure) {
    let parent = Self.parent
    Self.removeLeftovers(in: parent)
    var template = Array("\(parent)/\(Self.prefix)\(getpid())-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw Self.failure("no temporary folder can be made in \(parent)")
    }
    path = String(cString: made)
    run = String(path.dropFirst("\(parent)/\(Self.prefix)".count))
    chmod(path, 0o711)
    do throws(Failure) { try unpack() } catch {
      remove()
      throw error
    }
  }

  /// Where temporary files are put, as programs find it that work in another folder.
  private static var parent: String {
    let named = environment("TMPDIR") ?? "/tmp"
    guard let path = realpath(named, nil) else { return named }
    defer { free(path) }
    let whole = String(cString: path)
    // Nothing that has a colon can stand in PYTHONPATH.
    return whole.contains(":") ? "/tmp" : whole
  }

  private func unpack() throws(Failure) {
    for folder in [injected, path + "/trapline_recorder"] {
      guard mkdir(folder, 0o700) == 0, chmod(folder, 0o755) == 0 else {
        throw Self.failure("\(folder) can't be made")
      }
    }
    for file in embeddedTwistedRecorder {
      let folder = file.name == "sitecustomize.py" ? injected : path + "/trapline_recorder"
      try Self.write(Array(file.text.utf8), to: folder + "/" + file.name)
      chmod(folder + "/" + file.name, 0o644)
    }
    try Self.write([], to: report)
  }

  /// Makes a file that only this user can read.
  static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("\(path) can't be made") }
    defer { close(descriptor) }
    if writeAll(bytes, to: descriptor) != nil { throw failure("\(path) can't be written") }
  }

  private static func failure(_ what: String) -> Failure {
    Failure(reason: "\(what): \(String(cString: strerror(errno)))")
  }

  /// What the processes put down, a line each.
  func reports() -> [ReportLine] { Self.lines(of: report) }

  private static func lines(of report: String) -> [ReportLine] {
    guard let file = try? readInput(SourceName(report, in: .file)) else { return [] }
    return ReportLine.lines(in: file.bytes)
  }

  /// Takes the folder away, with what Python left in it.
  func remove() { Self.remove(path, depth: 0) }

  private static let prefix = "trapline-record-"

  /// Folders that were left for processes that went on, and have ended since; and those of a killed trapline.
  private static func removeLeftovers(in parent: String) {
    for name in names(in: parent) where name.hasPrefix(prefix) {
      let path = "\(parent)/\(name)"
      var status = stat()
      guard let owner = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ Int32($0) }),
        lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid(),
        !isAlive(owner), RecordingReport(lines(of: path + "/report")).running.isEmpty
      else { continue }
      remove(path, depth: 0)
    }
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func remove(_ folder: String, depth: Int) {
    if depth < 4 {
      for path in names(in: folder).map({ folder + "/" + $0 }) where unlink(path) != 0 {
        remove(path, depth: depth + 1)
      }
    }
    rmdir(folder)
  }
}

/// Whether a process is there and has not ended: where nobody asks how an orphan ended, it stays as a zombie.
func isAlive(_ process: Int32) -> Bool {
  guard kill(process, 0) == 0 || errno == EPERM else { return false }
  guard let file = fopen("/proc/\(process)/stat", "re") else { return true }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 400)
  guard fgets(&line, Int32(line.count), file) != nil else { return true }
  // Its state stands after its name in brackets, which may hold anything.
  let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let state = text.lastIndex(of: ")").map { text[$0...].dropFirst(2).first }
  return state != "Z"
}
