/// A trace as a source of records, of whatever length: it is read in slices, and read again where somebody looks.
///
/// In memory are where each sixteenth record begins, the texts that lines have numbered, and the entries of the slice
/// that was read last. Lines that are no lines of a trace are passed over and told (``faults``); what was torn off at
/// the end is too.
public final class TraceFile: RecordSource {
  /// The header, or what is assumed where there is none.
  public private(set) var header: TraceHeader
  /// Whether the file has one.
  public private(set) var hasHeader = false
  /// The lines that could not be read, the first ones.
  public private(set) var faults: [TraceFault] = []
  /// How many more there were.
  public private(set) var unlistedFaults = 0
  /// How many lines were of kinds that this version does not know.
  public private(set) var unknownLines = 0
  /// Whether the recorder said that this is all.
  public private(set) var isClosed = false
  /// How many recordings in it were not closed, when another one began behind them.
  public private(set) var unclosed = 0
  /// Why it did, in its own words.
  public private(set) var closing: String?
  /// How many records stand after the line that closes it.
  public private(set) var afterClose = 0
  /// What a lesson asks, by the words in which it does: for whoever can read the scenario in the header.
  public var questions: [String: LessonQuestion] = [:]
  /// Whether the file has been read to its end.
  public private(set) var isAtEnd = false
  // What each record touches is unchecked: only its own methods see it, and none keeps an access open across code of
  // others.
  /// How many records have been read so far.
  @exclusivity(unchecked) public private(set) var count = 0

  let bytes: any TraceBytes
  private let name: String
  /// Whether the file may still grow: its end is where the recorder says so.
  private let isFollowed: Bool
  /// Where the next line begins that has not been read.
  private var place = 0
  private var isPassingOver = false
  private var early: String?
  private let window: LineWindow
  let decoder = LineDecoder()
  lazy var looking = TraceLooking(bytes, decoder, mayGrow: isFollowed)
  /// Where the records 1, 17, 33, … begin.
  @exclusivity(unchecked) var blocks: [Int] = []
  /// The entries of the last slice, which most often are asked for next.
  @exclusivity(unchecked) private var fresh: [Entry] = []
  private var freshStart = 0
  /// The recordings that the file holds.
  @exclusivity(unchecked) var recordings = Recordings()
  /// The numbers that threads of later recordings have, by recording and own number, and whose each name is.
  private var laterThreads: [Int: [Int32: Int32]] = [:]
  private var owners: [String: (label: String, thread: String?)] = [:]

  /// How many faults are kept.
  static let faultLimit = 100
  /// How many bytes one ``extend()`` reads.
  private static let slice = 1 << 18
  static let blockLength = 16

  /// Opens a trace.
  ///
  /// - Parameters:
  ///   - bytes: all of it, uncompressed, or what there is by now.
  ///   - name: the file's, for titles.
  ///   - isFollowed: whether more may be written to it, until the recorder closes it.
  /// - Throws: ``TraceFault`` when this is no trace at all: its first line is neither header nor record.
  public init(reading bytes: any TraceBytes, name: String, isFollowed: Bool = false) throws(TraceFault) {
    self.bytes = bytes
    self.name = name
    self.isFollowed = isFollowed
    header = TraceHeader(program: name)
    // No larger than what there is to be seen through it.
    let size =
      isFollowed || !bytes.isComplete
      ? Self.slice : min(Self.slice, max(1 << 10, bytes.expectedSize ?? Self.slice))
    window = LineWindow(bytes, capacity: size)
    load()
    if let first = faults.first, first.line == 1 { throw first }
  }

  /// Opens a trace that is in memory.
  public convenience init(_ bytes: [UInt8], name: String) throws(TraceFault) {
    try self.init(reading: MemoryBytes(bytes), name: name)
  }

  /// Whether a file looks like a trace: its first line is a header or a record, or what was written of a header.
  ///
  /// - Parameter bytes: the beginning of it, or all.
  public static func isTrace(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { all in
      var reader = TraceReader()
      let end = all.firstIndex(of: 0x0a) ?? all.endIndex
      let isTorn = end == all.endIndex && end >= 3
      if isTorn, zip(all, Self.headerStart.utf8).allSatisfy({ $0 == $1 }) { return true }
      switch try? reader.read(UnsafeBufferPointer(rebasing: all[..<end])) {
      case .header(let header): return !header.program.isEmpty
      case .record, .text: return true
      default: return false
      }
    }
  }

  private static let headerStart = "{\"trapline\":"

  // MARK: What it is

  public var openingStep: Int { header.opening ?? 0 }
  public var title: String { header.program }
  public var summary: String { header.summary ?? "" }
  public func question(in narration: String) -> LessonQuestion? { questions[narration] }

