import Explorer
import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The files of recorded programs, as they lie on this disk: read when something is to be shown of them, and kept.
///
/// A trace may name any file, so that only regular ones of bounded size are read, and nothing is waited for.
final class DiskFiles: ProgramFiles {
  private struct Entry {
    var lines: [String]
    var path: String
    var modified: CalendarTime
  }
  /// By the name that the program has for it; nil for one that is not at hand.
  private var entries: [String: Entry?] = [:]
  private var bytesKept = 0

  /// Larger files are not shown, nor those beyond so many; one that is no text is not either.
  static let fileLimit_bytes = 2 << 20
  private static let keptLimit_bytes = 32 << 20
  private static let entryLimit = 2000

  func file(_ name: String, recordedAt start: CalendarTime?) -> ProgramFile? {
    guard let entry = entry(name) else { return nil }
    return ProgramFile(
      path: entry.path, lines: entry.lines, isChanged: start.map { entry.modified > $0 } ?? false)
  }

  /// Reads everything anew from now on.
  func forget() {
    entries = [:]
    bytesKept = 0
  }

  private func entry(_ name: String) -> Entry? {
    if let known = entries[name] { return known }
    if entries.count >= Self.entryLimit || bytesKept > Self.keptLimit_bytes { forget() }
    let found = Self.candidates(for: name).lazy.compactMap { Self.read($0) }.first
    entries[name] = .some(found.map { $0.entry })
    bytesKept += found?.size ?? 0
    return found?.entry
  }

  /// The name itself; then, for a program that was recorded elsewhere, what of it may lie below this folder.
  private static func candidates(for name: String) -> [String] {
    guard !name.utf8.contains(0), name.utf8.count < 4096 else { return [] }
    let parts = name.split(separator: "/")
    guard parts.count > 1 else { return [name] }
    let tails = (1..<parts.count).suffix(8).map { parts[$0...].joined(separator: "/") }
    // So many packages have a file of this name that one alone says nothing.
    return [name] + tails.filter { $0 != "__init__.py" && $0 != "__main__.py" }
  }

  private static func read(_ path: String) -> (entry: Entry, size: Int)? {
    // A pipe or a device must not be waited for.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= fileLimit_bytes
    else { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= fileLimit_bytes, case let count = readOnce(descriptor, &chunk), count > 0 {
      bytes.append(contentsOf: chunk[0..<count])
    }
    guard !bytes.contains(0) else { return nil }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(text)
    let modified = Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000
    return (
      Entry(lines: lines, path: path, modified: CalendarTime(microseconds: modified)), bytes.count
    )
  }

  /// A line without its end, with spaces for its tabs.
  private static func text(_ line: ArraySlice<UInt8>) -> String {
    let line = line.last == 0x0D ? line.dropLast() : line
    guard line.contains(0x09) else { return String(decoding: line, as: UTF8.self) }
    var text: [UInt8] = []
    for byte in line {
      if byte == 0x09 { text += Array(repeating: 0x20, count: 8 - text.count % 8) } else { text.append(byte) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

private func readOnce(_ descriptor: Int32, _ chunk: inout [UInt8]) -> Int {
  read(descriptor, &chunk, chunk.count)
}
