#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How much is in a file that was just written.
struct TraceSize {
  /// nil where the file is packed and so large that to unpack it would keep a person waiting.
  private(set) var events: Int?
  private(set) var bytes = 0

  /// About two million events, unpacked in a second.
  private static let mostPacked = 20_000_000

  /// Counts the lines that begin as events do.
  init?(_ path: FileName) {
    guard let file = fopen(path.cString, "re") else { return nil }
    defer { fclose(file) }
    var count = EventCount()
    var inflater: Inflater?
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let length = fread(&buffer, 1, buffer.count, file)
      guard length > 0 else { break }
      if bytes == 0, buffer.starts(with: Inflater.magic) { inflater = Inflater() }
      bytes += length
      guard let inflater else {
        buffer.withUnsafeBytes { count.take($0[..<length]) }
        continue
      }
      guard bytes <= Self.mostPacked else { continue }
      _ = buffer.withUnsafeMutableBytes { packed in
        inflater.take(UnsafeMutableRawBufferPointer(rebasing: packed[..<length])) { piece in
          count.take(piece[...])
          return nil
        }
      }
    }
    if inflater == nil || bytes <= Self.mostPacked { events = count.events }
  }

  var text: String {
    switch bytes {
    case ..<10_000: "\(bytes) bytes"
    case ..<10_000_000: "\(bytes / 1000) kB"
    default: "\(bytes / 1_000_000) MB"
    }
  }
}

/// Counts events in what comes of a trace, piece by piece.
private struct EventCount {
  private(set) var events = 0
  private var column = 0
  private var isEvent = false
  /// With this an event begins, and no other line.
  private static let start = Array("{\"t\"".utf8)

  mutating func take(_ piece: Slice<UnsafeRawBufferPointer>) {
    let start = Self.start
    for byte in piece {
      if column < start.count { isEvent = (column == 0 || isEvent) && byte == start[column] }
      column += 1
      if column == start.count, isEvent { events += 1 }
      if byte == 0x0A { column = 0 }
    }
  }
}
