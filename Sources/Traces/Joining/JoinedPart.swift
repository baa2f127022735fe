/// One of several traces that are open together, and how it fits in.
final class JoinedPart {
  let file: TraceFile
  /// Its process, as a person tells it from others: `4711`, or `worker.py 4711`.
  let label: String
  /// How much later than the first one it began, in microseconds.
  let lag: Int64
  let map: NumberMap
  /// How many of its records stand in the joined trace; -1 before the one that says that it begins.
  var taken = -1
  /// Those that come next.
  private var ahead: [Entry] = []
  private var aheadStart = 0
  /// Its latest time so far: its own order is kept, whatever its clock says.
  private var latest = Int64.min
  private var threads: [Int32: Int32] = [:]
  /// What the recordings behind the first one in its file are called here.
  private var otherLabels: [String: String] = [:]
  private var sites: [Int32: Int32] = [:]

  init(_ file: TraceFile, label: String, lag: Int64, _ counters: NumberMap.Counters) {
    self.file = file
    self.label = label
    self.lag = lag
    map = NumberMap(counters)
  }

  /// When its next record happened, in the time of all; nil where none is known.
  var next: Int64? {
    if taken < 0 { return lag }
    guard let entry = entryAhead else { return nil }
    return max(latest, lag &+ entry.time)
  }

  private var entryAhead: Entry? {
    let place = taken - aheadStart
    return place < ahead.count ? ahead[place] : nil
  }

  /// Reads on, where nothing is known of what comes next.
  func look() {
    guard taken >= 0, entryAhead == nil else { return }
    if file.count == taken, !file.isAtEnd { file.extend() }
    ahead.removeAll(keepingCapacity: true)
    aheadStart = taken
    file.forEachEntry(after: taken, through: min(file.count, taken + Self.lookahead)) { ahead.append($0) }
  }

  private static let lookahead = 1 << 14

  var isOver: Bool { taken >= 0 && file.isAtEnd && taken == file.count }

  /// Takes its next record, which there is.
  func take(_ names: JoinedNames) -> Entry {
    guard taken >= 0, let entry = entryAhead else {
      taken = 0
      return beginning(names)
    }
    let place = taken
    taken += 1
    latest = max(latest, lag &+ entry.time)
    return renumbered(entry, at: place, names)
  }

  /// The entry of the record after its first `place` ones, as it stands in the joined trace.
  func renumbered(_ entry: Entry, at place: Int, _ names: JoinedNames) -> Entry {
    var entry = entry
    entry.shift(by: lag)
    let made = entry.kind == .made ? entry.other : nil
    entry.renumber { kind, id in Int32(clamping: map.number(kind, Int(id), at: place)) }
    if let made { entry.other = site(made, names) }
    entry.thread = thread(entry.thread, names)
    return entry
  }

  /// Its record after the first `place` ones, as it stands in the joined trace.
  func record(at place: Int) -> Record {
    guard place >= 0 else { return begin }
    var record = file.record(at: place + 1)
    record.time = lag &+ record.time
    let numbers = NumbersOfRecord(
      map: map, place: place, namesHoldNumbers: file.header.namesHoldNumbers, lag: lag)
    record.event = numbers.event(record.event)
    let (label, thread) = owner(of: record.thread)
    record.thread = ProcessLabels.name(label, thread)
    return record
  }

  /// The recording of a thread of the file, which may hold several, and its name in it.
  private func owner(of thread: String?) -> (label: String, thread: String?) {
    guard let thread, let own = file.recording(ofThread: thread) else { return (label, thread) }
    return (otherLabels[own.label] ?? own.label, own.thread)
  }

  /// What stands before its first record.
  private(set) lazy var begin: Record = {
    let child = file.header.parent.map { ", a child of process \($0)" } ?? ""
    let process = file.header.pid.map { "Process \($0)" } ?? "Another recording"
    let text = "\(process) begins: \(file.header.program)\(child)"
    return Record(time: lag, thread: label, event: .note(kind: "mark", who: label, text: text, nil))
  }()

  private func thread(_ number: Int32, _ names: JoinedNames) -> Int32 {
    if let known = threads[number] { return known }
    let name = file.threadName(number)
    if let own = name.flatMap({ file.recording(ofThread: $0) }), otherLabels[own.label] == nil {
      otherLabels[own.label] = names.newLabel(own.label)
    }
    let (label, thread) = owner(of: name)
    let new = names.newThread(label, thread)
    threads[number] = new
    return new
  }

  /// What stands before its first record, as an entry.
  func beginning(_ names: JoinedNames) -> Entry {
    Entry(begin, thread: thread(0, names), sites: names.sites)
  }

  private func site(_ number: Int32, _ names: JoinedNames) -> Int32 {
    if let known = sites[number] { return known }
    let new = file.site(number).map { names.sites.number(of: $0) } ?? -1
    sites[number] = new
    return new
  }
}

/// The names that all parts share.
final class JoinedNames {
  private(set) var threads = ThreadNames()
  /// Whose each name of a thread is.
  private(set) var owners: [String: (label: String, thread: String?)] = [:]
  private var labels = UniqueLabels()
  let sites = Sites()

  /// - Parameter labels: what is called already.
  init(_ labels: [String]) { for label in labels { _ = self.labels.take(label) } }

  /// A number for a thread of a recording.
  func newThread(_ label: String, _ thread: String?) -> Int32 {
    let name = ProcessLabels.name(label, thread)
    owners[name] = (label, thread)
    return threads.add(name)
  }

  /// What one more recording is called.
  func newLabel(_ label: String) -> String { labels.take(label) }
}
