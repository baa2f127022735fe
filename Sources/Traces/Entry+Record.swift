/// A record's entry. The scanner of trace files makes the same ones without making the record first.
extension Entry {
  /// Takes what the fold needs from a record.
  ///
  /// - Parameters:
  ///   - thread: the number of ``Record/thread``.
  ///   - sites: numbers the place where a Deferred is made.
  public init(_ record: Record, thread: Int32 = 0, sites: Sites) {
    self.init(record.event)
    if let site = sites.number(of: record) { other = site }
    time = record.time
    depth = Int32(clamping: max(0, record.depth))
    self.thread = thread
    if record.place != nil { flags.insert(.hasPlace) }
  }

  private init(_ event: Event) {
    switch event {
    case .made(let id, _, let name, let hasCanceller):
      self.init(.made, id)
      if name != nil { flags.insert(.hasName) }
      if hasCanceller { flags.insert(.hasCanceller) }
    case .named(let id, _): self.init(.named, id)
    case .stageAdded(let id, let index, let kind, _, _):
      self.init(.stageAdded, id, index: index)
      take(kind)
    case .fired(let id, let outcome): self.init(.fired, id, outcome)
    case .settled(let id, let outcome): self.init(.settled, id, outcome)
    case .read(let id, let outcome, let leavesEmpty):
      self.init(.read, id, outcome)
      if leavesEmpty { flags.insert(.leavesEmpty) }
    case .entered(let id, let stage, let side, let input):
      self.init(.entered, id, input, index: stage)
      take(side)
    case .left(let id, let stage, let side, let end):
      self.init(.left, id, index: stage)
      take(side)
      take(end)
    case .passedThrough(let id, let stage, let side):
      self.init(.passedThrough, id, index: stage)
      take(side)
    default: self.init(around: event)
    }
  }

  private init(around event: Event) {
    switch event {
    case .waits(let outer, let inner, let stage): self.init(.waits, outer, other: inner, index: stage)
    case .took(let outer, let inner, let outcome): self.init(.took, outer, outcome, other: inner)
    case .resumed(let outer, let inner, let stage, let outcome):
      self.init(.resumed, outer, outcome, other: inner, index: stage)
    case .paused(let id, let count): self.init(.paused, id, number: Int64(count))
    case .unpaused(let id, let count): self.init(.unpaused, id, number: Int64(count))
    case .collected(let id): self.init(.collected, id)
    case .unhandled(let id, let failure): self.init(.unhandled, id, other: failure)
    case .cancelAsked(let id): self.init(.cancelAsked, id)
    case .cancelPassedOn(let from, let to): self.init(.cancelPassedOn, from, other: to)
    case .cancellerEntered(let id): self.init(.cancellerEntered, id)
    case .cancellerLeft(let id, let raised): self.init(.cancellerLeft, id, other: raised)
    case .lateResultSwallowed(let id, let outcome): self.init(.lateResultSwallowed, id, outcome)
    case .calledAgain(let id): self.init(.calledAgain, id)
    case .groupMade(let id, _, _): self.init(.groupMade, id)
    case .slotFilled(let id, let index, let outcome): self.init(.slotFilled, id, outcome, index: index)
    case .groupDecided(let id, let index): self.init(.groupDecided, id, index: index)
    case .generatorBegan(let id, _): self.init(.generatorBegan, id)
    case .generatorYielded(let id, let on): self.init(.generatorYielded, id, other: on)
    case .generatorResumed(let id, let outcome): self.init(.generatorResumed, id, outcome)
    case .generatorEnded(let id, let end):
      self.init(.generatorEnded, id)
      take(end)
    default: self.init(beside: event)
    }
  }

