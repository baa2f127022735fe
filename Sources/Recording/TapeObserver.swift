internal import Deferreds
internal import Traces

/// Makes records of what a tape has no words for, at once, and puts them on the tape in their place.
final class TapeObserver: ChainObserver, EventWriting {
  /// A record's event on its way through a tape.
  final class Box: Sendable {
    let event: Event
    let place: Traces.Place?

    init(_ event: Event, _ place: Traces.Place?) {
      self.event = event
      self.place = place
    }
  }

  let text: (Any) -> ValueText
  var failures: FailureNumbers
  private let tape: Tape
  private let time: TraceRecording.Time
  /// Where the timers that are pending were set.
  private var timerPlaces: [CallID: Deferreds.Place] = [:]

  init(_ tape: Tape, _ values: TraceRecording.Values, _ time: TraceRecording.Time) {
    self.tape = tape
    self.time = time
    text = values.text
    failures = FailureNumbers(text: values.failureText)
  }

  func observe(_ event: ChainEvent) {
    tape.tick()
    switch event {
    case .timerMade(let id, _, _, let place):
      timerPlaces[id] = place
      append(written(event), origin: place)
    case .timerCancelled(let id):
      timerPlaces[id] = nil
      append(written(event))
    case .timerBegan(let id):
      append(written(event), origin: timerPlaces[id] ?? Deferreds.Place())
      tape.depth += 1
    case .timerEnded(let id, _):
      let event = written(event)
      tape.goUp()
      append(event, origin: timerPlaces.removeValue(forKey: id) ?? Deferreds.Place())
    case .cancellerEntered, .callEntered, .generatorBegan, .generatorResumed, .entered:
      append(written(event))
      tape.depth += 1
    case .cancellerLeft, .callLeft, .generatorYielded, .generatorEnded, .left:
      // A Failure that is first heard of here was born inside.
      let event = written(event)
      tape.goUp()
      append(event)
    case .clockAdvanced(let now):
      // To a program that is recorded in real time, its clocks are not the time.
      guard time == .virtual, UInt64(max(0, now)) != tape.time else { return }
      tape.time = UInt64(max(0, now))
      append(.clockAdvanced)
    case .stageAdded(_, _, let stage):
      // The wait that comes next tells of the stage that ends it.
      if case .resumes = stage.kind { return }
      append(written(event), origin: stage.place)
    default: append(written(event))
    }
  }

  private func append(_ event: Event?) { append(event, origin: Deferreds.Place()) }

  func append(_ event: Event?, origin: Deferreds.Place) {
    guard let event else { return }
    let place = origin.line > 0 ? Traces.Place(file: origin.file, line: origin.line) : nil
    tape.put(other: Box(event, place))
  }
}

extension TraceRecording.Values {
  var text: (Any) -> ValueText {
    switch self {
    case .described: { describe($0) }
    case .types: { $0 is Void ? .none : ValueText("<\(type(of: $0))>") }
    case .none: { _ in ValueText("?") }
    }
  }

  /// Nil for the error's own words.
  var failureText: ((any Error) -> FailureText)? {
    guard self == .none else { return nil }
    return { error in
      let named = error as? any NamedError
      return FailureText(type: named?.typeName ?? "\(type(of: error))", parents: named?.parentNames ?? [])
    }
  }
}
