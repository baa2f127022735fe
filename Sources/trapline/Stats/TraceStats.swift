import Explorer
import Traces

/// What a trace, or a scenario's run, comes to in numbers: gathered while it is read, without keeping its records.
///
/// What is kept grows with the things that are in it, never with what happened to them.
struct TraceStats {
  var title = ""
  var events = 0
  /// Of each kind that occurs, the commonest first.
  var kinds: [Count] = []
  var firstTime: Int64 = 0
  var lastTime: Int64 = 0
  /// Events of each thread, `main` for the main one.
  var threads: [Count] = []
  /// How many events the recorder says are missing.
  var dropped = 0
  /// Why the records end early, or where some are missing; nil where all is in order.
  var fault: String?
  /// Why its recorder closed it where it ends, where it told.
  var closing: String?
  /// What alone was recorded, where that is not all.
  var filter: [String] = []

  var deferreds = Outcomes()
  /// The busiest ones.
  var sites: [SiteCount] = []
  var siteCount = 0
  /// By type and fate, the commonest first.
  var failures: [FailureCount] = []
  /// The longest ones.
  var waits: [Wait] = []
  /// By what they call, how often they did, the busiest first.
  var timers: [Count] = []
  /// What had begun at the end, and had not ended: by thread.
  var running: [Running] = []

  struct Count: Equatable {
    var name: String
    var count: Int
  }

  /// How Deferreds stand at the end; each that was made is in one of the seven after that.
  struct Outcomes: Equatable {
    var made = 0
    /// How many more were there before the trace began.
    var earlier = 0
    /// With a value.
    var fine = 0
    var failed = 0
    /// With a Failure that is no longer theirs: whoever waited for them took it.
    var passedOn = 0
    var unhandled = 0
    var notFired = 0
    /// Fired, but a handler returned another Deferred, which has given no result.
    var stalled = 0
    /// In the middle of a handler.
    var running = 0
    /// Those that wait for another one: the stalled ones, and coroutines.
    var waiting = 0
    var collected = 0
    /// Fired on another thread than they were made on: Twisted's Deferreds are for one thread.
    var firedElsewhere = 0
  }

  struct SiteCount: Equatable {
    var name: String
    var place: String
    var outcomes: Outcomes
  }

  struct FailureCount: Equatable {
    var type: String
    var fate: FateKind
    var count: Int
  }

  struct Running: Equatable {
    var name: String
    var place: String
    /// The step that began it.
    var step: Int
    var thread: String
  }

  struct Wait: Equatable {
    /// Microseconds.
    var span: Int64
    var who: String
    var on: String
    /// The step at which it began.
    var step: Int
    /// Whether what was waited for came.
    var isOver: Bool
    /// Whether events are missing meanwhile: it may have been two.
    var isDoubtful: Bool
  }

  /// Lists of many are cut to this.
  static let listLimit = 20
}

/// Reads a source to its end and counts.
struct StatsGathering {
  private let timeline: Timeline
  private var kinds = [Int](repeating: 0, count: 256)
  private var threads: [Int32: Activity] = [:]
  /// The Deferreds that were made off the main thread, with that.
  private var makers: [Int32: Int32] = [:]
  private var firedElsewhere: Set<Int32> = []
  private var timerRuns: [Int32: Int] = [:]
  private var waits: LongestWaits
  private var firstTime: Int64?
  private var step = 0

  /// What happened on a thread.
  private struct Activity {
    let firstStep: Int
    var events = 0
    var lastTime: Int64
  }

  init(_ source: any RecordSource) {
    timeline = Timeline(source)
    waits = LongestWaits { source.recordingNumber(at: $0) }
  }

  /// Records are taken in so many at a time.
  private static let slice = 50_000

  mutating func run() -> TraceStats {
    while true {
      let more = timeline.extendPatiently(budget: Self.slice)
      count()
      guard more else { break }
    }
    return result()
  }

  private mutating func count() {
    let source = timeline.source
    source.forEachEntry(after: step, through: timeline.frontier.step) { take($0) }
  }

