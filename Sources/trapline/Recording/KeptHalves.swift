#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The two halves in which the last of a long run is kept, where a kill has left them: they become one file.
///
/// Where a run ends by itself its recorder does this. The later half begins with its header, all texts, and the count
/// of what is not in it; all of it but the header and that count goes behind the earlier half.
struct KeptHalves {
  let earlier: String
  let later: String

  /// With this the recorder's second member of gzip begins: what follows the later half's preamble.
  private static let memberStart: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 3]
  /// More than the recorder writes in front of the events.
  private static let mostPreamble = 16_000_000

  /// Makes one file of both, under the name of the later one. Where that can't be, both stay as they were.
  func join() {
    let source = open(later, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    let target = open(earlier, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
    defer { for descriptor in [source, target] where descriptor >= 0 { close(descriptor) } }
    var status = stat()
    guard source >= 0, target >= 0, fstat(target, &status) == 0, let (texts, start) = preamble(source),
      append(texts, to: target), copy(source, from: start, to: target)
    else {
      if target >= 0, status.st_size > 0 { ftruncate(target, status.st_size) }
      return
    }
    rename(earlier, later)
  }

  /// The lines of texts before the events, packed if the rest is; and where the events begin.
  private func preamble(_ source: Int32) -> (texts: [UInt8], start: Int)? {
    var head = [UInt8](repeating: 0, count: Self.mostPreamble)
    let count = pread(source, &head, head.count, 0)
    guard count > 0 else { return nil }
    head.removeLast(head.count - count)
    guard head.starts(with: Inflater.magic) else {
      return Self.texts(head).map { ($0.texts, $0.end) }
    }
    guard let start = Self.place(of: Self.memberStart, in: head) else { return nil }
    var lines: [UInt8] = []
    _ = head.withUnsafeMutableBytes { packed in
      Inflater().take(UnsafeMutableRawBufferPointer(rebasing: packed[..<start])) { piece in
        lines += piece
        return nil
      }
    }
    guard let found = Self.texts(lines), found.end == lines.count else { return nil }
    var texts = found.texts
    return (Deflater().take(&texts, isLast: true), start)
  }

  /// The lines between the header and the count of what is missing, and what follows that.
  private static func texts(_ lines: [UInt8]) -> (texts: [UInt8], end: Int)? {
    let header = (lines.firstIndex(of: 0x0A) ?? lines.count) + 1
    var start = header
    while let end = lines[min(start, lines.count)...].firstIndex(of: 0x0A) {
      if lines[start...].starts(with: Array("{\"t\":".utf8)) {
        guard String(decoding: lines[start..<end], as: UTF8.self).contains(#","e":"dropped","count":"#) else {
          return nil
        }
        return (Array(lines[header..<start]), end + 1)
      }
      start = end + 1
    }
    return nil
  }

  private static func place(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    var place = 1
    while let found = bytes[place...].firstIndex(of: pattern[0]) {
      if bytes[found...].starts(with: pattern) { return found }
      place = found + 1
    }
    return nil
  }

  private func copy(_ source: Int32, from start: Int, to target: Int32) -> Bool {
    var place = off_t(start)
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = pread(source, &chunk, chunk.count, place)
      guard count > 0 else { return count == 0 }
      guard append(chunk[..<count], to: target) else { return false }
      place += off_t(count)
    }
  }

  private func append(_ bytes: some Sequence<UInt8>, to target: Int32) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(target, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }
}
