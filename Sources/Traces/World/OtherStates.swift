/// A call that is, or was, set for later.
public struct TimerState {
  /// Its number; its place in ``World/timers``.
  public let id: TimerID
  let core: TimerCore
  let world: World

  private var record: Record? { madeAt > 0 ? world.records.record(at: madeAt) : nil }

  /// What it calls, if it has a name: one that fires or cancels a Deferred does so under that one's own name.
  public var name: String? {
    guard case .timerMade(_, _, let name?, _)? = record?.event else { return nil }
    // A recorder knows a Deferred by its number, which says less than `deferLater 8` does.
    guard let given = world.deferreds.at(Int(core.deferred))?.givenName,
      let mark = name.firstRange(of: Self.beforeNumber),
      name[mark.upperBound...].allSatisfy({ $0.isNumber })
    else { return name }
    return "\(name[..<mark.lowerBound]) of \(given)"
  }

  /// Stands in a name before the number of a Deferred: `callback of Deferred 8`.
  static let beforeNumber = " of Deferred "

  /// The step at which it was set; 0 where the trace begins after that.
  public var madeAt: Int { Int(core.madeAt) }
  /// When it is due, in microseconds.
  public var due: Int64 { core.due }
  /// Where in the program it was set, if the trace tells.
  public var place: Place? { record?.place }
  /// How far it has got.
  public var state: State { core.state }
  /// The life of a timer.
  public enum State: Sendable, Equatable { case pending, running, done, cancelled }
}

extension TimerState: Equatable {
  public static func == (left: TimerState, right: TimerState) -> Bool {
    left.id == right.id && left.core == right.core && left.name == right.name && left.place == right.place
  }
}

/// A loop, task, lock, semaphore or queue.
public struct ActorState: Sendable, Equatable {
  /// Its number; its place in ``World/actors``.
  public let id: ActorID
  /// As its program or scenario calls it.
  public let name: String
  /// What it is, and how it stands.
  public let kind: Kind
  /// A loop counts its ticks (microseconds apart), a task its pauses, what is shared its holders.
  public enum Kind: Sendable, Equatable {
    case loop(interval: Int64, ticks: Int, isRunning: Bool)
    case task(cooperator: String, pauses: Int, isDone: Bool)
    case shared(kind: String, held: Int, waiting: Int, total: Int?)
  }
  /// The Deferred that a loop's `start` returned; of what is shared, the one whose turn came last.
  public let deferred: DeferredID?
  /// The step that told of it last, if it is shared, else the one that told its name; 0 where none did.
  public let toldAt: Int
  /// Of what is shared, the step at which the turn of ``deferred`` came.
  public let givenAt: Int?
  /// The Failure that ended it.
  public let failure: FailureID?

  init(_ id: ActorID, _ core: ActorCore, in records: any RecordStore) {
    self.id = id
    deferred = core.deferred >= 0 ? Int(core.deferred) : nil
    failure = core.failure >= 0 ? Int(core.failure) : nil
    toldAt = Int(core.toldAt)
    givenAt = core.givenAt > 0 ? Int(core.givenAt) : nil
    let event = core.toldAt > 0 ? records.record(at: Int(core.toldAt)).event : nil
    var (name, interval, cooperator) = ("actor \(id)", Int64(0), "")
    var shared = Kind.shared(kind: "lock", held: 0, waiting: 0, total: nil)
    switch event {
    case .loopStarted(_, let told, _, let every, _): (name, interval) = (told, every)
    case .taskMade(_, let told, let whose): (name, cooperator) = (told, whose)
    case .sharedChanged(_, let kind, let told, let held, let waiting, let total, _):
      name = told
      shared = .shared(kind: kind, held: held, waiting: waiting, total: total)
    default: break
    }
    self.name = name
    kind =
      switch core.kind {
      case .task: .task(cooperator: cooperator, pauses: Int(core.count), isDone: core.isOn)
      case .shared: shared
      default: .loop(interval: interval, ticks: Int(core.count), isRunning: core.isOn)
      }
  }
}

/// One line of the program's log, or of the narration.
public struct LogEntry: Sendable, Equatable {
  /// When it was written.
  public let step: Int
  /// The time of that step, in microseconds.
  public let time: Int64
  /// log, say, error, unhandled, dropped.
  public let kind: String
  /// Who wrote it; may be empty.
  public let who: String
  /// What it says.
  public let text: String
  /// The Failure it is about.
  public let failure: FailureID?

  init(_ core: LogCore, in world: World) {
    let record = world.records.record(at: Int(core.step))
    step = Int(core.step)
    time = World.bounded(record.time)
    failure = core.failure >= 0 ? Int(core.failure) : nil
    switch record.event {
    case .note(let kind, let who, let text, _): (self.kind, self.who, self.text) = (kind, who, text)
    case .unhandled(let id, let failure):
      kind = "unhandled"
      who = world.deferreds.at(id)?.name ?? ""
      text = world.failures.at(failure)?.logText ?? ""
    case .dropped(let count): (kind, who, text) = ("dropped", "", "\(count) records are missing here")
    default: (kind, who, text) = ("log", "", "")
    }
  }
}

/// How the Deferreds stand that were made in one place of the program.
public struct SiteState: Sendable, Equatable {
  /// Its number; its place in ``World/sites``.
  public let id: Int
  /// Where it is, and how they are made there.
  public let site: Site
  /// How many were made; and of these: got a result, have a Failure as their result, had one that was taken by who
  /// waited for it, were dropped with one, are gone.
  public let made: Int
  public let fired: Int
  public let failed: Int
  public let passedOn: Int
  public let unhandled: Int
  public let collected: Int

  init(_ id: Int, _ core: SiteCore, _ site: Site) {
    self.id = id
    self.site = site
    made = Int(core.made)
    fired = Int(core.fired)
    failed = Int(core.failed)
    passedOn = Int(core.passedOn)
    unhandled = Int(core.unhandled)
    collected = Int(core.collected)
  }
}
