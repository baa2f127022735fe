/// What is true at one step of a trace: a pure fold over the entries up to it.
///
/// It keeps numbers only: which step told a thing, what waits for what. Texts are read from the records when
/// somebody looks (``DeferredState`` and its like), so that millions of records fit. Copying a World is cheap, and
/// a copy shares what has not changed since: the timeline keeps some of them as snapshots. (What grows with the
/// trace lives in `Shelf`, a persistent vector.)
public struct World {
  /// Where the texts are.
  let records: any RecordStore
  /// How many records have been folded: 0 before the first.
  public internal(set) var step = 0
  /// Microseconds.
  public internal(set) var time: Int64 = 0
  /// How deep the code of the last record is nested; 0 at the top.
  public internal(set) var depth = 0

  /// By DeferredID, in order of creation.
  var deferredCores = Shelf<DeferredCore>()
  var stageCores = Shelf<StageCore>()
  /// The stages of chains of more than ``longChainLength`` by index.
  var longChains = Shelf<Shelf<Int32>>()
  var extras = Shelf<ExtraCore>()
  var groups = Shelf<GroupCore>()
  var slots = Shelf<SlotCore>()
  var awaits = Shelf<AwaitCore>()
  var moreNames = Shelf<StepLink>()
  var asks = Shelf<StepLink>()
  /// By FailureID.
  var failureCores = Shelf<FailureCore>()
  var stops = Shelf<StopCore>()
  var givings = Shelf<GivingCore>()
  /// By TimerID.
  var timerCores = Shelf<TimerCore>()
  /// By ActorID.
  var actorCores = Shelf<ActorCore>()
  var logCores = Shelf<LogCore>()
  /// By site.
  var siteCores = Shelf<SiteCore>()

  /// What runs right now on the thread of the last record, outermost first; and on the others, by thread.
  var frameCores: [FrameCore] = []
  var otherFrames: [Int32: [FrameCore]] = [:]
  var thread: Int32 = 0
  /// The step of the last narration.
  package internal(set) var narratedAt: Int32 = 0
  /// The last step at which records are missing; 0 where none are.
  var droppedAt: Int32 = 0
  /// The same of each recording that has such a step (``RecordStore/recordingNumber(at:)``).
  var lossSteps: [Int: Int32] = [:]
  /// How many records are missing, as far as the trace tells.
  public internal(set) var dropped = 0
  /// The first step that can't be, after what came before it: something is made that was there already. 0 for none.
  public private(set) var contradictedAt = 0

  /// The timers that have not begun and were not cancelled, in the order in which they are due.
  public internal(set) var pendingTimers = DueQueue()
  /// The Deferreds that wait for another one now: their chains, or their coroutines.
  public internal(set) var waiting = NumberSet()
  /// The Deferreds that wait for nobody: where the tree of who waits for whom begins (its branches are waiters).
  public internal(set) var roots = NumberSet()
  /// The Deferreds that have not been fired.
  public internal(set) var unfired = NumberSet()
  /// The Deferreds whose result is a Failure that nobody has handled yet.
  public internal(set) var failed = NumberSet()
  /// How many things were made up so far because a record spoke of one that was never made.
  var madeUp = 0

  /// The world before the first of these records.
  public init(reading records: any RecordStore) { self.records = records }

  /// The world after all of these records.
  public init(after records: [Record]) {
    self.init(reading: RecordList(records))
    advance(to: records.count)
  }

  /// Folds records in, up to the one that leads to `target`.
  ///
  /// - Complexity: O(log n) each; in place where this World shares nothing with a copy.
  public mutating func advance(to target: Int) {
    records.forEachEntry(after: step, through: min(target, records.count)) { apply($0) }
  }

  /// The step that is being folded can't be.
  mutating func contradicts() { if contradictedAt == 0 { contradictedAt = step } }

  /// A longer chain is found by index, not by going along it.
  static let longChainLength: Int32 = 16

  /// The number of the step that is being folded.
  var here: Int32 { Int32(truncatingIfNeeded: step) }
}

@available(*, unavailable) extension World: Sendable {}

