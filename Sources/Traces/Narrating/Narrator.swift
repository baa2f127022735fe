/// Says in one plain sentence what a record tells: what happened, to what, and why.
///
/// The words are Twisted's (callback, errback, Failure, trap, waits, fired) and the program's own names.
///
/// - Complexity: O(log n), and O(k) for a record that speaks of k things.
public struct Narrator: Sendable {
  /// Values and messages longer than this many characters are cut.
  public var valueLimit: Int

  /// Creates a narrator that cuts values and messages at so many characters, 1 at least.
  public init(valueLimit: Int = 60) { self.valueLimit = max(1, valueLimit) }

  /// The sentence for `record`, in the world right after it.
  public func sentence(for record: Record, in world: World) -> String {
    let sentence = Telling(narrator: self, world: world).sentence(for: record.event)
    // What is cut needs no period.
    return sentence.hasSuffix("….") ? String(sentence.dropLast()) : sentence
  }
}

/// One world, and the words for what is in it.
struct Telling {
  let narrator: Narrator
  let world: World

  func sentence(for event: Event) -> String {
    switch event {
    case .made, .named, .stageAdded, .fired, .settled, .paused, .unpaused, .collected, .unhandled:
      ofChain(event)
    case .entered(let id, let stage, let side, let input):
      ofEntering(StageRef(deferred: id, stage: stage, side: side), input)
    case .left(let id, let stage, let side, let end):
      ofLeaving(StageRef(deferred: id, stage: stage, side: side), end)
    case .passedThrough(let id, let stage, let side):
      ofPassing(StageRef(deferred: id, stage: stage, side: side))
    case .waits, .took, .resumed, .read:
      ofWaiting(event)
    case .failureBorn, .trapAsked:
      ofFailure(event)
    case .cancelAsked, .cancelPassedOn, .cancellerEntered, .cancellerLeft, .lateResultSwallowed, .calledAgain:
      ofCancelling(event)
    case .callEntered(let kind, let name, let input):
      ofCall(kind, name, input)
    case .callLeft(let kind, let name, let end):
      ofCallEnd(kind, name, end)
    case .clockAdvanced, .timerMade, .timerBegan, .timerEnded, .timerCancelled, .timerMoved:
      ofTime(event)
    case .loopStarted, .loopTicked, .loopReset, .loopStopped, .taskMade, .taskPaused, .taskResumed,
      .taskEnded:
      ofActor(event)
    case .sharedChanged(_, let kind, let name, let held, let waiting, let total, let turn):
      ofShared(kind, name, held: held, waiting: waiting, total: total, turn)
    case .groupMade, .slotFilled, .groupDecided:
      ofGroup(event)
    case .generatorBegan, .generatorYielded, .generatorResumed, .generatorEnded:
      ofGenerator(event)
    case .note(let kind, let who, let text, _):
      ofNote(kind, who, text)
    case .dropped(let count):
      "\(count) records are missing here: the recorder did not keep them."
    }
  }
}
