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
  let earlier: FileName
  let later: FileName

  /// With this the recorder's second member of gzip begins: what follows the later half's preamble.
  private static let memberStart: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 4, 3]
  /// More than the recorder writes in front of the events.
  private static let mostPreamble = 16_000_000

  /// Makes one file of both, under the name of the later one. Where that can't be, both stay as they were.
  func join() {
    guard let source = OpenFile(later, O_RDONLY | O_NOFOLLOW), let (texts, start) = preamble(source),
      let target = OpenFile(earlier, O_WRONLY | O_NOFOLLOW)
    else { return }
    let size = target.size
    guard writeAll(texts, to: target.descriptor, at: size) == nil,
      copy(source, from: start, to: target, at: size + texts.count)
    else {
      ftruncate(target.descriptor, off_t(size))
      return
    }
    rename(earlier.cString, later.cString)
  }

  /// The lines of texts before the events, packed if the rest is; and where the events begin.
  private func preamble(_ source: OpenFile) -> (texts: [UInt8], start: Int)? {
    var head = source.bytes(at: 0, most: min(source.size, Self.mostPreamble))
    guard source.isPacked else {
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

  private func copy(_ source: OpenFile, from start: Int, to target: OpenFile, at end: Int) -> Bool {
    var done = 0
    while true {
      let chunk = source.bytes(at: start + done, most: 1 << 20)
      if chunk.isEmpty { return true }
      guard writeAll(chunk, to: target.descriptor, at: end + done) == nil else { return false }
      done += chunk.count
    }
  }
}
