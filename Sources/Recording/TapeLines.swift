internal import Deferreds
internal import Traces

/// Lines of a trace that are written straight from entries, without a record in between.
///
/// What happens most makes nearly all of the lines: a handler is added, called with a number, done. They are the bytes
/// that ``TraceWriter`` would write, in a fraction of the time. All else is left to it.
struct TapeLines {
  private(set) var bytes: [UInt8] = []
  private var stages: [UInt16: StageLine] = [:]

  /// What a `stage` line says after its number: the handlers; and, behind the depth, the place and the end.
  private struct StageLine {
    var handlers: [UInt8]
    var place: [UInt8]
  }

  mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Says what is written of a stage that stands at a site: of this record, what does not change.
  mutating func learn(_ site: UInt16, _ record: Record) {
    let writer = TraceWriter()
    var (first, placeless) = (record, record)
    first.event = .stageAdded(0, index: 0, .handlers, callback: nil, errback: nil)
    first.place = nil
    placeless.place = nil
    // Both end in a brace and a newline.
    let start = writer.line(for: first).count - 2
    let middle = writer.line(for: placeless).count - 2
    let whole = writer.line(for: record)
    stages[site] = StageLine(handlers: Array(whole[start..<middle]), place: Array(whole[middle...]))
  }

  /// Writes an entry, if it is one of the usual ones.
  ///
  /// - Returns: false if nothing was written.
  mutating func add(_ entry: TapeEntry, time: Int64) -> Bool {
    switch (entry.kind, entry.load) {
    case (.stage, _): return addStage(entry, time: time)
    case (.fired, .int): begin("\"e\":\"fired\"", entry, time: time)
    case (.entered, .int):
      begin("\"e\":\"entered\"", entry, time: time)
      addSide(entry)
    case (.left, .int):
      begin("\"e\":\"left\"", entry, time: time)
      addSide(entry)
      append(",\"end\":\"returned\"")
    case (.collected, _):
      begin("\"e\":\"collected\"", entry, time: time)
      addDepth(entry)
      append("}\n")
      return true
    default: return false
    }
    append(",\"v\":\"")
    append(Int64(bitPattern: entry.word))
    append("\"")
    addDepth(entry)
    append("}\n")
    return true
  }

  private mutating func addStage(_ entry: TapeEntry, time: Int64) -> Bool {
    guard let line = stages[entry.site] else { return false }
    begin("\"e\":\"stage\"", entry, time: time)
    append(",\"i\":")
    append(Int64(entry.index))
    bytes.append(contentsOf: line.handlers)
    addDepth(entry)
    bytes.append(contentsOf: line.place)
    return true
  }

  // MARK: Parts

  private mutating func begin(_ kind: StaticString, _ entry: TapeEntry, time: Int64) {
    append("{\"t\":")
    append(time)
    append(",")
    append(kind)
    append(",\"d\":")
    append(Int64(entry.id))
  }

  private mutating func addSide(_ entry: TapeEntry) {
    append(",\"i\":")
    append(Int64(entry.index))
    append(entry.side == .callback ? ",\"side\":\"callback\"" : ",\"side\":\"errback\"")
  }

  private mutating func addDepth(_ entry: TapeEntry) {
    guard entry.depth != 0 else { return }
    append(",\"depth\":")
    append(Int64(entry.depth))
  }

  private mutating func append(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func append(_ number: Int64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = number.magnitude
      var start = digits.count
      repeat {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      } while rest > 0
      if number < 0 {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }
}
