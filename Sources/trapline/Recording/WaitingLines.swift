#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What a process has told and not written yet, read from outside: texts that wait in a list of its Python.
///
/// A program that hangs does not write any more, and would take along what it told just before when it is killed: most
/// of all, which handler it hangs in. So its list is looked at from time to time. Where it stays as it is, what waits
/// is written for it, into a file that is not packed at once: the recorder, if it goes on, writes the same bytes at the
/// same place.
///
/// How lists and texts lie in memory is CPython's: `PyListObject` in Include/cpython/listobject.h and `PyASCIIObject`
/// in Include/cpython/unicodeobject.h. How long their headers are, the recorder tells.
struct WaitingLines {
  private let list: UInt64
  /// Bytes of any object before its own fields.
  private let objectHeader: UInt64
  /// Bytes of a text before its characters.
  private let textHeader: UInt64
  private let path: FileName
  /// The size that the file must not exceed.
  private let limit: Int
  /// The memory of the process; nil after its end, and where it may not be read.
  private var memory: OpenFile?
  private var state: State?
  /// What waited when the process stood still.
  private var lines: [UInt8] = []
  /// What was written for the process, and where.
  private var written: (bytes: [UInt8], place: Int)?

  private struct State: Equatable {
    var count: UInt64
    var items: UInt64
    /// nil while there is none: a file that is put aside gives way to the next.
    var fileSize: Int?
  }

  private static let mostLines = 100_000
  private static let mostBytes = 32_000_000

  /// - Parameters:
  ///   - report: the process, the place of the list, and the lengths of both headers, as the recorder puts it.
  ///   - path: the file into which the process writes.
  ///   - limit: the size in bytes that this must not exceed.
  init?(_ report: String, path: FileName, limit: Int) {
    let numbers = report.split(separator: " ").compactMap { UInt64($0) }
    guard numbers.count == 4, numbers.allSatisfy({ $0 < 1 << 56 }) else { return nil }
    (list, objectHeader, textHeader) = (numbers[1], numbers[2], numbers[3])
    (self.path, self.limit) = (path, limit)
    memory = OpenFile("/proc/\(numbers[0])/mem", O_RDONLY)
  }

  /// Whether the process has ended and left nothing to write.
  var isOver: Bool { memory == nil && (lines.isEmpty || written?.bytes == lines) }

  /// Looks at the process; where nothing has changed since the look before, keeps what waits.
  mutating func look() {
    guard memory != nil else { return }
    // The end of a process is the end of its memory. What waited then still does.
    guard let found = current() else { return memory = nil }
    guard found == state else {
      (state, lines) = (found, [])
      return
    }
    guard lines.isEmpty, found.count > 0, let waiting = texts(found), current() == found else { return }
    lines = waiting
    if let size = found.fileSize { write(waiting, intoFileOf: size) }
  }

  /// Writes what waits behind what the process wrote, unless that is packed: its bytes depend on all before.
  private mutating func write(_ waiting: [UInt8], intoFileOf size: Int) {
    guard let file = OpenFile(path, O_RDWR | O_NOFOLLOW), !file.isPacked else { return }
    var place = size
    if let written, size == written.place + written.bytes.count, waiting.starts(with: written.bytes) {
      place = written.place
    }
    guard place + waiting.count <= limit, writeAll(waiting, to: file.descriptor, at: place) == nil
    else { return }
    written = (waiting, place)
  }

  /// After the end of the process: adds what waited to a packed file, where nothing was written since.
  func end() {
    guard let size = state?.fileSize, !lines.isEmpty, path.size == size,
      let file = OpenFile(path, O_RDWR | O_NOFOLLOW), file.isPacked
    else { return }
    let blocks = stored(lines)
    if size + blocks.count <= limit { _ = writeAll(blocks, to: file.descriptor, at: size) }
  }

  private func current() -> State? {
    guard let fields = words(at: list + objectHeader, 2) else { return nil }
    return State(count: fields[0], items: fields[1], fileSize: path.size)
  }

  private func texts(_ state: State) -> [UInt8]? {
    guard state.count <= Self.mostLines, let places = words(at: state.items, Int(state.count))
    else { return nil }
    var all: [UInt8] = []
    for place in places {
      guard place < 1 << 56, let length = words(at: place + objectHeader, 1)?[0],
        length < Self.mostBytes - all.count,
        let text = bytes(at: place + textHeader, Int(length)), isLine(text)
      else { return nil }
      all += text
    }
    return all
  }

  private func isLine(_ text: [UInt8]) -> Bool {
    text.starts(with: Array("{\"".utf8)) && text.suffix(2) == Array("}\n".utf8)
      && text.dropLast().allSatisfy { (0x20...0x7E).contains($0) }
  }

  private func words(at place: UInt64, _ count: Int) -> [UInt64]? {
    bytes(at: place, count * 8)?.withUnsafeBytes { Array($0.bindMemory(to: UInt64.self)) }
  }

  private func bytes(at place: UInt64, _ count: Int) -> [UInt8]? {
    let found = memory?.bytes(at: Int(place), most: count)
    return found?.count == count ? found : nil
  }
}

/// Bytes as blocks of a deflate stream that goes on, unpacked: RFC 1951, 3.2.4.
///
/// Each of the recorder's writes ends with a flush, after which such blocks may stand.
func stored(_ bytes: [UInt8]) -> [UInt8] {
  var blocks: [UInt8] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    let block = rest.prefix(0xFFFF)
    let length = UInt16(block.count)
    blocks.append(0)
    for number in [length, ~length] { blocks += [UInt8(number & 0xFF), UInt8(number >> 8)] }
    blocks += block
    rest = rest.dropFirst(block.count)
  }
  return blocks
}
