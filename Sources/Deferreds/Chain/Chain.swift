/// The one mutable object behind every `Deferred` handle on it.
///
/// No access to a stored property may span a call into user code: a handler may add to, fire, pause or
/// cancel this very chain. With that rule kept, run-time exclusivity checks find nothing and only cost
/// time (a third of a callback), so they are off for these properties.
///
/// Who owns whom: a chain owns its stages; a stage that resumes a waiting chain owns that chain; a
/// chain that waits does *not* own the one it waits for, but inherits it (see `bequeath`) when
/// nobody else is left who could cancel it. So no circle of owners ever forms by waiting.
@usableFromInline
class Chain {
  @exclusivity(unchecked) final var outcome: Outcome = .none
  @exclusivity(unchecked) final var head: Stage?
  /// The last stage, which the list owns: held without counting, as each stage that is added looks here.
  @exclusivity(unchecked) final var tail: Unmanaged<Stage>?
  @exclusivity(unchecked) final var canceller: ((Chain) throws -> Void)?
  /// The stage, on another chain, that will resume this one; it knows of those before it, if there are any.
  @exclusivity(unchecked) final unowned(unsafe) var waitStage: ResumeStage?
  /// The chains whose results this one needs, where nobody else holds them any more.
  @exclusivity(unchecked) final var heirs: [Chain] = []
  /// The members of the group whose result this chain is, if it is one.
  @exclusivity(unchecked) final var members: Members?
  /// What a watcher knows this chain by, which this chain owns; nil when nobody watches. Held without counting, as
  /// each stage that is added or run looks here.
  @exclusivity(unchecked) final private(set) var tagReference: Unmanaged<ChainTag>?
  @exclusivity(unchecked) final var firstFire = Place()
  @exclusivity(unchecked) final var pauses = 0
  @exclusivity(unchecked) final var stagesAdded = 0
  /// How many stages that tie this chain to another stand in the list.
  @exclusivity(unchecked) final var waiters = 0
  @exclusivity(unchecked) final var isCalled = false
  @exclusivity(unchecked) final var isRunning = false
  /// How often a cancel of this chain is inside another one of it now, and how often that came about.
  @exclusivity(unchecked) final var cancelDepth: Int32 = 0
  @exclusivity(unchecked) final var cancelCount: Int32 = 0
  /// Whether one late result may still be swallowed after a cancel.
  @exclusivity(unchecked) final var suppressesNextFire = false
  /// Whether a run ended with a Failure that nobody has taken since.
  @exclusivity(unchecked) final var holdsUnhandled = false
  /// Whether a run ever ended with a Failure.
  @exclusivity(unchecked) final var hasFailed = false
  /// Whether `canceller` stands for the members of a list, and so fires nothing by itself.
  @exclusivity(unchecked) final var cancelsMembers = false
  final let isDynamic: Bool

  @usableFromInline
  init(dynamic: Bool, origin: ChainOrigin) {
    isDynamic = dynamic
    if Observation.isAnyoneWatching { Observation.current?.adopt(self, origin: origin) }
  }

  // MARK: What a chain of dynamic values answers differently

  /// What is left where a result was taken.
  var emptyOutcome: Outcome { .empty }
  /// A result as a chain keeps it: a value that is a Failure is one.
  func normalized(_ result: Outcome) -> Outcome { result }
  /// The chain of the Deferred that a value is.
  func heldChain(in box: Box) -> Chain? { nil }
  /// What a watcher knows this chain by; nil when nobody watches.
  final var tag: ChainTag? {
    get { tagReference?.takeUnretainedValue() }
    set {
      let old = tagReference
      tagReference = newValue.map { .passRetained($0) }
      old?.release()
    }
  }

  /// A chain as a result.
  func holding(_ chain: Chain) -> Outcome { .empty }
  /// The Failure with which the last run ended, where a result that came after it has taken its place.
  var overtaken: Failure? {
    get { nil }
    set {}
  }

  // MARK: Stages

  /// Adds a stage, and runs it at once if the chain has a result to give it.
  @usableFromInline
  final func append(_ stage: Stage) {
    link(stage)
    if isCalled { run() }
  }

