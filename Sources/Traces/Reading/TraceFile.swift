/// A trace as a source of records: it is read in slices, as far as somebody wants to look.
///
/// Lines that are no lines of a trace are passed over and told (``faults``); what was torn off at the end is too.
public final class TraceFile: RecordSource, RecordArray {
  /// Every record read so far.
  public private(set) var records: [Record] = []
  /// The header, or what is assumed where there is none.
  public private(set) var header: TraceHeader
  /// The lines that could not be read, the first ones.
  public private(set) var faults: [TraceFault] = []
  /// How many more there were.
  public private(set) var unlistedFaults = 0
  /// How many lines were of kinds that this version does not know.
  public private(set) var unknownLines = 0
  /// Whether the recorder said that this is all.
  public private(set) var isClosed = false
  /// Whether the file has been read to its end.
  public private(set) var isAtEnd = false

  private let bytes: [UInt8]
  private let name: String
  private var place = 0
  private var reader = TraceReader()
  private var early: String?
  public let sites = Sites()

  /// How many faults are kept.
  static let faultLimit = 100
  /// How many bytes one ``extend()`` reads.
  private static let slice = 1 << 18

  /// Opens a trace.
  ///
  /// - Parameters:
  ///   - bytes: all of it, uncompressed.
  ///   - name: the file's, for titles.
  /// - Throws: ``TraceFault`` when this is no trace at all: its first line is neither header nor record.
  public init(_ bytes: [UInt8], name: String) throws(TraceFault) {
    self.bytes = bytes
    self.name = name
    header = TraceHeader(program: name)
    while records.isEmpty, !isAtEnd {
      let hadHeader = reader.lineCount > 0
      try readLine(isFirst: !hadHeader)
      if reader.lineCount > 0, place > Self.slice { break }
    }
  }

  /// Whether a file looks like a trace: its first line is a header or a record.
  public static func isTrace(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { all in
      var reader = TraceReader()
      let end = all.firstIndex(of: 0x0a) ?? all.endIndex
      switch try? reader.read(UnsafeBufferPointer(rebasing: all[..<end])) {
      case .header(let header): return !header.program.isEmpty
      case .record, .text: return true
      default: return false
      }
    }
  }

  /// Reads some more.
  public func extend() {
    let end = place + Self.slice
    let known = records.count
    while !isAtEnd, place < end || records.count == known { try? readLine(isFirst: false) }
  }

  public var openingStep: Int { header.opening ?? 0 }
  public var title: String { header.program }
  public var summary: String { header.summary ?? "" }

  public var sourceText: (file: String, lines: [String])? {
    header.source.map { text in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      return (header.scenario ?? name, lines)
    }
  }

  /// Why the records end where they do, if not because all was over.
  public var fault: String? {
    if let early { return early }
    guard isAtEnd else { return nil }
    if let first = faults.first {
      let count = faults.count + unlistedFaults
      let lines = count == 1 ? "1 line could not be read" : "\(count) lines could not be read"
      return "\(lines), the first is line \(first.line): \(first.message)"
    }
    return isClosed ? nil : "the trace was not closed: its program was stopped, or still runs"
  }

  // MARK: Lines

  private func readLine(isFirst: Bool) throws(TraceFault) {
    guard place < bytes.count else {
      isAtEnd = true
      return
    }
    let start = place
    let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
    place = end + 1
    let result = bytes.withUnsafeBufferPointer { all in
      Result { () throws(TraceFault) in try reader.read(UnsafeBufferPointer(rebasing: all[start..<end])) }
    }
    switch result {
    case .success(let line): take(line)
    case .failure(let fault):
      if isFirst { throw fault }
      // A line without its end was cut off when the program was: that is told by the missing close.
      if end < bytes.count { note(fault) }
    }
  }

  private func take(_ line: TraceLine) {
    switch line {
    case .record(let record): records.append(record)
    case .header(let header): if records.isEmpty { self.header = header }
    case .closed: isClosed = true
    case .fault(let text): early = text
    case .unknown: unknownLines += 1
    case .text, .blank: break
    }
  }

  private func note(_ fault: TraceFault) {
    if faults.count < Self.faultLimit { faults.append(fault) } else { unlistedFaults += 1 }
  }
}

@available(*, unavailable) extension TraceFile: Sendable {}
