/// The traces of several processes as one: in the order of their calendars' time, each thing with a number of its own,
/// each thread with its process before its name.
///
/// What is kept is which trace each run of records is from, and which numbers its things have here.
public final class JoinedTraces: RecordSource {
  private let parts: [JoinedPart]
  private let names: JoinedNames
  private let header: TraceHeader
  private var runs: [Run] = []
  /// How many records are known so far.
  public private(set) var count = 0
  /// The entries that came last, which most often are asked for next.
  private var fresh: [Entry] = []
  private var freshStart = 0

  /// Records that follow one another in one trace.
  private struct Run {
    /// How many records stand before them, here and there.
    var start: Int
    var place: Int
    var part: Int
  }

  /// So many records come at once.
  private static let slice = 1 << 13

  /// Joins traces that have just been opened, whose order does not matter; two at least.
  public init(_ files: [TraceFile]) {
    let starts = files.map { $0.header.startTime?.microseconds }
    let first = starts.compactMap { $0 }.min() ?? 0
    let order = files.indices.sorted { (starts[$0] ?? first, $0) < (starts[$1] ?? first, $1) }
    let counters = NumberMap.Counters()
    let labels = ProcessLabels(order.map { files[$0].header })
    names = JoinedNames(labels.all)
    parts = order.enumerated().map { place, index in
      JoinedPart(files[index], label: labels.all[place], lag: (starts[index] ?? first) - first, counters)
    }
    var header = files[order[0]].header
    header.program += " and \(files.count - 1) more"
    header.opening = nil
    // Where one of them was recorded in part, all together are.
    header.filter = Self.distinct(order.flatMap { files[$0].header.filter })
    (header.pid, header.parent) = (nil, nil)
    let clocks = Set(files.map(\.header.clock))
    if clocks.contains("monotonic") { header.clock = "monotonic" }
    header.summary = parts.map { $0.begin.event.text }.joined(separator: "; ")
    self.header = header
  }

  private static func distinct(_ words: [String]) -> [String] {
    var known: Set<String> = []
    return words.filter { known.insert($0).inserted }
  }

  var files: [TraceFile] { parts.map(\.file) }
  public var recording: TraceHeader? { header }
  public func recording(ofThread name: String) -> (label: String, thread: String?)? { names.owners[name] }
  public var title: String { header.program }
  public var summary: String { header.summary ?? "" }
  public var sourceText: (file: String, lines: [String])? { parts.lazy.compactMap(\.file.sourceText).first }
  public var isAtEnd: Bool { parts.allSatisfy(\.isOver) }

  public var progress: Double? {
    let known = parts.compactMap(\.file.progress)
    return known.count == parts.count ? known.reduce(0, +) / Double(parts.count) : nil
  }

  /// What all of them say.
  public var closing: String? {
    let words = Set(files.map(\.closing))
    return words.count == 1 ? words.first ?? nil : nil
  }

  public func closing(at step: Int) -> String? {
    let (part, place) = place(of: step)
    return parts[part].file.closing(at: place + 1)
  }

  public func recordingNumber(at step: Int) -> Int {
    let (part, place) = place(of: step)
    return part * Recordings.limit + parts[part].file.recordingNumber(at: place + 1)
  }

  /// The first fault of each.
  public var fault: String? {
    let faults = parts.compactMap { part in part.file.fault.map { "\(part.label): \($0)" } }
    return faults.isEmpty ? nil : faults.joined(separator: "; ")
  }

  /// Brings in some more of all of them. One that grows and has nothing new keeps none of the others waiting.
  public func extend() {
    fresh.removeAll(keepingCapacity: true)
    freshStart = count
    while fresh.count < Self.slice {
      for part in parts { part.look() }
      guard let (part, limit) = earliest else { return }
      repeat {
        append(part)
      } while fresh.count < Self.slice && (parts[part].next.map { $0 <= limit } ?? false)
    }
  }

  /// The part whose next record comes first, and until when that is so.
  private var earliest: (part: Int, limit: Int64)? {
    var best: (part: Int, time: Int64)?
    var limit = Int64.max
    for (index, part) in parts.enumerated() {
      guard let time = part.next else { continue }
      if let known = best, known.time <= time {
        limit = min(limit, time)
      } else {
        if let known = best { limit = min(limit, known.time) }
        best = (index, time)
      }
    }
    return best.map { ($0.part, limit) }
  }

  private func append(_ index: Int) {
    let place = parts[index].taken
    let continues = runs.last.map { $0.part == index && $0.place + count - $0.start == place } ?? false
    if !continues { runs.append(Run(start: count, place: place, part: index)) }
    fresh.append(parts[index].take(names))
    count += 1
  }

  public func wait(atMost time_ms: Int) {
    let growing = parts.filter { !$0.file.isAtEnd }
    for part in growing { part.file.wait(atMost: max(1, time_ms / growing.count)) }
  }

  // MARK: Reading again

  /// The run in which the record after the first `place` ones stands.
  private func run(holding place: Int) -> Int {
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].start <= place { low = middle } else { high = middle }
    }
    return low
  }

  /// The part in which the record stands that leads to `step`, and how many of its records stand before that.
  private func place(of step: Int) -> (part: Int, place: Int) {
    let run = runs[run(holding: step - 1)]
    return (run.part, run.place + step - 1 - run.start)
  }

  public func record(at step: Int) -> Record {
    let (part, place) = place(of: step)
    return parts[part].record(at: place)
  }

  public func forEachEntry(after start: Int, through end: Int, _ body: (Entry) -> Void) {
    forEachPiece(after: start, through: min(end, freshStart)) { part, place, last in
      var place = place
      if place < 0 {
        body(beginning(of: part))
        place = 0
      }
      guard place < last else { return }
      part.file.forEachEntry(after: place, through: last) { entry in
        body(renumbered(entry, at: place, of: part))
        place += 1
      }
    }
    let first = max(start, freshStart)
    guard first < end else { return }
    for entry in fresh[(first - freshStart)..<(end - freshStart)] { body(entry) }
  }

  /// Hands on which records of which part stand after the first `start`, up to the one that leads to `end`.
  func forEachPiece(
    after start: Int, through end: Int, _ body: (_ part: JoinedPart, _ place: Int, _ last: Int) -> Void
  ) {
    var here = start
    while here < end {
      let index = run(holding: here)
      let runEnd = min(end, index + 1 < runs.count ? runs[index + 1].start : count)
      let run = runs[index]
      body(parts[run.part], run.place + here - run.start, run.place + runEnd - run.start)
      here = runEnd
    }
  }

  /// What stands before the first record of a part.
  func beginning(of part: JoinedPart) -> Entry { part.beginning(names) }

  /// The entry of a part's record after its first `place` ones, as it stands here.
  func renumbered(_ entry: Entry, at place: Int, of part: JoinedPart) -> Entry {
    part.renumbered(entry, at: place, names)
  }

  public func threadName(_ number: Int32) -> String? { names.threads.name(number) }
  public func site(_ number: Int32) -> Site? { names.sites.site(number) }
}

@available(*, unavailable) extension JoinedTraces: Sendable {}

extension Event {
  fileprivate var text: String {
    if case .note(_, _, let text, _) = self { return text }
    return ""
  }
}