  private init(beside event: Event) {
    switch event {
    case .failureBorn(let id, _, _, _, let from): self.init(.failureBorn, id, other: from)
    case .trapAsked(let id, _, let matched):
      self.init(.trapAsked, id)
      if matched != nil { flags.insert(.isMatched) }
    case .timerMade(let id, let due, let name, let deferred):
      self.init(.timerMade, id, other: deferred, number: due)
      if name != nil { flags.insert(.hasName) }
    case .timerBegan(let id): self.init(.timerBegan, id)
    case .timerEnded(let id, let raised): self.init(.timerEnded, id, other: raised)
    case .timerCancelled(let id): self.init(.timerCancelled, id)
    case .timerMoved(let id, let due): self.init(.timerMoved, id, number: due)
    case .loopStarted(let id, _, let deferred, _, _): self.init(.loopStarted, id, other: deferred)
    case .loopTicked(let id, let number, _): self.init(.loopTicked, id, number: Int64(number))
    case .loopReset(let id): self.init(.loopReset, id)
    case .loopStopped(let id, let failure): self.init(.loopStopped, id, other: failure)
    case .taskMade(let id, _, _): self.init(.taskMade, id)
    case .taskPaused(let id, let count): self.init(.taskPaused, id, number: Int64(count))
    case .taskResumed(let id, let count): self.init(.taskResumed, id, number: Int64(count))
    case .taskEnded(let id, let why): self.init(.taskEnded, id, other: why)
    case .sharedChanged(let id, _, _, _, _, _, let turn):
      self.init(.sharedChanged, id, other: turn?.deferred)
      if case .given? = turn { flags.insert(.isGiven) }
    default: self.init(outside: event)
    }
  }

  private init(outside event: Event) {
    switch event {
    case .callEntered(_, _, let input):
      self.init(.callEntered)
      if let input { take(input) }
    case .callLeft(_, _, let end):
      self.init(.callLeft)
      take(end)
    case .note(let kind, _, _, let failure):
      self.init(.note, -1, other: failure)
      if kind == "say" { flags.insert(.isSay) }
      if kind == "error" { flags.insert(.isError) }
    case .dropped: self.init(.dropped)
    default: self.init(Kind.clockAdvanced)
    }
  }

  private init(
    _ kind: Kind, _ id: Int, _ outcome: Outcome? = nil, other: Int? = nil, index: Int? = nil,
    number: Int64 = 0
  ) {
    self.init(kind)
    self.id = Self.number(id)
    if let other { self.other = Self.number(other) }
    if let index { self.index = Self.number(index) }
    self.number = number
    if let outcome { take(outcome) }
  }

  private mutating func take(_ side: Side) {
    if side == .errback { flags.insert(.isErrback) }
  }

  private mutating func take(_ outcome: Outcome) {
    switch outcome {
    case .value(let text): what = text == .none ? .none : .value
    case .failure(let id): (what, whatID) = (.failure, Self.number(id))
    case .deferred(let id): (what, whatID) = (.deferred, Self.number(id))
    }
  }

  private mutating func take(_ end: HandlerEnd) {
    switch end {
    case .returned(let text): what = text == .none ? .none : .value
    case .returnedDeferred(let id): (what, whatID) = (.deferred, Self.number(id))
    case .returnedFailure(let id): (what, whatID) = (.failure, Self.number(id))
    case .raised(let id):
      (what, whatID) = (.failure, Self.number(id))
      flags.insert(.isRaised)
    }
  }

  private mutating func take(_ kind: StageKind) {
    switch kind {
    case .handlers: stage = .handlers
    case .timeout: stage = .timeout
    case .chainTo(let id): (stage, other) = (.chainTo, Self.number(id))
    case .slot(let group, _): (stage, other) = (.slot, Self.number(group))
    case .resumes(let id): (stage, other) = (.resumes, Self.number(id))
    case .library(let what): stage = Self.givesOn(what) ? .givesOn : .library
    }
  }

  /// Whether the result of that stage of the library goes to a coroutine, which leaves the chain empty.
  static func givesOn(_ library: String) -> Bool { library == "coroutine" || library == "inlineCallbacks" }
}