  /// Adds a stage without running anything.
  final func link(_ stage: Stage) {
    stage.index = stagesAdded
    stagesAdded += 1
    if let tail { tail._withUnsafeGuaranteedRef { $0.next = stage } } else { head = stage }
    tail = .passUnretained(stage)
    tagReference?._withUnsafeGuaranteedRef { $0.tellAdded(stage) }
  }

  /// Puts a stage before all that have not run.
  final func prepend(_ stage: Stage) {
    stage.index = stagesAdded
    stagesAdded += 1
    stage.next = head
    head = stage
    if tail == nil { tail = .passUnretained(stage) }
    tagReference?._withUnsafeGuaranteedRef { $0.tellAdded(stage) }
  }

  /// Takes the next stage off the list.
  @inline(__always)
  final func popStage() -> Stage? {
    guard let stage = head else { return nil }
    head = stage.next
    stage.next = nil
    if head == nil { tail = nil }
    return stage
  }

  // MARK: Firing

  /// Gives the chain its first result.
  @usableFromInline
  final func fire(_ result: Outcome, file: String = "", line: Int = 0) throws(AlreadyCalledError) {
    if isCalled { return try fireAgain(result) }
    isCalled = true
    firstFire = Place(file: file, line: line)
    canceller = nil
    outcome = isDynamic ? normalized(result) : result
    if let tag { tag.tellFired(result, in: self) }
    run(isFire: true)
  }

  /// Swallows the one late result a cancelled chain may get; any other is an error of the program.
  private final func fireAgain(_ result: Outcome) throws(AlreadyCalledError) {
    if suppressesNextFire {
      suppressesNextFire = false
      if let tag { tag.observe(.lateResultSwallowed(tag.id, tag.carried(result, in: self))) }
      return
    }
    if let tag { tag.observe(.calledAgain(tag.id)) }
    throw AlreadyCalledError(
      deferred: tag?.name, firstFired: firstFire.file.isEmpty ? nil : firstFire)
  }

  /// Gives a new chain its result without a run, as Twisted's `succeed` does.
  @usableFromInline
  final func succeed(_ result: Outcome) {
    isCalled = true
    outcome = isDynamic ? normalized(result) : result
    guard let tag else { return }
    tag.tellFired(result, in: self)
    tag.tellSettled(result, in: self)
  }

  // MARK: Pausing

  final func pause() {
    pauses += 1
    if let tag { tag.observe(.paused(tag.id, count: pauses)) }
  }

  /// Takes back one `pause`; a typed chain refuses to count below what it waits for.
  final func unpause() throws(UnmatchedUnpauseError) {
    if !isDynamic {
      let byWaiting = if case .waiting = outcome { 1 } else { 0 }
      guard pauses > byWaiting else { throw UnmatchedUnpauseError() }
    }
    pauses -= 1
    if let tag { tag.observe(.unpaused(tag.id, count: pauses)) }
    guard pauses == 0, isCalled else { return }
    run()
  }

  // MARK: The end

  /// Makes a chain of the same kind that takes the place of one that is being freed.
  init(heirOf chain: Chain) {
    isDynamic = chain.isDynamic
    outcome = chain.outcome
    canceller = chain.canceller
    tagReference = chain.tag.map { .passRetained($0) }
    firstFire = chain.firstFire
    pauses = chain.pauses
    stagesAdded = chain.stagesAdded
    waiters = chain.waiters
    isCalled = chain.isCalled
    suppressesNextFire = chain.suppressesNextFire
    holdsUnhandled = chain.holdsUnhandled
    hasFailed = chain.hasFailed
    cancelsMembers = chain.cancelsMembers
    members = chain.members
  }

  func makeHeir() -> Chain { Chain(heirOf: self) }

  deinit {
    defer { tagReference?.release() }
    if waiters > 0, bequeath() { return }
    if tagReference != nil || holdsUnhandled { reportEnd() }
    if head != nil || waitStage != nil || members != nil || canceller != nil || !heirs.isEmpty {
      return demolish()
    }
    if outcome.isReference { demolishResult() }
  }
}

@available(*, unavailable) extension Chain: Sendable {}