  public var sourceText: (file: String, lines: [String])? {
    header.source.map { text in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      return (header.scenario ?? name, lines)
    }
  }

  /// How much of the file has been read, from 0 to 1; nil where its size is not known.
  public var progress: Double? {
    if isAtEnd { return 1 }
    return bytes.expectedSize.map { $0 == 0 ? 1 : min(1, Double(place) / Double($0)) }
  }

  /// The number in the file of a thing that a record tells of.
  func number(_ kind: ThingKind, _ id: Int, inFileAt step: Int) -> Int {
    recordings.isPlain ? id : recordings.inFile(kind, id, at: step)
  }

  /// Whether nothing at all stands in it.
  public var isEmpty: Bool { isAtEnd && place == 0 }

  /// Why the records end where they do, if not because all was over.
  public var fault: String? {
    if let fault = bytes.fault {
      // What is damaged may be read for a while, as other lines than were written.
      return unreadable.map { "\(fault); \($0)" } ?? fault
    }
    if let early { return unreadable.map { "\(early); \($0)" } ?? early }
    if let known = newerVersion {
      let lines = unknownLines == 1 ? "1 line was" : "\(unknownLines) lines were"
      return unknownLines == 0 ? known : "\(known): \(lines) passed over"
    }
    guard isAtEnd else { return nil }
    if let unreadable { return unreadable }
    if isEmpty { return "the file is empty: nothing was recorded, or nothing yet" }
    if !isClosed { return "the trace was not closed: its program was stopped, or still runs" }
    return unclosed > 0 ? unclosedText : nil
  }

  /// That it is of a version that was made after this one, if it is.
  public var newerVersion: String? {
    header.version > TraceWriter.version
      ? "it is of version \(header.version) of the format, and \(TraceWriter.version) is known here" : nil
  }

  /// That not all recordings in it were closed.
  public var unclosedText: String {
    unclosed == 1 ? "a recording in it was not closed" : "\(unclosed) recordings in it were not closed"
  }

  /// How many lines could not be read, and the first of them; nil where all could.
  private var unreadable: String? {
    faults.first.map { first in
      let count = faults.count + unlistedFaults
      let lines = count == 1 ? "1 line could not be read" : "\(count) lines could not be read"
      return "\(lines), the first is line \(first.line): \(first.message)"
    }
  }

  // MARK: Reading on

  /// Reads some more, if there is more by now.
  public func extend() {
    let known = count
    repeat {
      let before = place
      load()
      // Of a file that grows nothing more may have come.
      if place == before { return }
    } while count == known && !isAtEnd
  }

  public func wait(atMost time_ms: Int) { if !isAtEnd { bytes.wait(atMost: time_ms) } }

  /// Behind the last line that was read.
  var readTo: Int { place }

  /// Why the bytes end before their end, where the file is damaged.
  public var damage: String? { bytes.fault }

  /// Reads the next slice.
  private func load() {
    guard !isAtEnd else { return }
    fresh.removeAll(keepingCapacity: true)
    freshStart = count
    window.move(to: place)
    var end = window.linesEnd
    while end == 0, window.isFull, !isPassingOver, window.grow() { end = window.linesEnd }
    if end == 0, window.isFull { return passOver() }
    let isLast = !window.isFull && bytes.isComplete && (!isFollowed || bytes.fault != nil)
    // What follows the last newline was torn off, or is still being written.
    if isLast { end = window.length }
    readLines(to: end)
    if isLast || isFollowed && isClosed && !window.isFull { isAtEnd = true }
  }

  private func readLines(to end: Int) {
    var here = 0
    if isPassingOver, end > 0 {
      here = min(window.lineEnd(from: 0) + 1, end)
      isPassingOver = false
    }
    while here < end {
      let start = here
      switch decoder.next(window, &here, end: end) {
      case .entry(let entry):
        if here - start > TraceLooking.longLine {
          looking.note(entry, at: count + 1, from: window.offset + start, to: window.offset + min(here, end))
        }
        append(entry, at: window.offset + start)
      case .other(let line): take(line)
      case .fault(let fault):
        // A line without its end was cut off when the program was: that is told by the missing close.
        let isTorn = window.lineEnd(from: start) >= window.length
        if !isTorn || decoder.reader.lineCount == 1 { note(fault) }
      }
    }
    place = window.offset + min(here, end)
  }

  /// The longest line that can be read does not end here.
  private func passOver() {
    if !isPassingOver {
      note(TraceFault(line: decoder.reader.lineCount + 1, column: 1, message: Self.tooLong))
    }
    isPassingOver = true
    place += window.length
  }

  private static let tooLong = "a line of more than \(LineWindow.longestLine >> 20) MiB is passed over"

