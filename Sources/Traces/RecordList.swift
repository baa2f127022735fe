/// Records that are kept in memory.
public final class RecordList: RecordStore {
  /// All of them, in order.
  public private(set) var records: [Record]
  private var threads = ThreadNames()
  private let sites = Sites()

  /// Keeps these records.
  public init(_ records: [Record] = []) {
    self.records = []
    self.records.reserveCapacity(records.count)
    for record in records { append(record) }
  }

  /// Keeps one more.
  public func append(_ record: Record) {
    records.append(record)
    if let thread = record.thread { _ = threads.number(of: thread) }
  }

  public var count: Int { records.count }

  public func record(at step: Int) -> Record { records[step - 1] }

  public func forEachEntry(after start: Int, through end: Int, _ body: (Entry) -> Void) {
    for place in start..<max(start, end) {
      let record = records[place]
      body(Entry(record, thread: record.thread.map { threads.number(of: $0) } ?? 0, sites: sites))
    }
  }

  public func threadName(_ number: Int32) -> String? { threads.name(number) }
  public func site(_ number: Int32) -> Site? { sites.site(number) }
}

@available(*, unavailable) extension RecordList: Sendable {}

/// The threads of a trace, numbered from 1 in the order in which they are first heard of; 0 is the main one.
public struct ThreadNames: Sendable {
  private var names: [String] = []
  private var numbers: [String: Int32] = [:]
  /// So many names are kept apart: more are those of a hostile file, and share the last number.
  private static let limit = 10_000

  public init() {}

  /// The number of a thread; it gets one if it has none.
  public mutating func number(of name: String) -> Int32 {
    if let number = numbers[name] { return number }
    let number = add(name)
    if names.count < Self.limit { numbers[name] = number }
    return number
  }

  /// A number for one that may be called like another.
  mutating func add(_ name: String) -> Int32 {
    if names.count < Self.limit { names.append(name) }
    return Int32(names.count)
  }

  /// The name behind a number; nil for the main thread.
  public func name(_ number: Int32) -> String? {
    number >= 1 && number <= names.count ? names[Int(number) - 1] : nil
  }
}
