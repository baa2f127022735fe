package import Traces

extension Event {
  /// The Deferred whose chain shows what happened, if one does.
  package var deferred: DeferredID? {
    switch self {
    // It is the one that begins to wait whose story goes on.
    case .stageAdded(_, _, .resumes(let outer), _, _): outer
    case .made(let id, _, _, _), .named(let id, _), .stageAdded(let id, _, _, _, _), .fired(let id, _),
      .entered(let id, _, _, _), .left(let id, _, _, _), .passedThrough(let id, _, _), .read(let id, _, _),
      .paused(let id, _), .unpaused(let id, _), .settled(let id, _), .collected(let id),
      .unhandled(let id, _), .cancelAsked(let id), .cancellerEntered(let id), .cancellerLeft(let id, _),
      .lateResultSwallowed(let id, _), .calledAgain(let id), .groupMade(let id, _, _),
      .slotFilled(let id, _, _), .groupDecided(let id, _), .generatorBegan(let id, _),
      .generatorYielded(let id, _), .generatorResumed(let id, _), .generatorEnded(let id, _):
      id
    case .waits(let outer, _, _), .took(let outer, _, _), .resumed(let outer, _, _, _): outer
    case .cancelPassedOn(_, let to): to
    case .loopStarted(_, _, let deferred, _, _): deferred
    default: nil
    }
  }

  /// A second Deferred that takes part.
  var otherDeferred: DeferredID? {
    switch self {
    case .waits(_, let inner, _), .took(_, let inner, _), .resumed(_, let inner, _, _): inner
    case .cancelPassedOn(let from, _): from
    case .generatorYielded(_, let on): on
    case .sharedChanged(_, _, _, _, _, _, let turn): turn?.deferred
    case .stageAdded(_, _, let kind, _, _):
      switch kind {
      case .chainTo(let id), .slot(let id, _), .resumes(let id): id
      default: nil
      }
    default: nil
    }
  }

  /// The Failure that takes part, if one does.
  package var failure: FailureID? {
    switch self {
    case .failureBorn(let id, _, _, _, _), .trapAsked(let id, _, _), .unhandled(_, let id): id
    case .fired(_, let outcome), .entered(_, _, _, let outcome), .took(_, _, let outcome),
      .resumed(_, _, _, let outcome), .read(_, let outcome, _), .settled(_, let outcome),
      .lateResultSwallowed(_, let outcome), .slotFilled(_, _, let outcome),
      .generatorResumed(_, let outcome):
      outcome.failure
    case .left(_, _, _, let end), .callLeft(_, _, let end), .generatorEnded(_, let end): end.failure
    case .callEntered(_, _, let input): input?.failure
    case .cancellerLeft(_, let raised), .timerEnded(_, let raised): raised
    case .loopStopped(_, let id), .taskEnded(_, let id), .note(_, _, _, let id): id
    default: nil
    }
  }

  /// The loop, task, lock, semaphore or queue that takes part, if one does.
  var actor: ActorID? {
    switch self {
    case .loopStarted(let id, _, _, _, _), .loopTicked(let id, _, _), .loopReset(let id),
      .loopStopped(let id, _),
      .taskMade(let id, _, _), .taskPaused(let id, _), .taskResumed(let id, _), .taskEnded(let id, _),
      .sharedChanged(let id, _, _, _, _, _, _):
      id
    default: nil
    }
  }

  /// The timer that takes part, if one does.
  package var timer: TimerID? {
    switch self {
    case .timerMade(let id, _, _, _), .timerBegan(let id), .timerEnded(let id, _), .timerCancelled(let id),
      .timerMoved(let id, _):
      id
    default: nil
    }
  }

  /// Whether a thing takes part in what happened.
  package func concerns(_ subject: Subject) -> Bool {
    switch subject {
    case .deferred(let id): deferred == id || otherDeferred == id
    case .stage(let id, let stage): deferred == id && self.stage == stage
    case .failure(let id): failure == id
    case .timer(let id): timer == id
    case .actor(let id): actor == id
    case .site, .event, .line, .logEntry: false
    }
  }

  /// The stage of its Deferred at which it happened.
  package var stage: Int? {
    switch self {
    case .stageAdded(_, let index, _, _, _): index
    case .entered(_, let stage, _, _), .left(_, let stage, _, _), .passedThrough(_, let stage, _): stage
    default: nil
    }
  }
}

extension Outcome {
  var failure: FailureID? { if case .failure(let id) = self { id } else { nil } }
}

extension HandlerEnd {
  var failure: FailureID? {
    switch self {
    case .returnedFailure(let id), .raised(let id): id
    case .returned, .returnedDeferred: nil
    }
  }
}