  private mutating func take(_ entry: Entry) {
    step += 1
    kinds[Int(entry.kind.rawValue)] += 1
    firstTime = min(firstTime ?? entry.time, entry.time)
    note(entry, at: &threads[entry.thread, default: Activity(firstStep: step, lastTime: entry.time)])
    switch entry.kind {
    case .made where entry.thread != 0: makers[entry.id] = entry.thread
    case .fired where entry.thread != makers[entry.id, default: 0]: firedElsewhere.insert(entry.id)
    case .timerBegan: timerRuns[entry.id, default: 0] += 1
    case .waits, .generatorYielded:
      if entry.other >= 0 { waits.begin(entry.id, on: entry.other, at: entry.time, step: step) }
    case .resumed, .generatorResumed: waits.end(entry.id, at: entry.time)
    case .dropped: waits.loseEvents(at: step)
    default: break
    }
  }

  private func note(_ entry: Entry, at thread: inout Activity) {
    thread.events += 1
    thread.lastTime = max(thread.lastTime, entry.time)
  }

  /// When each recording ended.
  private var lastTimes: [Int: Int64] {
    var times: [Int: Int64] = [:]
    for thread in threads.values {
      let recording = timeline.source.recordingNumber(at: thread.firstStep)
      times[recording] = max(times[recording] ?? thread.lastTime, thread.lastTime)
    }
    return times
  }

  /// `main`, `PoolThread-0`, and in several recordings `process 4711`.
  private func words(forThread number: Int32) -> String {
    guard let name = timeline.source.threadName(number) else { return "main" }
    let isPart = timeline.source.recording(ofThread: name) != nil
    return isPart ? timeline.source.words(forThread: name) : name
  }

  private func result() -> TraceStats {
    var stats = TraceStats()
    let (source, world) = (timeline.source, timeline.frontier)
    (stats.title, stats.fault, stats.events) = (source.title, source.fault, world.step)
    (stats.closing, stats.filter) = (source.closing, source.recording?.filter ?? [])
    stats.kinds = sorted(
      Entry.Kind.allCases.map { TraceStats.Count(name: $0.words, count: kinds[Int($0.rawValue)]) })
    let lastTimes = lastTimes
    (stats.firstTime, stats.lastTime) = (firstTime ?? 0, lastTimes.values.max() ?? 0)
    stats.threads = sorted(
      threads.map { TraceStats.Count(name: words(forThread: $0.key), count: $0.value.events) })
    stats.dropped = world.dropped
    addSites(to: &stats, world)
    addFailures(to: &stats, world)
    addTimers(to: &stats, world)
    stats.running = timeline.unfinished.map { code in
      TraceStats.Running(
        name: code.name, place: text(of: code.place), step: code.step,
        thread: source.threadName(code.thread) ?? "main")
    }
    stats.waits = waits.longest(at: lastTimes).map { wait in
      TraceStats.Wait(
        span: wait.span, who: name(wait.who, world), on: name(wait.on, world), step: wait.step,
        isOver: wait.isOver, isDoubtful: wait.isDoubtful)
    }
    return stats
  }

