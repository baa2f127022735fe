/// A Deferred at one step.
public struct DeferredState: Sendable, Equatable {
  /// Its number; its place in ``World/deferreds``.
  public var id: DeferredID
  /// Its first name, or `deferred 7` where it has none.
  public var name: String
  /// The names it was given after the first one.
  public var otherNames: [String] = []
  /// How it came to be: `deferred`, `succeed`, `later`, `list`, `generator`, …
  public var origin: String
  /// Whether a canceller of its own is called when it is cancelled.
  public var hasCanceller: Bool
  /// The step (1-based number of the record) that made it.
  public var madeAt: Int
  /// Where in the program it was made, if the trace tells.
  public var madePlace: Place?
  /// The step at which it got its first result; nil while it has none.
  public var firedAt: Int?
  /// The time of that step, in microseconds.
  public var firedTime: Int64?
  /// What it was fired with.
  public var firedWith: Outcome?
  /// The current result: nil before it fires and while it waits.
  public var result: Outcome?
  /// How many pauses by hand are not undone.
  public var pauseCount = 0
  /// The Deferred whose result its chain waits for.
  public var waitsOn: DeferredID?
  /// Those that wait for it, in order.
  public var waiters = Waiters()
  /// Whether somebody has cancelled it.
  public var isCancelAsked = false
  /// Whether nobody holds it any more.
  public var isCollected = false
  /// The Failure with which it was dropped, reported as unhandled.
  public var unhandled: FailureID?
  /// Its stages, in order.
  public var stages = Shelf<StageState>()
  /// The first stage that has not been reached.
  public var nextStage = 0
  /// The stage whose handler runs or waits now.
  public var currentStage: Int?
  /// For a list, gather or race.
  public var group: GroupState?
  /// For a generator: how far it is, in words.
  public var generator: String?
  /// Whether `name` came from the program.
  var isNamed = false
  /// Its position among the waiters of `waitsOn`.
  package internal(set) var waitPosition = 0

  /// One that was never made, as far as the trace says: first seen in mid-life.
  init(
    id: DeferredID, name: String? = nil, origin: String = "unknown", hasCanceller: Bool = false, madeAt: Int
  ) {
    self.id = id
    self.name = name ?? "deferred \(id)"
    self.origin = origin
    self.hasCanceller = hasCanceller
    self.madeAt = madeAt
    isNamed = name != nil
  }

  /// Whether it has been called: `callback`, `errback` or its origin gave it a first result.
  public var isFired: Bool { firedAt != nil }
}

/// What a list, a gather or a race knows of its members.
public struct GroupState: Sendable, Equatable {
  /// `list`, `gather` or `race`.
  public var kind: String
  /// Whom it waits for, by slot.
  public var members: [DeferredID]
  /// What the members have brought so far.
  public var slots: Shelf<Outcome?>
  /// The slot that decided, where a single one did.
  public var decidedBy: Int?
  /// Whether it has its result.
  public var isDecided = false
}

/// One callback/errback pair at one step.
public struct StageState: Sendable, Equatable {
  /// What it is: a pair of handlers, or work of the library.
  public var kind: StageKind
  /// The name of its callback; nil where values pass through.
  public var callback: String?
  /// The name of its errback; nil where Failures pass through.
  public var errback: String?
  /// The step at which it was added.
  public var addedAt: Int
  /// Where in the program it was added, if the trace tells.
  public var place: Place?
  /// How the chain went through it; nil while it has not.
  public var passage: Passage?

  /// The name by which people call one side: its handler's name, or `callback 2` where it has none.
  public func name(of side: Side, at index: Int) -> String {
    (side == .callback ? callback : errback) ?? "\(side.rawValue) \(index)"
  }
}

/// What happened at a stage, once it was reached.
public struct Passage: Sendable, Equatable {
  /// The line it was on.
  public var side: Side
  /// The step at which it was entered or passed.
  public var step: Int
  /// Of that step, in microseconds.
  public var time: Int64
  /// What came in.
  public var input: Outcome
  /// How far it has got, and what came out.
  public var state: State
  /// What went on from here, once something did (for a wait: what came out of the inner Deferred).
  public var output: Outcome?
  /// The step at which its handler was over; nil while it runs, and where none ran.
  public var leftAt: Int?
  /// The types for which the handler asked the Failure with `trap` or `check`; nil where it did not ask.
  public var asked: [String]?
  /// The asked type that matched.
  public var matched: String?

  /// Whether a Failure ended here without a word: the handler asked for no type and gave none.
  public var isSwallowed: Bool {
    guard case .trapped(by: nil) = state, asked == nil, case .failure = input else { return false }
    return output == .value(.none)
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
