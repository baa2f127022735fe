import Traces

/// The words of an event that searching and filtering look at: its kind, the sentence that is shown for it, and the
/// name of its thread.
///
/// - Parameter names: a world that knows everything the record is about; later ones know it too.
func searchText(of record: Record, in names: World) -> String {
  let sentence = searchNarrator.sentence(for: record, in: names)
  return "\(record.event.kindWords) \(sentence)" + (record.thread.map { " \($0)" } ?? "")
}

extension Query.Origin {
  /// Of what happened on a thread: its name in its own process, `main` for the main one, and what that is called.
  init(ofThread name: String?, in source: any RecordSource) {
    let own = name.flatMap { source.recording(ofThread: $0) }
    thread = own.map { $0.thread ?? "main" } ?? name ?? "main"
    process = own?.label ?? source.recording?.pid.map { "\($0)" } ?? ""
  }
}

/// Values are searched further than they are shown.
private let searchNarrator = Narrator(valueLimit: 400)

extension Event {
  /// The words for its kind, by which a filter picks kinds of events.
  package var kindWords: String {
    let words =
      switch self {
      case .made: "made"
      case .named: "named"
      case .stageAdded: "stage added"
      case .fired: "fired"
      case .entered(_, _, let side, _): "entered call \(side.rawValue)"
      case .left(_, _, let side, .raised): "left raised \(side.rawValue)"
      case .left(_, _, let side, _): "left returned \(side.rawValue)"
      case .passedThrough(_, _, let side): "passed through \(side.rawValue)"
      case .waits: "waits"
      case .took: "took"
      case .resumed: "resumed"
      case .read: "read"
      case .paused: "paused"
      case .unpaused: "unpaused"
      case .settled: "settled"
      case .collected: "collected"
      case .unhandled: "unhandled"
      case .failureBorn: "born"
      case .trapAsked(_, _, let matched): matched == nil ? "trap no match" : "trap trapped"
      case .cancelAsked, .cancelPassedOn, .cancellerEntered, .cancellerLeft, .lateResultSwallowed: "cancel"
      case .calledAgain: "called again AlreadyCalledError"
      case .callEntered(let kind, _, _): "entered call \(kind)"
      case .callLeft(let kind, _, _): "left call \(kind)"
      case .clockAdvanced: "clock time"
      case .timerMade, .timerBegan, .timerEnded, .timerCancelled, .timerMoved: "timer"
      case .loopStarted, .loopTicked, .loopReset, .loopStopped: "loop"
      case .taskMade, .taskPaused, .taskResumed, .taskEnded: "task"
      case .groupMade(_, let kind, _): kind
      case .slotFilled, .groupDecided: "group"
      case .generatorBegan, .generatorYielded, .generatorResumed, .generatorEnded: "generator"
      case .sharedChanged(_, let kind, _, _, _, _, _): kind
      case .note(let kind, _, _, _): kind
      case .dropped: "dropped"
      }
    return failure == nil ? words : words + " failure"
  }
}

extension Event {
  /// The text that may be long: a value, a message, what is logged; empty where there is none.
  var longText: String {
    switch self {
    case .fired(_, let what), .settled(_, let what), .read(_, let what, _), .entered(_, _, _, let what),
      .took(_, _, let what), .resumed(_, _, _, let what), .lateResultSwallowed(_, let what),
      .slotFilled(_, _, let what), .generatorResumed(_, let what):
      what.text
    case .callEntered(_, _, let what): what?.text ?? ""
    case .left(_, _, _, .returned(let value)), .callLeft(_, _, .returned(let value)),
      .generatorEnded(_, .returned(let value)):
      value.text
    case .failureBorn(_, _, _, let message, _): message
    case .note(_, _, let text, _): text
    default: ""
    }
  }
}

extension Outcome {
  fileprivate var text: String { if case .value(let value) = self { value.text } else { "" } }
}