extension World: Equatable {
  /// Whether the same is true in both, in the same words. O(n).
  public static func == (left: World, right: World) -> Bool {
    if left.records === right.records { return left.isSame(as: right) }
    return left.step == right.step && left.time == right.time && left.depth == right.depth
      && left.deferreds.elementsEqual(right.deferreds) && left.failures.elementsEqual(right.failures)
      && left.timers.elementsEqual(right.timers) && left.actors.elementsEqual(right.actors)
      && left.log.elementsEqual(right.log) && left.frames == right.frames
      && left.narration == right.narration && left.pendingTimers == right.pendingTimers
      && left.waiting == right.waiting && left.roots == right.roots
      && left.unfired == right.unfired && left.failed == right.failed
  }
}

extension World {
  /// Whether records are missing after a step: what is not told from there on may have happened all the same.
  ///
  /// Only those of its own recording are: what one process lost does not make doubtful what another one told. What no
  /// step told of may be of any.
  public func isUncertain(after step: Int) -> Bool {
    guard droppedAt > step else { return false }
    return step < 1 || lossSteps[records.recordingNumber(at: step), default: 0] > step
  }

  /// The last step at which records of the same recording are missing as the one that leads to `step`; 0 for none.
  package func lossStep(ofRecordingAt step: Int) -> Int {
    step < 1 ? Int(droppedAt) : Int(lossSteps[records.recordingNumber(at: step), default: 0])
  }

  /// Whether the numbers are the same, which in one store have the same words.
  private func isSame(as other: World) -> Bool {
    step == other.step && time == other.time && depth == other.depth && thread == other.thread
      && deferredCores == other.deferredCores && stageCores == other.stageCores
      && longChains == other.longChains && extras == other.extras && groups == other.groups
      && slots == other.slots && awaits == other.awaits && moreNames == other.moreNames && asks == other.asks
      && failureCores == other.failureCores && stops == other.stops && givings == other.givings
      && timerCores == other.timerCores
      && actorCores == other.actorCores && logCores == other.logCores && siteCores == other.siteCores
      && frameCores == other.frameCores && otherFrames == other.otherFrames
      && narratedAt == other.narratedAt && droppedAt == other.droppedAt && lossSteps == other.lossSteps
      && dropped == other.dropped
      && pendingTimers == other.pendingTimers
      && waiting == other.waiting && roots == other.roots && unfired == other.unfired
      && failed == other.failed
  }
}

/// One thing that runs right now.
public enum Frame: Sendable, Equatable {
  case timer(TimerID)
  case handler(DeferredID, stage: Int, Side)
  case canceller(DeferredID)
  case call(kind: String, name: String)
}

extension World {
  /// What is being run right now on the thread of the last record, outermost first.
  public var frames: [Frame] { frameCores.map { frame($0) } }

  /// The line of the program where the last record came from.
  public var place: Place? { step == 0 ? nil : records.record(at: step).place }

  /// The last narration (`say`).
  public var narration: String? {
    guard narratedAt > 0, case .note(_, _, let text, _) = records.record(at: Int(narratedAt)).event else {
      return nil
    }
    return text
  }

  func frame(_ core: FrameCore) -> Frame {
    switch core.kind {
    case .timer: return .timer(Int(core.id))
    case .handler: return .handler(Int(core.ref.deferred), stage: Int(core.ref.stage), core.ref.ref.side)
    case .canceller: return .canceller(Int(core.id))
    case .generator: return .call(kind: "generator", name: deferreds[Int(core.id)].name)
    case .call:
      guard case .callEntered(let kind, let name, _) = records.record(at: Int(core.step)).event else {
        return .call(kind: "call", name: "")
      }
      return .call(kind: kind, name: name)
    }
  }

  /// What a record began, as something that runs; nil where it begins nothing.
  func frame(begunAt step: Int32) -> Frame? {
    guard step > 0 else { return nil }
    switch records.record(at: Int(step)).event {
    case .timerBegan(let id): return .timer(id)
    case .entered(let id, let stage, let side, _): return .handler(id, stage: stage, side)
    case .cancellerEntered(let id): return .canceller(id)
    case .callEntered(let kind, let name, _): return .call(kind: kind, name: name)
    case .generatorBegan(let id, _), .generatorResumed(let id, _):
      return deferreds.at(id).map { .call(kind: "generator", name: $0.name) }
    default: return nil
    }
  }
}
