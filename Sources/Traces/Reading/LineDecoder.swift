/// Makes entries and records of the lines of one trace, in the order in which they are first read, and again later.
final class LineDecoder {
  // Unchecked, because only its own methods see them, and none keeps an access open across code of others.
  @exclusivity(unchecked) private(set) var reader = TraceReader()
  @exclusivity(unchecked) private var scanner = EntryScanner()
  /// Whether the scanner knows the fields of the line that was read last.
  @exclusivity(unchecked) private var isScanned = false
  private let kinds = KindTable()
  let sites = Sites()
  @exclusivity(unchecked) private(set) var threads = ThreadNames()
  /// The creation sites of lines whose texts are all given by number.
  @exclusivity(unchecked) private var siteNumbers: [SiteKey: Int32] = [:]

  private struct SiteKey: Hashable {
    let origin: UInt64
    let file: Int64
    let line: Int64
  }

  /// A number for a thread that no line names so.
  func addThread(_ name: String) -> Int32 { threads.add(name) }

  deinit {
    scanner.deallocate()
    kinds.deallocate()
  }

  /// What one line is, and where the next begins.
  enum Line {
    case entry(Entry)
    // Kept elsewhere, so that an entry is not copied with room for them.
    indirect case other(TraceLine)
    indirect case fault(TraceFault)
  }

  /// Reads the next line for the first time.
  ///
  /// - Parameters:
  ///   - place: where it begins in `window`; afterwards where the next one does.
  ///   - end: behind the last line that may be read.
  func next(_ window: LineWindow, _ place: inout Int, end: Int) -> Line {
    isScanned = false
    if let entry = scan(window, &place, end, at: reader.recordCount + 1) {
      reader.countRecord()
      return .entry(entry)
    }
    let lineEnd = window.lineEnd(from: place)
    let line = window.line(place, min(lineEnd, end))
    place = lineEnd + 1
    do throws(TraceFault) {
      let line = try reader.read(line)
      if case .record(let record) = line { return .entry(entry(record)) }
      return .other(line)
    } catch { return .fault(error) }
  }

  /// Whether the group that the last line told of may have a member with this number or a higher one.
  func mayTellOfMember(from number: Int) -> Bool { !isScanned || scanner.highestMember >= number }

  /// Reads a line again; nil where it is no record.
  func again(_ window: LineWindow, _ place: inout Int, end: Int, at step: Int) -> Entry? {
    if let entry = scan(window, &place, end, at: step) { return entry }
    return record(window, &place, at: step).map { entry($0) }
  }

  /// The same, with the needles that the line may tell.
  func again(_ window: LineWindow, _ place: inout Int, end: Int, at step: Int, _ search: LineSearch) -> (
    entry: Entry, mask: LineSearch.Mask
  )? {
    let start = place
    isScanned = false
    guard let entry = again(window, &place, end: end, at: step) else { return nil }
    let length = min(place, window.length) - start
    let spelled = search.mask(window.start + start, length: length)
    guard search.inNumbers | search.numeric != 0 else { return (entry, spelled) }
    return (entry, spelled | (isScanned ? search.mask(scanner) : search.maskOfUnknown(length: length)))
  }

  /// The texts that lines have numbered so far.
  var texts: TextTable { reader.texts }

  /// The record that leads to `step`, from its line; nil where the line is none.
  func record(_ window: LineWindow, _ place: inout Int, at step: Int) -> Record? {
    let lineEnd = window.lineEnd(from: place)
    let line = window.line(place, lineEnd)
    place = lineEnd + 1
    return reader.reread(line, at: step)
  }

  private func entry(_ record: Record) -> Entry {
    Entry(record, thread: record.thread.map { threads.number(of: $0) } ?? 0, sites: sites)
  }

  // MARK: The quick way

  private func scan(_ window: LineWindow, _ place: inout Int, _ end: Int, at step: Int) -> Entry? {
    let start = window.start
    guard let next = scanner.scan(start + place, start + end) else { return nil }
    isScanned = true
    guard var entry = scanner.entry(kinds) else { return nil }
    place = next - start
    if !scanner.isAbsent(.th) { entry.thread = threads.number(of: text(.th, at: step)) }
    if entry.kind == .made { entry.other = site(at: step) }
    return entry
  }

  private func text(_ key: TraceKey, at step: Int) -> String {
    let number = scanner.number(key)
    guard scanner.has(key, .text) else { return reader.texts.text(number, at: step) ?? "?\(number)" }
    return jsonText(scanner.bytes(key)[...], hasEscapes: scanner.bytes(key).contains(0x5c))
  }

  private func site(at step: Int) -> Int32 {
    guard scanner.has(.line, .number), scanner.has(.file, .number), reader.texts.isPlain,
      let origin = shortOrigin
    else { return sites.number(of: site(at: step)) }
    let key = SiteKey(origin: origin, file: scanner.number(.file), line: scanner.number(.line))
    if let number = siteNumbers[key] { return number }
    let number = sites.number(of: site(at: step))
    siteNumbers[key] = number
    return number
  }

  private func site(at step: Int) -> Site {
    let origin = scanner.isAbsent(.origin) ? "deferred" : text(.origin, at: step)
    let name = scanner.isAbsent(.name) ? nil : text(.name, at: step)
    guard scanner.has(.line, .number) else {
      return Site(of: Int(scanner.number(.d)), origin: origin, name: name, place: nil)
    }
    let file = scanner.isAbsent(.file) ? "" : text(.file, at: step)
    return Site(origin: origin, place: Place(file: file, line: Int(scanner.number(.line))))
  }

  /// An origin of up to seven bytes as a number; 0 for none, nil for one that is longer or given by number.
  private var shortOrigin: UInt64? {
    if scanner.isAbsent(.origin) { return 0 }
    let bytes = scanner.bytes(.origin)
    guard scanner.has(.origin, .text), bytes.count <= 7 else { return nil }
    return bytes.reduce(UInt64(bytes.count)) { $0 << 8 | UInt64($1) }
  }
}
