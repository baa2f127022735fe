package import Traces

extension Session {
  /// How far back the Deferred is looked for that a step without one happened for.
  private static let followLimit = 256

  /// How far after its birth a Deferred is looked for that is fired with a Failure.
  private static let firingDistance = 64

  /// The Deferred that happens at the current step: the one that this or an earlier record is about.
  package var followedDeferred: DeferredID? {
    let world = timeline.world
    for step in stride(from: step, to: max(0, step - Self.followLimit), by: -1) {
      guard let event = record(at: step)?.event else { continue }
      var id = event.deferred
      if case .failureBorn(let failure, _, _, _, _) = event { id = birthplace(of: failure, bornAt: step) }
      if let id, world.deferreds.indices.contains(id) { return id }
    }
    return world.deferreds.isEmpty ? nil : 0
  }

  /// The Deferred in whose code a Failure was born, or else the one that it is brought to from a timer or a thread:
  /// what happened right before its birth may have nothing to do with it.
  private func birthplace(of failure: FailureID, bornAt birth: Int) -> DeferredID? {
    if let id = timeline.world.failures.at(failure)?.bornOf { return id }
    for step in stride(from: birth + 1, through: min(birth + Self.firingDistance, knownSteps), by: 1) {
      if case .fired(let id, .failure(failure))? = record(at: step)?.event { return id }
    }
    return nil
  }

  /// The Deferred whose chain is shown: the one that a person holds, else the one that happens.
  package var shownDeferred: DeferredID? {
    if let held = selection.deferred, timeline.world.deferreds.indices.contains(held) { return held }
    return followedDeferred
  }

  /// Whether a person holds on to what the chain panel shows.
  package var isHeld: Bool { selection.deferred != nil }

  /// The selected stage of the Deferred that is shown: by itself the one that runs, waits or was reached last.
  package var shownStage: Int? {
    guard let id = shownDeferred else { return nil }
    let state = timeline.world.deferreds[id]
    guard !state.stages.isEmpty else { return nil }
    let stage = selection.stage ?? state.currentStage ?? max(0, state.nextStage - 1)
    return min(max(0, stage), state.stages.count - 1)
  }

  /// What is selected in Timers: by itself the timer that runs, or the next one due, else the first loop or lock.
  package var shownTimer: Subject? {
    let world = timeline.world
    if let selected = selection.actor, world.actors.indices.contains(selected) { return .actor(selected) }
    if let selected = selection.timer, world.timers.indices.contains(selected) { return .timer(selected) }
    for frame in world.frames.reversed() { if case .timer(let id) = frame { return .timer(id) } }
    return world.pendingTimers.first.map { .timer($0.id) } ?? (world.actors.isEmpty ? nil : .actor(0))
  }

  /// The step whose event is selected: by itself the current one.
  package var shownEvent: Int { min(max(selection.event ?? step, 0), knownSteps) }

  /// The selected entry of the log: by itself the newest.
  package var shownLogEntry: Int? {
    let count = timeline.world.log.count
    return count == 0 ? nil : min(selection.logEntry ?? count - 1, count - 1)
  }

  /// What is selected in a panel; nil where there is nothing.
  package func subject(in panel: Panel) -> Subject? {
    switch panel {
    case .chain:
      shownDeferred.map { id in shownStage.map { .stage(id, stage: $0) } ?? .deferred(id) }
    case .deferreds: deferredsSubject
    case .timers: shownTimer
    case .events: shownEvent > 0 ? .event(shownEvent) : nil
    case .failures: shownFailure.map { .failure($0) }
    case .source: shownLine.map { .line($0) }
    case .log: shownLogEntry.map { .logEntry($0) }
    case .details, .narration: nil
    }
  }

  /// What is selected in the panel that was last looked at: what the details panel shows.
  package var subject: Subject? { subject(in: subjectPanel) }
}

extension Session {
  /// The rows of Timers: those that run now and those that are due next, in order; then loops and what is shared.
  package var timerRows: [Subject] {
    timeline.world.listedTimers().map { .timer($0) }
      + (0..<min(timeline.world.actors.count, World.timerLimit)).map { .actor($0) }
  }
}

extension World {
  /// More pending timers than this, or loops and locks, are not listed.
  static let timerLimit = 1000

  /// The timers that run now and those that are due next, in order.
  func listedTimers(limit: Int = timerLimit) -> [TimerID] {
    runningTimers + pendingTimers.prefix(limit).map(\.id)
  }

  /// The timers whose calls run now.
  var runningTimers: [TimerID] {
    frames.compactMap { frame in if case .timer(let id) = frame { id } else { nil } }
  }
}
