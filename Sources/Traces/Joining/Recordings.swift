/// The recordings that a trace holds, most often one, and the numbers that their things have here.
///
/// Those after the first one are each begun by a header of its own: their things have numbers from 0 on in the file, and
/// higher ones here, so that none is taken for another. And one that has lost its beginning, or some of its middle,
/// skips numbers: here are only those of what is heard of.
struct Recordings {
  /// One of them.
  private struct Recording: Renumbering {
    /// How many records stand before it.
    let start: Int
    /// By kind, the number that its thing 0 has.
    let bases: [Int]
    let heard = HeardNumbers()
    let lag: Int64
    /// What it is called; nil for the first.
    let label: String?
    let namesHoldNumbers: Bool
    /// Why its recorder closed it, where it told.
    var closing: String?

    func known(_ kind: ThingKind, _ id: Int) -> Int? { heard.known(kind, id).map { moved(kind, $0) } }
    func number(_ kind: ThingKind, _ id: Int) -> Int { moved(kind, heard.number(kind, id)) }

    private func moved(_ kind: ThingKind, _ id: Int) -> Int {
      guard id >= 0 else { return id }
      let (sum, isTooLarge) = id.addingReportingOverflow(bases[kind.rawValue])
      return isTooLarge ? Int.max : sum
    }
  }

  private var recordings: [Recording] = []
  private var labels = UniqueLabels()
  /// So many are told apart.
  static let limit = 10_000
  /// By kind, how many things of the last recording were heard of, one after the other.
  private var counts = SIMD4<Int>()
  /// Whether numbers were skipped in the last recording.
  private var hasSkipped = false
  /// Whether all things have the numbers that they have in the file.
  private(set) var isPlain = true

  init() { beginFirst(nil) }

  /// Begins the first one; nothing was heard of before.
  mutating func beginFirst(_ header: TraceHeader?) {
    recordings = [
      Recording(
        start: 0, bases: ThingKind.allCases.map { _ in 0 }, lag: 0, label: nil,
        namesHoldNumbers: header?.namesHoldNumbers ?? false)
    ]
  }

  // MARK: What is heard of

  /// Looks at the next entry, as it stands in the file, for what it tells of.
  ///
  /// - Returns: whether it may tell of more than the next of its kind: ``hear(of:_:)`` takes that.
  @inline(__always)
  mutating func note(_ entry: Entry) -> Bool {
    if let subject = entry.subject, isNews(subject, entry.id) {
      guard !hasSkipped, entry.id == counts[subject.rawValue] else { return true }
      // Most often it is the next one.
      counts[subject.rawValue] += 1
    }
    if let object = entry.object, isNews(object, entry.other) { return true }
    if entry.what == .failure, isNews(.failure, entry.whatID) { return true }
    if entry.what == .deferred, isNews(.deferred, entry.whatID) { return true }
    return entry.kind == .groupMade
  }

  @inline(__always)
  private func isNews(_ kind: ThingKind, _ id: Int32) -> Bool { id >= counts[kind.rawValue] }

  /// Takes in all that an entry tells of.
  ///
  /// - Parameter members: those of a group, which only its record has; none where all are below a number.
  mutating func hear(of entry: Entry, _ members: (_ limit: Int) -> [Int]) {
    var things: [(kind: ThingKind, id: Int)] = []
    var entry = entry
    entry.renumber { kind, id in
      things.append((kind, Int(id)))
      return id
    }
    if entry.kind == .groupMade {
      things += members(counts[ThingKind.deferred.rawValue]).map { (.deferred, $0) }
    }
    // Two may be new, the second one first.
    for (kind, id) in things.sorted(by: { $0.id < $1.id }) { hear(of: kind, id) }
  }

  private mutating func hear(of kind: ThingKind, _ id: Int) {
    guard id >= counts[kind.rawValue], id < Int(Int32.max), let heard = recordings.last?.heard else { return }
    let isFirstSkip = heard.count(kind) == nil
    if isFirstSkip, id == counts[kind.rawValue] {
      counts[kind.rawValue] += 1
    } else {
      if isFirstSkip { heard.begin(kind, after: counts[kind.rawValue]) }
      hasSkipped = true
      isPlain = false
      _ = heard.number(kind, id)
    }
  }

  // MARK: Others

  /// Begins another recording.
  ///
  /// - Parameter count: how many records stand before it.
  mutating func begin(_ header: TraceHeader, after first: TraceHeader, count: Int) {
    // More are those of a hostile file, and share the numbers of the last.
    guard recordings.count < Self.limit, let last = recordings.last else { return }
    let start = first.startTime?.microseconds
    let lag = header.startTime.flatMap { own in start.map { own.microseconds - $0 } }
    if recordings.count == 1, let pid = first.pid { _ = labels.take("\(pid)") }
    let label = labels.take(
      header.pid.map { "\($0)" } ?? "\(ProcessLabels.nameless) \(recordings.count + 1)")
    let bases = ThingKind.allCases.map { kind in
      last.bases[kind.rawValue] + (last.heard.count(kind) ?? counts[kind.rawValue])
    }
    recordings.append(
      Recording(
        start: count, bases: bases, lag: lag ?? 0, label: label, namesHoldNumbers: header.namesHoldNumbers))
    (counts, hasSkipped, isPlain) = (SIMD4(), false, false)
  }

  /// The last one is closed.
  mutating func close(_ why: String?) { recordings[recordings.count - 1].closing = why }

  /// Why that was done with the one that the record is of which leads to `step`.
  func closing(at step: Int) -> String? { recordings[number(at: step)].closing }

  private func recording(of step: Int) -> Recording { recordings[number(at: step)] }

  /// Which one the record is of that leads to `step`, from 0 on.
  func number(at step: Int) -> Int {
    var (low, high) = (0, recordings.count)
    while low < high {
      let middle = (low + high) / 2
      if recordings[middle].start < step { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// An entry of the file as it stands here.
  ///
  /// - Parameter thread: the number here of a thread of the recording that has this number and label.
  func renumbered(_ entry: Entry, at step: Int, thread: (Int, _ label: String, Int32) -> Int32) -> Entry {
    let number = number(at: step)
    let recording = recordings[number]
    var entry = entry
    entry.shift(by: recording.lag)
    entry.renumber { kind, id in
      id == .max ? id : Int32(clamping: recording.number(kind, Int(id)))
    }
    if let label = recording.label { entry.thread = thread(number, label, entry.thread) }
    return entry
  }

  /// The number in the file of a thing that a record tells of.
  func inFile(_ kind: ThingKind, _ number: Int, at step: Int) -> Int {
    let recording = recording(of: step)
    return recording.heard.inFile(kind, number - recording.bases[kind.rawValue])
  }

  /// A record of the file as it stands here.
  func renumbered(_ record: Record, at step: Int) -> Record {
    let recording = recording(of: step)
    var record = record
    record.time = recording.lag &+ record.time
    record.event = recording.event(record.event)
    if let label = recording.label {
      record.thread = ProcessLabels.name(label, record.thread)
    }
    return record
  }
}
