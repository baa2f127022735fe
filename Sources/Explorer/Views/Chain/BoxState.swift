import Screen
import Traces

/// What is true of one box of the chain drawing: one side of a stage.
enum BoxState: Equatable {
  /// Not reached yet, and it may be.
  case open
  /// Not reached, and no way leads there any more.
  case closed
  /// Not reached yet, and the rest of this run, which is known, never comes here.
  case never
  /// The run went by on the other line.
  case skipped
  /// What came went on, for there is no handler.
  case passed
  case running
  case returned
  /// A Failure came in and a value went out.
  case trapped
  /// A Failure came in, and none went out without asking for its type.
  case swallowed
  /// A list or a gather took the Failure that came in into its result.
  case consumed
  case raised
  /// The Failure that came in goes on as it is.
  case letThrough
  case waiting(on: DeferredID)
  case got(from: DeferredID)
  /// The result went to the Deferred that waited for it.
  case handedOn
  /// The result went to another Deferred, which it fired.
  case handedOver

  /// Whether the run came here.
  var isReached: Bool {
    switch self {
    case .open, .closed, .never, .skipped: false
    default: true
    }
  }

  /// Whether a line may still lead out of here in more than one way.
  var isUndecided: Bool {
    switch self {
    case .open, .running, .waiting: true
    default: false
    }
  }

  /// Whether what went out came from a Deferred that was waited for, or is still awaited.
  var link: DeferredID? {
    switch self {
    case .waiting(let inner), .got(let inner): inner
    default: nil
    }
  }
}

extension BoxState {
  /// The sign and word that stand in the box; every state has a word of its own, so that no colour is needed.
  func mark(hasHandler: Bool, glyphs: Glyphs) -> String {
    switch self {
    case .open: hasHandler ? "" : "pass through"
    case .closed: "\(glyphs[.cancelled]) closed"
    case .never: "\(glyphs[.unfired]) never"
    case .skipped: "skipped"
    case .passed: "passed through"
    case .running: "\(glyphs[.current]) RUNS"
    case .returned: "\(glyphs[.check]) RETURN"
    case .trapped: "\(glyphs[.trap]) TRAP"
    case .swallowed: "\(glyphs[.swallowed]) SWALLOW"
    case .consumed: "\(glyphs[.check]) TAKEN"
    case .raised: "\(glyphs[.raise]) RAISE"
    case .letThrough: "\(glyphs[.arrowDown]) LET ON"
    case .waiting: "\(glyphs[.wait]) WAIT"
    case .got: "\(glyphs[.check]) GOT"
    case .handedOn: "\(glyphs[.moved]) MOVED"
    case .handedOver: "\(glyphs[.moved]) HANDED"
    }
  }

  /// The columns that the longest mark of a handler's box needs.
  static let markWidth = 9

  /// How the mark looks on the given line.
  func role(on side: Side) -> Role {
    switch self {
    case .open: .plain
    case .closed, .never, .skipped: .unreached
    case .passed, .consumed: .passed
    case .running: .current
    case .returned, .handedOn, .handedOver: side == .callback ? .callbackLine : .errbackLine
    case .trapped: .trapped
    case .swallowed: .swallowed
    case .raised, .letThrough: .failure
    case .waiting: .waiting
    case .got: side == .callback ? .callbackLine : .errbackLine
    }
  }
}
