/// Which of an entry's numbers are those of things.
extension Entry {
  /// What ``id`` is the number of.
  var subject: ThingKind? {
    switch kind {
    case .failureBorn, .trapAsked: .failure
    case .timerMade, .timerBegan, .timerEnded, .timerCancelled, .timerMoved: .timer
    case .loopStarted, .loopTicked, .loopReset, .loopStopped, .taskMade, .taskPaused, .taskResumed,
      .taskEnded, .sharedChanged:
      .actor
    case .callEntered, .callLeft, .clockAdvanced, .note, .dropped: nil
    default: .deferred
    }
  }

  /// What ``other`` is the number of; nil where it is none, or that of a creation site.
  var object: ThingKind? {
    switch kind {
    case .waits, .took, .resumed, .cancelPassedOn, .generatorYielded, .loopStarted, .timerMade,
      .sharedChanged:
      .deferred
    case .stageAdded where stage == .chainTo || stage == .slot || stage == .resumes: .deferred
    case .unhandled, .cancellerLeft, .failureBorn, .timerEnded, .loopStopped, .taskEnded, .note: .failure
    default: nil
    }
  }

  /// Hands over each number of a thing, and takes the one it gets.
  mutating func renumber(_ number: (ThingKind, Int32) -> Int32) {
    if let subject { id = number(subject, id) }
    if let object { other = number(object, other) }
    switch what {
    case .failure: whatID = number(.failure, whatID)
    case .deferred: whatID = number(.deferred, whatID)
    case .nothing, .value, .none: break
    }
  }

  /// Puts all its times so much later.
  mutating func shift(by lag: Int64) {
    time = lag &+ time
    if kind == .timerMade || kind == .timerMoved { number = lag &+ number }
  }
}
