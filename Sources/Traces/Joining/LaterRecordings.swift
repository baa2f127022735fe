/// The recordings of a trace whose things have other numbers here than in the file.
///
/// Those after its first one, each begun by a header of its own: their things have numbers from 0 on in the file, and
/// higher ones here, so that none is taken for another. And a first one of which only the last was kept: its numbers
/// are high in the file, and here those of what is heard of, without what went with the rest.
struct LaterRecordings {
  /// One of them.
  private struct Recording: Renumbering {
    /// How many records stand before it.
    let start: Int
    /// By kind, the number that its thing 0 has.
    let bases: [Int]
    /// In place of these, the numbers of what is heard of, where that begins in mid-life.
    var heard: HeardNumbers?
    let lag: Int64
    /// What it is called; nil for the first.
    let label: String?
    let namesHoldNumbers: Bool

    func known(_ kind: ThingKind, _ id: Int) -> Int? {
      heard.map { $0.known(kind, id) } ?? number(kind, id)
    }

    func number(_ kind: ThingKind, _ id: Int) -> Int {
      if let heard { return heard.number(kind, id) }
      guard id >= 0 else { return id }
      let (sum, isTooLarge) = id.addingReportingOverflow(bases[kind.rawValue])
      return isTooLarge ? Int.max : sum
    }
  }

  private var recordings: [Recording] = []
  /// What they are called.
  private(set) var labels: Set<String> = []
  private static let limit = 10_000
  /// By kind, behind the highest number in all that was looked at.
  private var bases = Array(repeating: 0, count: ThingKind.allCases.count)
  private var scanned = 0

  var isEmpty: Bool { recordings.isEmpty }

  /// Looks at the next entry, as it stands here, for the numbers that are taken.
  @inline(__always)
  mutating func note(_ entry: Entry) {
    scanned += 1
    if let subject = entry.subject { take(subject, entry.id) }
    if let object = entry.object { take(object, entry.other) }
    if entry.what == .failure { take(.failure, entry.whatID) }
    if entry.what == .deferred { take(.deferred, entry.whatID) }
  }

  @inline(__always)
  private mutating func take(_ kind: ThingKind, _ id: Int32) {
    // No larger than numbers can be that count what there is.
    guard id >= 0, id < 1024 + 4 * scanned else { return }
    bases[kind.rawValue] = max(bases[kind.rawValue], Int(id) + 1)
  }

  /// The first recording has lost its beginning.
  mutating func beginInMidLife(_ header: TraceHeader) {
    recordings.append(
      Recording(
        start: 0, bases: [], heard: HeardNumbers(), lag: 0, label: nil,
        namesHoldNumbers: header.namesHoldNumbers))
  }

  /// Begins another recording.
  ///
  /// - Parameter count: how many records stand before it.
  mutating func begin(_ header: TraceHeader, after first: TraceHeader, count: Int) {
    // More are those of a hostile file, and share the numbers of the last.
    guard recordings.count < Self.limit else { return }
    let start = first.started.flatMap { CalendarTime($0)?.microseconds }
    let lag = header.started.flatMap { CalendarTime($0)?.microseconds }.flatMap { own in
      start.map { own - $0 }
    }
    let number = recordings.count { $0.label != nil } + 2
    let label = header.pid.map { "\($0)" } ?? "\(ProcessLabels.nameless) \(number)"
    labels.insert(label)
    recordings.append(
      Recording(
        start: count, bases: bases, heard: nil, lag: lag ?? 0, label: label,
        namesHoldNumbers: header.namesHoldNumbers))
  }

  /// The recording that the record is of which leads to `step`; nil for the first.
  private func recording(of step: Int) -> Recording? {
    var (low, high) = (0, recordings.count)
    while low < high {
      let middle = (low + high) / 2
      if recordings[middle].start < step { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : recordings[low - 1]
  }

  /// An entry of the file as it stands here.
  func renumbered(_ entry: Entry, at step: Int, thread: (_ label: String, Int32) -> Int32) -> Entry {
    guard let recording = recording(of: step) else { return entry }
    var entry = entry
    entry.shift(by: recording.lag)
    entry.renumber { kind, id in
      id == .max ? id : Int32(clamping: recording.number(kind, Int(id)))
    }
    if let label = recording.label { entry.thread = thread(label, entry.thread) }
    return entry
  }

  /// A record of the file as it stands here.
  func renumbered(_ record: Record, at step: Int) -> Record {
    guard let recording = recording(of: step) else { return record }
    var record = record
    record.time = recording.lag &+ record.time
    record.event = recording.event(record.event)
    if let label = recording.label {
      record.thread = record.thread.map { "\(label)\(ProcessLabels.betweenNames)\($0)" } ?? label
    }
    return record
  }
}