  private func append(_ entry: Entry, at offset: Int) {
    if count % Self.blockLength == 0 { blocks.append(offset) }
    count += 1
    if isClosed { afterClose += 1 }
    if recordings.note(entry) { hear(of: entry) }
    fresh.append(recordings.isPlain ? entry : renumbered(entry, at: count))
  }

  @inline(never)
  private func hear(of entry: Entry) {
    recordings.hear(of: entry) { decoder.mayTellOfMember(from: $0) ? members(at: count) : [] }
  }

  func renumbered(_ entry: Entry, at step: Int) -> Entry {
    recordings.renumbered(entry, at: step) { recording, label, thread in
      if let known = laterThreads[recording]?[thread] { return known }
      let own = decoder.threads.name(thread)
      let name = ProcessLabels.name(label, own)
      let number = decoder.addThread(name)
      laterThreads[recording, default: [:]][thread] = number
      owners[name] = (label, own)
      return number
    }
  }

  /// The members of the group that a record tells of, as they stand in the file.
  private func members(at step: Int) -> [Int] {
    let record = looking.record(at: step, in: place(ofBlock: (step - 1) / Self.blockLength))
    guard case .groupMade(_, _, let members) = record.event else { return [] }
    return members
  }

  /// Another one begins.
  private func endRecording() {
    if !isClosed { unclosed += 1 }
    (isClosed, closing) = (false, nil)
  }

  private func beginAnother(_ header: TraceHeader) {
    endRecording()
    recordings.begin(header, after: self.header, count: count)
  }

  private func take(_ line: TraceLine) {
    switch line {
    case .header(let header):
      if count == 0 {
        if hasHeader { endRecording() }
        hasHeader = true
        self.header = header
        recordings.beginFirst(header)
      } else {
        beginAnother(header)
      }
      bytes.note(header)
    case .closed(let why):
      (isClosed, closing) = (true, why)
      recordings.close(why)
    case .fault(let text): early = text
    case .unknown: unknownLines += 1
    case .record, .text, .blank: break
    }
  }

  private func note(_ fault: TraceFault) {
    if faults.count < Self.faultLimit { faults.append(fault) } else { unlistedFaults += 1 }
  }

  // MARK: Reading again

  public func record(at step: Int) -> Record {
    let record = looking.record(at: step, in: place(ofBlock: (step - 1) / Self.blockLength))
    return recordings.isPlain ? record : recordings.renumbered(record, at: step)
  }

  private func place(ofBlock number: Int) -> TraceLooking.BlockPlace {
    let count = min(Self.blockLength, count - number * Self.blockLength)
    return TraceLooking.BlockPlace(number: number, offset: blocks[number], count: count)
  }

  /// A short way is gone along blocks that are kept for the next time: so is one of few records with long texts.
  private func isWorthKeeping(after start: Int, through end: Int) -> Bool {
    let (first, last) = (start / Self.blockLength, (end - 1) / Self.blockLength)
    guard end - start <= TraceLooking.keptEntryCount / 2 else { return false }
    return end - start <= Self.blockLength || blocks[last] - blocks[first] > Self.slice * 4
  }

  public func forEachEntry(after start: Int, through end: Int, _ body: (Entry) -> Void) {
    if start < min(end, freshStart), isWorthKeeping(after: start, through: min(end, freshStart)) {
      var step = start
      while step < min(end, freshStart) {
        let block = step / Self.blockLength
        let entries = looking.entries(of: place(ofBlock: block))
        let last = min(end, freshStart, (block + 1) * Self.blockLength)
        // What is gone from a file that is shorter than it was is shown as gone.
        for place in step..<last {
          let index = place - block * Self.blockLength
          let entry = index < entries.count ? entries[index] : Entry(.dropped)
          body(recordings.isPlain ? entry : renumbered(entry, at: place + 1))
        }
        step = last
      }
    } else if start < min(end, freshStart) {
      let block = start / Self.blockLength
      var way = TraceLooking.Way(
        number: block * Self.blockLength, place: blocks[block], start: start, end: min(end, freshStart))
      // Whoever gets an entry may look at records meanwhile.
      var step = start
      while let entries = looking.next(&way) {
        for entry in entries {
          step += 1
          body(recordings.isPlain ? entry : renumbered(entry, at: step))
        }
      }
    }
    let first = max(start, freshStart)
    guard first < end else { return }
    for entry in fresh[(first - freshStart)..<(end - freshStart)] { body(entry) }
  }

  public func recording(ofThread name: String) -> (label: String, thread: String?)? { owners[name] }
  public func recordingNumber(at step: Int) -> Int { recordings.number(at: step) }
  public func closing(at step: Int) -> String? { recordings.closing(at: step) }

  public func threadName(_ number: Int32) -> String? { decoder.threads.name(number) }
  public func site(_ number: Int32) -> Site? { decoder.sites.site(number) }
}

@available(*, unavailable) extension TraceFile: Sendable {}
