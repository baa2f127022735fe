public import Deferreds
public import Traces

/// Writes down what a watched program does, as records that can be kept, folded and sent away.
///
/// Give it to an `Observation` as its observer. Values become bounded text at once, so that a record never
/// keeps alive what the program let go of.
public final class Recorder: ChainObserver, EventWriting {
  /// Everything so far, in order. Read it, do not hold on to it: a held copy makes the next record copy all.
  public private(set) var records: [Record] = []
  /// Says in which line of the program the code stands that runs now.
  public weak var observation: Observation?

  let text: (Any) -> ValueText
  var failures: FailureNumbers
  /// Microseconds.
  private var time: Int64 = 0
  private var depth = 0
  /// Where the timers that are pending were set: the lines that are looked at when they are due.
  private var timerPlaces: [CallID: Deferreds.Place] = [:]

  /// - Parameters:
  ///   - text: how values are written; it is called in the middle of what happens and must not fire anything.
  ///   - failureText: how the type, the parents and the message of an error are written; nil for its own
  ///     words (`NamedError`), or else its type's name and its description.
  public init(
    text: @escaping (Any) -> ValueText = { describe($0) },
    failureText: ((any Error) -> FailureText)? = nil
  ) {
    self.text = text
    failures = FailureNumbers(text: failureText)
  }

  public func observe(_ event: ChainEvent) {
    switch event {
    case .timerMade(let id, _, _, let place):
      let here = observation?.place ?? Deferreds.Place()
      timerPlaces[id] = here.line > 0 ? here : place
      append(written(event), origin: place)
    case .timerCancelled(let id):
      timerPlaces[id] = nil
      append(written(event))
    case .timerBegan(let id):
      append(written(event), origin: timerPlaces[id] ?? Deferreds.Place())
      depth += 1
    case .timerEnded(let id, _):
      let event = written(event)
      depth = max(0, depth - 1)
      append(event, origin: timerPlaces.removeValue(forKey: id) ?? Deferreds.Place())
    case .runBegan: depth += 1
    case .runEnded: depth = max(0, depth - 1)
    case .entered, .cancellerEntered, .callEntered, .generatorBegan, .generatorResumed:
      append(written(event))
      depth += 1
    case .left, .cancellerLeft, .callLeft, .generatorYielded, .generatorEnded:
      // A Failure that is first heard of here was born inside.
      let event = written(event)
      depth = max(0, depth - 1)
      append(event)
    case .clockAdvanced(let now):
      // The first moment needs no word.
      guard now != time else { return }
      time = now
      append(.clockAdvanced)
    case .named(let id, let name):
      if !names(id, name) { append(.named(id, name)) }
    case .stageAdded(_, _, let stage):
      // The wait that comes next tells of the stage that ends it.
      if case .resumes = stage.kind { return }
      append(written(event), origin: stage.place)
    default: append(written(event))
    }
  }

  private func append(_ event: Event?) { append(event, origin: Deferreds.Place()) }

  /// Puts the name of a Deferred that was made right now into the record of its making.
  private func names(_ id: DeferredID, _ name: String) -> Bool {
    guard case .made(id, let origin, nil, let hasCanceller)? = records.last?.event else { return false }
    records[records.count - 1].event = .made(id, origin: origin, name: name, hasCanceller: hasCanceller)
    return true
  }

  func append(_ event: Event?, origin: Deferreds.Place) {
    guard let event else { return }
    switch event {
    case .settled, .sharedChanged:
      // Said twice in a row, it is no news.
      if records.last?.event == event { return }
    default: break
    }
    // Where the program says where it is, that is what its reader looks at.
    let here = observation?.place ?? origin
    let known = here.line > 0 ? here : origin
    let place = known.line > 0 ? Traces.Place(file: known.file, line: known.line) : nil
    records.append(Record(time: time, depth: depth, place: place, event: event))
  }
}

@available(*, unavailable) extension Recorder: Sendable {}
