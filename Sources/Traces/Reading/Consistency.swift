/// Whether what a trace tells can have happened: what is told line by line may be well written, and the whole be not.
///
/// Lines that stand in another order than they were written in, twice, or between those of another program, are found
/// by what they contradict. (Time may run backwards: the format allows it.)
///
/// - Complexity: O(1) for each entry but for sets of numbers that are O(log n); a bit for each thing.
public struct Consistency {
  /// One thing that can't be.
  public struct Contradiction: Sendable, Equatable {
    /// The step that tells it.
    public let step: Int
    /// What is wrong with it, in a sentence for people.
    public let text: String
  }

  /// The first contradictions.
  public private(set) var contradictions: [Contradiction] = []
  /// How many more there were.
  public private(set) var unlisted = 0
  /// The steps at which records are missing.
  public private(set) var lossSteps: [Int] = []

  private var step = 0
  private var heard = Dictionary(uniqueKeysWithValues: ThingKind.allCases.map { ($0, NumberSet()) })
  private var fired = NumberSet()
  /// The handlers that run, by thread.
  private var running: [Int32: [Entry]] = [:]
  /// The threads that were nested too deep, until nothing runs there.
  private var lost: Set<Int32> = []

  /// So many are told.
  private static let limit = 10
  /// Nested deeper than this is a trace of nothing but beginnings.
  private static let deepest = 1000

  /// What a person calls a thing: its number in the file.
  private let number: (ThingKind, Int32, _ step: Int) -> Int

  /// Knows nothing yet.
  public init() { number = { _, id, _ in Int(id) } }

  /// Knows nothing yet of a trace, and tells of things by the numbers that they have in its file.
  public init(of trace: TraceFile) { number = { trace.number($0, Int($1), inFileAt: $2) } }

  /// Looks at the entries of a trace, in order.
  public mutating func look(at entry: Entry) {
    step += 1
    if let kind = entry.subject, entry.id < 0 {
      note(kind, entry.id) { "speaks of \($0): they count from 0 on" }
    }
    switch entry.kind {
    case .made, .failureBorn, .timerMade: lookAtMaking(of: entry)
    case .fired:
      if entry.id >= 0, fired.contains(Int(entry.id)) {
        note(.deferred, entry.id) { "\($0) fires a second time" }
      }
      if isHeard(.deferred, entry.id) { fired.insert(Int(entry.id)) }
    case .entered: enter(entry)
    case .left: leave(entry)
    // Nobody knows what is missing.
    case .dropped:
      (running, fired) = ([:], NumberSet())
      lossSteps.append(step)
    default: break
    }
    hear(of: entry)
  }

  private func name(_ kind: ThingKind, _ id: Int32) -> String { "\(kind.word) \(number(kind, id, step))" }

  private mutating func note(_ kind: ThingKind, _ id: Int32, _ text: (_ name: String) -> String) {
    guard contradictions.count < Self.limit else {
      unlisted += 1
      return
    }
    contradictions.append(Contradiction(step: step, text: text(name(kind, id))))
  }

  private func isHeard(_ kind: ThingKind, _ id: Int32) -> Bool {
    id >= 0 && heard[kind]?.contains(Int(id)) == true
  }

  private mutating func lookAtMaking(of entry: Entry) {
    guard let kind = entry.subject, isHeard(kind, entry.id) else { return }
    note(kind, entry.id) { "makes \($0), of which was told before" }
  }

  private mutating func enter(_ entry: Entry) {
    guard running[entry.thread, default: []].count < Self.deepest else {
      lost.insert(entry.thread)
      return
    }
    running[entry.thread, default: []].append(entry)
  }

  private mutating func leave(_ entry: Entry) {
    let place = running[entry.thread]?.lastIndex { $0.id == entry.id && $0.index == entry.index }
    guard let place else {
      // What ran before a recording began may end in it.
      if !lost.contains(entry.thread), fired.contains(Int(entry.id)) {
        note(.deferred, entry.id) { "\($0) leaves stage \(entry.index), which it did not enter" }
      }
      return
    }
    running[entry.thread]?.removeSubrange(place...)
    if running[entry.thread]?.isEmpty == true { lost.remove(entry.thread) }
  }

  private mutating func hear(of entry: Entry) {
    if let kind = entry.subject { hear(kind, entry.id) }
    if let kind = entry.object { hear(kind, entry.other) }
    if entry.what == .failure { hear(.failure, entry.whatID) }
    if entry.what == .deferred { hear(.deferred, entry.whatID) }
  }

  private mutating func hear(_ kind: ThingKind, _ id: Int32) {
    // No larger than numbers can be that count what there is.
    guard id >= 0, Int(id) < 1024 + 4 * step else { return }
    heard[kind]?.insert(Int(id))
  }
}
