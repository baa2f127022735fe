import Traces

/// Work in slices: each is short enough that a key is answered at once, and ^C is looked at in between.
extension Session {
  /// About this many records are driven in one slice; a few milliseconds.
  private static let sliceBudget = 2000
  private static let driveBudget = 1000
  /// What was recorded is only read, which is faster than to run.
  private static let loadBudget = 10_000
  /// Goes somewhere: at once where that is near, else in slices.
  mutating func go(to goal: Goal, count: Int = 1, keepsSelection: Bool = false) -> Message? {
    work = Work(goal, count: count, from: step, keepsSelection: keepsSelection)
    isDry = false
    return continueWork()
  }

  /// Does one slice of the work there is.
  ///
  /// - Returns: What to say when it is done, or could not be.
  mutating func continueWork() -> Message? {
    guard var work else { return nil }
    var budget = Self.sliceBudget
    while budget > 0 {
      switch find(work) {
      case .found(let step, let message, let subject):
        let isMoved = step != work.position
        work.position = step
        work.remaining -= 1
        budget -= 1
        if work.remaining == 0 || !isMoved { return arrive(work, message, at: subject) }
      case .looked(let records):
        work.scanned += records
        budget -= Self.sliceBudget
      case .lookedRound(let steps):
        work.round += steps
        budget -= Self.sliceBudget
      case .more:
        // What is all there is so far is looked through as what is all there is.
        if isDry { return arriveSoFar(work) }
        budget -= max(drive(), Self.sliceBudget / 20)
      case .nothing(let message):
        return arrive(work, message)
      }
    }
    self.work = work
    return nil
  }

  /// Takes in a few more records, and says how many.
  private mutating func drive() -> Int {
    let before = knownSteps
    let mayComeMore = timeline.extend(budget: source.recording == nil ? Self.driveBudget : Self.loadBudget)
    let gained = knownSteps - before
    isDry = gained == 0 && mayComeMore
    return gained
  }

  /// As far as a file that grows has got, for what wants the end or a step beyond it; else nowhere.
  private mutating func arriveSoFar(_ work: Work) -> Message? {
    var work = work
    if work.goal.isByNumber { work.position = knownSteps }
    if case .landmark(let landmark, let way) = work.goal,
      case .nothing(let message) = nowhere(landmark, way, from: work.position)
    {
      return arrive(work, message)
    }
    guard case .end = work.goal, knownSteps > 0 else {
      return arrive(work, .info("Nothing more had come yet."))
    }
    let message = arrive(
      work, .info("The newest step so far: the cursor goes on with what comes until a key moves it."))
    tail = step
    return message
  }

  private mutating func arrive(_ work: Work, _ message: Message?, at subject: Subject? = nil) -> Message? {
    self.work = nil
    if case .samePlace = work.goal {} else if work.goal.isJump, work.position != step { visited.leave(step) }
    if case .samePlace(let place) = work.goal { takeBack(place) }
    move(to: work.position, keepsSelection: work.keepsSelection)
    if case .samePlace(let place) = work.goal, place.follows, !isEndKnown {
      timeline.seek(to: knownSteps)
      tail = knownSteps
      return .info("Read again: the cursor goes on with what comes until a key moves it.")
    }
    if let subject { select(subject) }
    if case .failure = work.goal { selection.failure = nil }
    if isAtEnd, let fault = source.fault, message == nil || !work.goal.isAnswered {
      return .warning("ended early: \(fault)")
    }
    return message
  }

  /// Puts the cursor at a step; what follows the step is no longer held, save the Deferred, unless all is kept.
  mutating func move(to target: Int, keepsSelection: Bool = false) {
    guard target != step else { return }
    tail = nil
    timeline.seek(to: target)
    scrolls[.details]?.row = 0
    scrolls[.narration]?.row = 0
    guard !keepsSelection else { return }
    selection.stage = nil
    selection.event = nil
    selection.line = nil
    selection.logEntry = nil
  }

  /// Whether there is something to be done while nobody types.
  var hasIdleWork: Bool {
    if work != nil || hasNews { return true }
    if filter.map({ $0.scannedTo < knownSteps }) == true || names.scannedTo < knownSteps { return true }
    if failures.hasMore(timeline) || deferredFilter?.hasMore(self) == true { return true }
    return !isDry && !isEndKnown && knownSteps - step < aheadLimit
  }

  /// What is kept up with what is known before each frame, in bounded time.
  mutating func lookAround() {
    lookAtFailures(budget: loadedPercent == nil ? Self.failureGlance : Self.failureGlance / 4)
    lookAtDeferreds(isGlance: true)
    gaps.look(timeline)
    siteOrder.look(timeline)
  }

  /// One slice of work; where nobody waits for any, the filter looks on and the source is driven ahead.
  mutating func idle() -> Message? {
    if work != nil { return continueWork() }
    if hasNews { return news() }
    if var index = filter, index.scannedTo < knownSteps {
      filter = nil
      index.scan(timeline, budget: Self.sliceBudget)
      filter = index
    } else if deferredFilter?.hasMore(self) == true {
      lookAtDeferreds(isGlance: false)
    } else if loadedPercent != nil, !isDry {
      return driveOn()
    } else if names.scannedTo < knownSteps {
      _ = names.scan(timeline, budget: Self.nameBudget)
    } else if failures.hasMore(timeline) {
      lookAtFailures()
    } else if hasIdleWork {
      return driveOn()
    }
    return nil
  }

  /// Takes in more. Whoever waits for it is told why no more will come.
  private mutating func driveOn() -> Message? {
    _ = drive()
    if let tail, tail == step {
      // What is selected, or read in the details, stays as it is.
      timeline.seek(to: knownSteps)
      self.tail = knownSteps
    }
    return hasWaited && isEndKnown ? source.fault.map { .warning($0) } : nil
  }
}
