import Traces

/// Records written by hand, for tests: time and nesting are kept, the rest is said as it is.
struct Tale {
  private(set) var records: [Record] = []
  private var time: Int64 = 0
  private var depth = 0

  mutating func tell(_ events: Event...) {
    for event in events { records.append(Record(time: time, depth: depth, event: event)) }
  }

  /// One event, with the line of the program that did it.
  mutating func say(_ event: Event, at place: Place) {
    records.append(Record(time: time, depth: depth, place: place, event: event))
  }

  mutating func inside(_ body: (inout Tale) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  mutating func at(_ seconds: Int64, _ body: (inout Tale) -> Void) {
    time = seconds * 1_000_000
    tell(.clockAdvanced)
    body(&self)
  }

  /// A handler is entered, and left in the way that `body` says.
  mutating func call(
    _ id: DeferredID, _ stage: Int, _ side: Side, _ input: Outcome, _ body: (inout Tale) -> HandlerEnd
  ) {
    tell(.entered(id, stage: stage, side, input: input))
    depth += 1
    let end = body(&self)
    depth -= 1
    tell(.left(id, stage: stage, side, end))
  }

  /// What is true after all of it.
  var world: World { world(after: records.count) }

  func world(after step: Int) -> World { World(after: Array(records.prefix(step))) }

  /// A Deferred with one handler on both sides of each stage, fired with a Failure born outside.
  static func failing(_ message: String = "boom", stages: Int = 1) -> Tale {
    var tale = Tale()
    tale.tell(.made(0, origin: "deferred", name: "d", hasCanceller: false))
    for index in 0..<stages {
      tale.tell(.stageAdded(0, index: index, .handlers, callback: nil, errback: "e\(index)"))
    }
    tale.tell(.failureBorn(0, type: "KeyError", parents: ["LookupError"], message: message, from: nil))
    tale.tell(.fired(0, .failure(0)))
    return tale
  }
}

extension Outcome {
  static func text(_ text: String) -> Outcome { .value(ValueText(text)) }
}

extension HandlerEnd {
  static func text(_ text: String) -> HandlerEnd { .returned(ValueText(text)) }
}

/// Records that are there at once, or come a few at a time.
final class ListSource: RecordSource, RecordArray {
  let sites = Sites()
  private(set) var records: [Record] = []
  private let all: [Record]
  private let slice: Int
  private(set) var extensions = 0
  var fault: String? { nil }
  var sourceText: (file: String, lines: [String])? { nil }
  var title: String { "A list" }
  var summary: String { "" }

  /// - Parameter slice: how many come at once; 0 for all of them, right away.
  init(_ all: [Record], slice: Int = 0) {
    self.all = all
    self.slice = slice
    if slice == 0 { records = all }
  }

  var isAtEnd: Bool { records.count == all.count }

  func extend() {
    extensions += 1
    records.append(contentsOf: all[records.count..<min(all.count, records.count + slice)])
  }
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