  private func sorted(_ counts: [TraceStats.Count]) -> [TraceStats.Count] {
    counts.filter { $0.count > 0 }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  private func name(_ id: Int32, _ world: World) -> String {
    world.deferreds.at(Int(id))?.name ?? "deferred \(id)"
  }

  private func addSites(to stats: inout TraceStats, _ world: World) {
    // One whose only Deferreds have absurd numbers has none.
    var order = (0..<world.sites.count).map { (id: $0, made: world.sites[$0].made) }.filter { $0.made > 0 }
    stats.siteCount = order.count
    var stalled: [Int: Int] = [:]
    // Of those that failed and passed that on, those that are something else now.
    var isOver: [Int: Int] = [:]
    for id in world.waiting {
      let state = world.deferreds[id]
      guard state.firedAt != nil, let site = state.site else { continue }
      stalled[site, default: 0] += 1
      if state.passedOn != nil { isOver[site, default: 0] += 1 }
    }
    var running: [Int: Int] = [:]
    for state in world.runningDeferreds.compactMap({ world.deferreds.at($0) }) {
      let isCounted = state.firedAt == nil || state.waitsOn != nil || state.failure != nil
      guard !isCounted, let site = state.site else { continue }
      running[site, default: 0] += 1
      if state.passedOn != nil { isOver[site, default: 0] += 1 }
    }
    func outcomes(_ id: Int) -> TraceStats.Outcomes {
      TraceStats.Outcomes(
        world.sites[id], stalled: stalled[id] ?? 0, running: running[id] ?? 0, passedOnNoMore: isOver[id] ?? 0
      )
    }
    for (id, _) in order {
      let site = outcomes(id)
      stats.deferreds.made += site.made
      stats.deferreds.fine += site.fine
      stats.deferreds.failed += site.failed
      stats.deferreds.passedOn += site.passedOn
      stats.deferreds.unhandled += site.unhandled
      stats.deferreds.notFired += site.notFired
      stats.deferreds.stalled += site.stalled
      stats.deferreds.running += site.running
      stats.deferreds.collected += site.collected
    }
    stats.deferreds.waiting = world.waiting.count
    stats.deferreds.firedElsewhere = firedElsewhere.count {
      world.deferreds.at(Int($0)).map { $0.madeAt > 0 && $0.origin != "found" } ?? false
    }
    stats.deferreds.earlier = max(0, world.deferreds.count - stats.deferreds.made)
    order.sort { ($1.made, $0.id) < ($0.made, $1.id) }
    stats.sites = order.prefix(TraceStats.listLimit).map { id, _ in
      let site = world.sites[id]
      return TraceStats.SiteCount(
        name: siteName(site, timeline), place: text(of: site.site.place),
        outcomes: outcomes(id))
    }
  }

  private func text(of place: Place?) -> String {
    place.map { $0.file.isEmpty ? "line \($0.line)" : "\($0.file):\($0.line)" } ?? ""
  }

  private func addFailures(to stats: inout TraceStats, _ world: World) {
    var counts: [String: [FateKind: Int]] = [:]
    for failure in world.failures {
      counts[failure.type, default: [:]][FateKind(failure.fate, in: world), default: 0] += 1
    }
    stats.failures = counts.flatMap { type, fates in
      fates.map { TraceStats.FailureCount(type: type, fate: $0.key, count: $0.value) }
    }.sorted { ($1.count, $0.type, $0.fate.rawValue) < ($0.count, $1.type, $1.fate.rawValue) }
  }

  private func addTimers(to stats: inout TraceStats, _ world: World) {
    var runs: [String: Int] = [:]
    for (id, count) in timerRuns {
      let name = world.timers.at(Int(id))?.name ?? "without a name"
      // `callback of Deferred 102`: each has a number of its own.
      let base = name.reversed().drop { $0.isNumber }.reversed()
      runs[base.last == " " ? String(base.dropLast()) : name, default: 0] += count
    }
    stats.timers = Array(
      sorted(runs.map { TraceStats.Count(name: $0.key, count: $0.value) }).prefix(TraceStats.listLimit))
  }
}

extension TraceStats.Outcomes {
  init(_ site: SiteState, stalled: Int, running: Int, passedOnNoMore: Int) {
    made = site.made
    unhandled = site.unhandled
    failed = max(0, site.failed - site.unhandled)
    passedOn = max(0, site.passedOn - passedOnNoMore)
    notFired = site.made - site.fired
    self.stalled = stalled
    self.running = running
    fine = max(0, site.fired - max(site.failed, site.unhandled) - passedOn - stalled - running)
    collected = site.collected
  }
}

extension Entry.Kind {
  /// `stageAdded` as `stage added`.
  var words: String {
    "\(self)".reduce(into: "") { words, letter in
      words += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
  }
}
