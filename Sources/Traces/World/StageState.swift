/// One callback/errback pair at one step.
public struct StageState {
  let core: StageCore
  let world: World

  private var record: Record? { core.addedAt > 0 ? world.records.record(at: addedAt) : nil }

  private var told: (kind: StageKind, callback: String?, errback: String?)? {
    guard case .stageAdded(_, _, let kind, let callback, let errback)? = record?.event else { return nil }
    return (kind, callback, errback)
  }

  /// What it is: a pair of handlers, or work of the library.
  public var kind: StageKind {
    switch core.kind {
    case .handlers: .handlers
    case .resumes: .resumes(Int(core.other))
    default: told?.kind ?? .handlers
    }
  }

  /// The name of its callback; nil where values pass through.
  public var callback: String? { told?.callback }
  /// The name of its errback; nil where Failures pass through.
  public var errback: String? { told?.errback }
  /// The step at which it was added; 0 where the trace does not tell.
  public var addedAt: Int { Int(core.addedAt) }
  /// Where in the program it was added, if the trace tells.
  public var place: Place? { told == nil ? nil : record?.place }
  /// How the chain went through it; nil while it has not.
  public var passage: Passage? { core.passage.isThere ? Passage(core: core.passage, world: world) : nil }

  /// The name by which people call one side: its handler's name, or `callback 2` where it has none.
  public func name(of side: Side, at index: Int) -> String {
    (side == .callback ? callback : errback) ?? "\(side.rawValue) \(index)"
  }
}

extension StageState: Equatable {
  public static func == (left: StageState, right: StageState) -> Bool {
    left.kind == right.kind && left.callback == right.callback && left.errback == right.errback
      && left.addedAt == right.addedAt && left.place == right.place && left.passage == right.passage
  }
}

/// What happened at a stage, once it was reached.
public struct Passage {
  let core: PassageCore
  let world: World

  /// The line it was on.
  public var side: Side { core.isErrback ? .errback : .callback }
  /// The step at which it was entered or passed.
  public var step: Int { Int(core.step) }
  /// Of that step, in microseconds.
  public var time: Int64 { World.bounded(world.records.record(at: step).time) }
  /// What came in.
  public var input: Outcome { core.input.outcome(in: world.records) ?? .value(.none) }
  /// What went on from here, once something did (for a wait: what came out of the inner Deferred).
  public var output: Outcome? { core.output.outcome(in: world.records) }
  /// The step at which its handler was over; nil while it runs, and where none ran.
  public var leftAt: Int? { core.leftAt > 0 ? Int(core.leftAt) : nil }
  /// The types for which the handler asked the Failure with `trap` or `check`; nil where it did not ask.
  public var asked: [String]? { core.wasAsked ? world.types(asked: core.lastAsk) : nil }
  /// Whether its handler returned a Failure: then nobody knows that it `trap`s, `check` will have asked.
  package var isFailureReturned: Bool {
    guard let leftAt, case .left(_, _, _, .returnedFailure) = world.records.record(at: leftAt).event else {
      return false
    }
    return true
  }
  /// The asked type that matched.
  public var matched: String? { world.type(matchedAt: core.matchedAt) }

  /// How far it has got, and what came out.
  public var state: State {
    switch core.state {
    case .passedThrough: .passedThrough
    case .running: .running
    case .returned: .returned
    case .trapped: .trapped(by: matched)
    case .raised: .raised
    case .letThrough: .letThrough
    case .waiting: .waiting(on: Int(core.peer))
    case .gotFrom: .gotFrom(Int(core.peer))
    }
  }

  /// Whether a Failure ended here without a word: the handler asked for no type and gave none.
  public var isSwallowed: Bool {
    core.state == .trapped && core.matchedAt == 0 && !core.wasAsked && core.input.failure != nil
      && core.output == .none
  }

  /// How a stage was gone through.
  public enum State: Sendable, Equatable {
    /// No handler for what came.
    case passedThrough
    /// The handler runs now.
    case running
    /// The handler gave a value for a value.
    case returned
    /// The handler gave a value for a Failure: it was trapped, by the type it was asked for if any was.
    case trapped(by: String?)
    /// The handler raised or returned a Failure that was not the one that came in.
    case raised
    /// The handler let the Failure that came in go on: re-raised by `trap`, or returned.
    case letThrough
    /// The handler returned a Deferred that has nothing to give yet.
    case waiting(on: DeferredID)
    /// The handler returned a Deferred, whose result went on from here.
    case gotFrom(DeferredID)
  }
}

extension Passage: Equatable {
  public static func == (left: Passage, right: Passage) -> Bool {
    left.side == right.side && left.step == right.step && left.time == right.time
      && left.input == right.input && left.output == right.output && left.leftAt == right.leftAt
      && left.asked == right.asked && left.state == right.state
  }
}

extension World {
  /// All types asked for, the first question first.
  func types(asked last: Int32) -> [String] {
    var questions: [[String]] = []
    var place = Int(last)
    while let ask = asks.at(place) {
      let event = records.record(at: Int(ask.step)).event
      if case .trapAsked(_, let types, _) = event { questions.append(types) }
      place = Int(ask.previous)
    }
    return questions.reversed().flatMap { $0 }
  }

  /// The type that a question matched; nil where none did.
  func type(matchedAt step: Int32) -> String? {
    guard step > 0, case .trapAsked(_, _, let matched) = records.record(at: Int(step)).event else {
      return nil
    }
    return matched
  }

  /// An outcome as a record has it, with nothing in it that this World does not know.
  func told(_ outcome: Outcome) -> Outcome {
    switch outcome {
    case .value: outcome
    case .failure(let id): failureCores.indices.contains(id) ? outcome : .value(.untold)
    case .deferred(let id): deferredCores.indices.contains(id) ? outcome : .value(.untold)
    }
  }
}

extension ValueText {
  /// Python's None, in the words of traces.
  public static let none = ValueText("none")
  /// What a record pointed at, where the trace never tells what that is.
  static let untold = ValueText("?")
}
