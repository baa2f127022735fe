import Traces

/// What a name means: found in slices and kept, for traces with many of them.
package struct NameIndex {
  private var deferreds: [String: DeferredID] = [:]
  private var timers: [String: TimerID] = [:]
  /// The loops, tasks, locks, semaphores and queues of each name, in order.
  private var actors: [String: [Actor]] = [:]
  /// The steps that tell of them first: of most a trace tells again and again.
  private var actorSteps: [Int32: Int32] = [:]
  /// By names without their numbers, those that have one.
  private var numbered: [String: Numbered] = [:]
  /// The steps at which Failures are born, in order, by type.
  private var births: [String: [Int32]] = [:]
  /// Up to this step all names are known.
  private(set) var scannedTo = 0

  /// Something that runs by itself, or that several share.
  struct Actor {
    var id: ActorID
    /// The step that tells of it first.
    var toldAt: Int
  }

  /// The names that are the same but for a number: `fetch 1`, `fetch 12`.
  struct Numbered: Equatable {
    var first: String
    var count: Int
  }

  /// Names beyond this many can't be typed: a bound on memory.
  private static let limit = 200_000
  private static let listLimit = 200

  /// Looks at up to `budget` more of the records that the timeline knows, and reads those that give names.
  ///
  /// - Returns: How many it looked at.
  mutating func scan(_ timeline: Timeline, budget: Int) -> Int {
    let start = scannedTo
    let end = min(timeline.frontier.step, start + budget)
    guard end > start else { return 0 }
    var named: [Int] = []
    var step = start
    let (hasAllDeferreds, hasAllTimers) = (deferreds.count >= Self.limit, timers.count >= Self.limit)
    timeline.source.forEachEntry(after: start, through: end) { entry in
      step += 1
      switch entry.kind {
      case .made where !hasAllDeferreds, .timerMade where !hasAllTimers:
        if entry.flags.contains(.hasName) { named.append(step) }
      case .loopStarted, .taskMade, .sharedChanged:
        if actorSteps.count < Self.limit, actorSteps[entry.id] == nil {
          actorSteps[entry.id] = Int32(clamping: step)
          named.append(step)
        }
      case .named where !hasAllDeferreds, .failureBorn: named.append(step)
      default: break
      }
    }
    for step in named {
      if let event = timeline.record(at: step)?.event { take(event, at: step, timeline.frontier) }
    }
    scannedTo = end
    return end - start
  }

  private mutating func take(_ event: Event, at step: Int, _ names: World) {
    switch event {
    case .made(let id, _, let name?, _), .named(let id, let name):
      if deferreds.count < Self.limit, deferreds[name] == nil {
        deferreds[name] = id
        note(name)
      }
    case .timerMade(let id, _, let told?, _):
      let name = names.timers.at(id)?.name ?? told
      if timers.count < Self.limit, timers[name] == nil { timers[name] = id }
    case .loopStarted(let id, let name, _, _, _), .taskMade(let id, let name, _),
      .sharedChanged(let id, _, let name, _, _, _, _):
      if actors[name] == nil { note(name) }
      actors[name, default: []].append(Actor(id: id, toldAt: step))
    case .failureBorn(_, let type, _, _, _):
      if births.count < Self.limit || births[type] != nil {
        births[type, default: []].append(Int32(clamping: step))
      }
    default: break
    }
  }

  private mutating func note(_ name: String) {
    let base = withoutNumber(name)
    if base != name { numbered[base, default: Numbered(first: name, count: 0)].count += 1 }
  }

  /// The steps at which Failures of a type are born, in order.
  func births(ofType type: String) -> [Int32] { births[type] ?? [] }

  /// The types of all Failures, in the order of the alphabet, as far as people would want to see them.
  var failureTypes: [String] { births.keys.sorted().prefix(Self.listLimit).map { $0 } }

  /// The first Deferred that got this name.
  func deferred(_ name: String) -> DeferredID? { deferreds[name] }

  /// The first timer of this name.
  func timer(_ name: String) -> TimerID? { timers[name] }

  /// The loops, tasks, locks, semaphores and queues of this name, in order.
  func actors(_ name: String) -> [Actor] { actors[name] ?? [] }

  /// The step that tells first of one of them.
  func firstStep(ofActor id: ActorID) -> Int? { actorSteps[Int32(clamping: id)].map(Int.init) }

  /// The names of them all, in the order of the alphabet, as far as people would want to see them.
  var actorNames: [String] { actors.keys.sorted().prefix(Self.listLimit).map { $0 } }

  /// Those that are called so, and have a number.
  func numbered(_ name: String) -> Numbered? { numbered[name] }
}
