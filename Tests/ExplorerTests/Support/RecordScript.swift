import Traces

/// Writes the records of a small scene by hand, in the program's own words.
///
///     var script = RecordScript()
///     let poem = script.make("poem")
///     script.stage(poem, callback: "parse")
///     script.at(1) { script in
///       script.fire(poem, .text("'roses'")) { script in
///         script.handler(poem, 0, .callback, .text("'roses'")) { script in .returned(ValueText("1")) }
///         script.settle(poem, .text("1"))
///       }
///     }
///
/// Nothing is simulated: a script says what happened, and may say what could not happen.
struct RecordScript {
  private(set) var records: [Record] = []
  private(set) var time: Int64 = 0
  private var depth = 0
  private var deferredCount = 0
  private var failureCount = 0
  private var timerCount = 0
  private var stageCounts: [DeferredID: Int] = [:]
  /// Where the next records come from, in the scenario's source.
  var place: Place?
  /// The thread that does what comes next; nil for the main one.
  var thread: String?

  init() {}

  mutating func say(_ event: Event) {
    records.append(Record(time: time, depth: depth, place: place, thread: thread, event: event))
  }

  mutating func nested(_ body: (inout RecordScript) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  mutating func line(_ number: Int) { place = Place(file: "scene.yaml", line: number) }

  // MARK: Deferreds

  @discardableResult
  mutating func make(_ name: String?, origin: String = "deferred", hasCanceller: Bool = false) -> DeferredID {
    let id = deferredCount
    deferredCount += 1
    say(.made(id, origin: origin, name: name, hasCanceller: hasCanceller))
    return id
  }

  mutating func stage(
    _ id: DeferredID, _ kind: StageKind = .handlers, callback: String? = nil, errback: String? = nil
  ) {
    let index = stageCounts[id, default: 0]
    stageCounts[id] = index + 1
    say(.stageAdded(id, index: index, kind, callback: callback, errback: errback))
  }

  /// Fires a Deferred; `run` is what happens along its chain, one level deeper.
  mutating func fire(_ id: DeferredID, _ outcome: Outcome, run: (inout RecordScript) -> Void) {
    say(.fired(id, outcome))
    nested(run)
  }

  /// One call of a handler; `body` says how it ended, and what it did before that.
  mutating func handler(
    _ id: DeferredID, _ stage: Int, _ side: Side, _ input: Outcome,
    _ body: (inout RecordScript) -> HandlerEnd
  ) {
    say(.entered(id, stage: stage, side, input: input))
    depth += 1
    let end = body(&self)
    depth -= 1
    say(.left(id, stage: stage, side, end))
  }

  mutating func pass(_ id: DeferredID, _ stage: Int, _ side: Side) {
    say(.passedThrough(id, stage: stage, side))
  }

  mutating func settle(_ id: DeferredID, _ outcome: Outcome) { say(.settled(id, outcome)) }

  // MARK: Failures

  /// The one that was born last.
  var lastFailure: FailureID { failureCount - 1 }

  mutating func failure(
    _ type: String, _ message: String, parents: [String] = ["Exception"], from: FailureID? = nil
  ) -> FailureID {
    let id = failureCount
    failureCount += 1
    say(.failureBorn(id, type: type, parents: parents, message: message, from: from))
    return id
  }

  // MARK: Time

  /// Makes a timer at the current time that is due at `seconds`.
  @discardableResult
  mutating func timer(_ name: String?, due seconds: Double) -> TimerID {
    let id = timerCount
    timerCount += 1
    say(.timerMade(id, due: Int64(seconds * 1_000_000), name: name))
    return id
  }

  /// The clock reaches `seconds`, and what is in `body` happens there, inside the call of `timer` if there is one.
  mutating func at(_ seconds: Double, timer: TimerID? = nil, _ body: (inout RecordScript) -> Void) {
    time = Int64(seconds * 1_000_000)
    say(.clockAdvanced)
    guard let timer else { return body(&self) }
    say(.timerBegan(timer))
    nested(body)
    say(.timerEnded(timer, raised: nil))
  }

  mutating func note(_ kind: String, _ text: String, who: String = "") {
    say(.note(kind: kind, who: who, text: text, nil))
  }
}

extension Outcome {
  /// A value, as its program would print it.
  static func text(_ text: String) -> Outcome { .value(ValueText(text)) }
}
