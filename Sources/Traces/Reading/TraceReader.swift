/// What one line of a trace is.
public enum TraceLine: Sendable, Equatable {
  case header(TraceHeader)
  case record(Record)
  /// A text that later lines name by its number.
  case text
  /// The recorder closed the file, and why it did.
  case closed(why: String?)
  /// The program was stopped early, as a sentence for people.
  case fault(String)
  /// A kind of line that this version does not know: it is passed over.
  case unknown(String)
  case blank
}

/// Why a line is no line of a trace.
public struct TraceFault: Error, Sendable, Equatable {
  /// From 1.
  public var line: Int
  /// From 1, in bytes.
  public var column: Int
  /// What is wrong, without the place.
  public var message: String
}

/// Reads a trace line by line, in the order in which it was written.
///
/// A line is one flat JSON object: a header, a numbered text, or a record. Keys that are not known are passed
/// over, and so are lines of unknown kinds; see <doc:TraceFormat>.
public struct TraceReader {
  private var fields = TraceFields()
  /// How many lines have been read.
  public private(set) var lineCount = 0
  /// How many of them were records.
  public private(set) var recordCount = 0

  /// A reader that has read nothing.
  public init() {}

  /// Reads the next line, without the newline that ends it.
  ///
  /// - Throws: ``TraceFault`` when it is no line of a trace; the next line can be read all the same.
  /// - Complexity: O(bytes).
  public mutating func read(_ line: UnsafeBufferPointer<UInt8>) throws(TraceFault) -> TraceLine {
    lineCount += 1
    fields.step = recordCount + 1
    do throws(JSONFault) {
      let line = try parse(line)
      if case .record = line { recordCount += 1 }
      return line
    } catch {
      throw TraceFault(line: lineCount, column: error.offset + 1, message: error.message)
    }
  }

  /// Reads a record again that was read before as the one that leads to `step`.
  mutating func reread(_ line: UnsafeBufferPointer<UInt8>, at step: Int) -> Record? {
    fields.step = step
    guard let _ = try? fields.read(line), case .record(let record)? = try? event() else { return nil }
    return record
  }

  /// Counts a record that was read by other means.
  mutating func countRecord() {
    lineCount += 1
    recordCount += 1
  }

  /// The texts that lines have numbered so far.
  var texts: TextTable { fields.texts }

  private mutating func parse(_ line: UnsafeBufferPointer<UInt8>) throws(JSONFault) -> TraceLine {
    var scanner = JSONScanner(line)
    scanner.skipBlanks()
    if scanner.isAtEnd { return .blank }
    try fields.read(line)
    switch fields.first {
    case .trapline:
      fields.texts.clear(after: recordCount)
      return .header(try TraceHeader(fields))
    case .s:
      fields.texts.set(try fields.number(.s), try fields.text(.text), after: recordCount)
      return .text
    default: return try event()
    }
  }

  private func event() throws(JSONFault) -> TraceLine {
    switch try fields.text(.e) {
    case "closed": return .closed(why: try fields.text(ifAny: .why))
    case "fault": return .fault(try fields.text(.text))
    case let kind:
      guard let event = try fields.event() else { return .unknown(kind) }
      return .record(try record(event))
    }
  }

  private func record(_ event: Event) throws(JSONFault) -> Record {
    let line = try fields.int(ifAny: .line)
    let place = line.map { line in Place(file: "", line: line) }
    var record = Record(
      time: try fields.number(.t), depth: try fields.int(ifAny: .depth) ?? 0, place: place,
      thread: try fields.text(ifAny: .th), event: event)
    if let file = try fields.text(ifAny: .file) { record.place?.file = file }
    // What is no list of texts costs the line nothing else: the scanner does not look at it either.
    record.stack = (try? fields.texts(.stack)) ?? []
    return record
  }
}

@available(*, unavailable) extension TraceReader: Sendable {}
