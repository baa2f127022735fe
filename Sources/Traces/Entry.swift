/// A record without its texts: what the fold needs, in a form that is copied like a number.
///
/// A real trace has millions of records, and most of what they hold is text that nobody looks at. The fold works on
/// entries; whoever shows something reads the record again (``RecordStore/record(at:)``). What a field means
/// depends on the kind, see ``Kind``.
public struct Entry: Sendable, Equatable {
  /// Which event it is; the fields that count stand beside each.
  public enum Kind: UInt8, Sendable, CaseIterable {
    // id: the Deferred.
    case made  // other: the creation site; hasName, hasCanceller
    case named
    case stageAdded  // index, stage; other: whom it chains to, fills a slot of, or resumes
    case fired, settled, read  // what; leavesEmpty
    case entered  // index, isErrback, what came in
    case left  // index, isErrback, what came out; isRaised
    case passedThrough  // index, isErrback
    case waits  // other: the inner one; index: its stage
    case took  // other: the inner one; what
    case resumed  // other: the inner one; index: its stage; what
    case paused, unpaused  // number: the count
    case collected
    case unhandled  // other: the Failure
    case cancelAsked, cancelPassedOn  // other: to whom
    case cancellerEntered, cancellerLeft  // other: what it raised
    case lateResultSwallowed  // what
    case calledAgain
    case groupMade
    case slotFilled  // index, what
    case groupDecided  // index, -1 where no one of them decided
    case generatorBegan
    case generatorYielded  // other: on whom, -1 for a plain value
    case generatorResumed  // what
    case generatorEnded  // what; isRaised
    // id: the Failure.
    case failureBorn  // other: the one it was made from
    case trapAsked  // isMatched
    // id: the timer.
    case timerMade  // number: due; other: the Deferred that it fires or cancels; hasName
    case timerBegan
    case timerEnded  // other: what it raised
    case timerCancelled
    case timerMoved  // number: due
    // id: the loop, task, or what is shared.
    case loopStarted  // other: its Deferred
    case loopTicked  // number
    case loopReset
    case loopStopped  // other: the Failure
    case taskMade
    case taskPaused, taskResumed  // number: the count
    case taskEnded  // other: the Failure
    case sharedChanged  // other: the Deferred whose turn it is about; isGiven
    // None.
    case callEntered  // what came in
    case callLeft  // what; isRaised
    case clockAdvanced
    case note  // other: the Failure; isSay, isError
    case dropped
  }

  /// What goes along a chain, or comes out of a handler.
  public enum What: UInt8, Sendable {
    case nothing
    /// A text, which the record has.
    case value
    /// The value None.
    case none
    /// `whatID` is its number.
    case failure, deferred
  }

  /// What a stage is, as far as the fold must know.
  public enum Stage: UInt8, Sendable {
    case handlers, timeout, chainTo, slot, resumes
    /// A stage of the library; and one whose result goes to a coroutine that waits for it.
    case library, givesOn
  }

  /// What is either so or not.
  public struct Flags: OptionSet, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let hasName = Flags(rawValue: 1)
    public static let hasCanceller = Flags(rawValue: 2)
    public static let isErrback = Flags(rawValue: 1)
    public static let isRaised = Flags(rawValue: 2)
    public static let leavesEmpty = Flags(rawValue: 4)
    public static let isMatched = Flags(rawValue: 4)
    public static let isGiven = Flags(rawValue: 4)
    public static let isSay = Flags(rawValue: 1)
    public static let isError = Flags(rawValue: 2)
    /// The record has a place of its own (``Record/place``).
    public static let hasPlace = Flags(rawValue: 128)
  }

  public var kind: Kind
  public var what = What.nothing
  public var stage = Stage.handlers
  public var flags: Flags = []
  /// See ``Record/depth``.
  public var depth: Int32 = 0
  /// The thread: 0 for the main one, else in the order in which they were first heard of.
  public var thread: Int32 = 0
  public var id: Int32 = -1
  public var other: Int32 = -1
  public var index: Int32 = -1
  public var whatID: Int32 = -1
  /// See ``Record/time``.
  public var time: Int64 = 0
  public var number: Int64 = 0

  /// An entry of that kind, with nothing said yet.
  public init(_ kind: Kind) { self.kind = kind }

  /// A number that a trace may hold, however large, as one that no thing has if it is too large.
  public static func number(_ number: Int) -> Int32 { Int32(clamping: number) }
}
