extension Chain {
  /// Whether a handler that returned this chain gets its result at once.
  ///
  /// Twisted: a chain without a result, with a Deferred for a result, or paused has nothing to give yet.
  private final var hasResultToGive: Bool {
    guard pauses == 0 else { return false }
    switch outcome {
    case .none, .waiting: return false
    case .value(let box): return !isDynamic || heldChain(in: box) == nil
    default: return true
    }
  }

  /// Takes the result of the chain that a handler returned, or waits for it.
  ///
  /// - Returns: whether there is a result to go on with.
  final func take(from inner: Chain) -> Bool {
    guard inner !== self, inner.hasResultToGive else { return !wait(for: inner) }
    outcome = inner.outcome
    inner.leaveEmpty()
    if let tag {
      tag.observe(.took(outer: tag.id, inner: tag.id(of: inner), tag.carried(outcome, in: self)))
    }
    return true
  }

  /// Pauses until `inner` has run through all the stages it has now.
  ///
  /// - Returns: false if that could never happen and a typed chain got a Failure instead.
  private final func wait(for inner: Chain) -> Bool {
    let closesCircle = waiters > 0 && inner.circle(closedBy: self) || inner === self
    if closesCircle, !isDynamic {
      outcome = .failure(Failure(CircularWaitError(circle: inner.circleNames(upTo: self))))
      return false
    }
    pauses += 1
    outcome = .waiting
    let stage = ResumeStage("resume", outer: self, inner: inner, owning: !closesCircle)
    if let earlier = waitStage {
      // An unpause has ended that wait too early. Its stage stays, but one owner on this side is enough.
      earlier.owned = nil
      stage.earlier = earlier
    }
    waitStage = stage
    inner.link(stage)
    if let tag {
      tag.observe(.waits(outer: tag.id, inner: tag.id(of: inner), innerStage: stage.index))
    }
    return true
  }

  /// Moves this chain's result to the chain that a stage is to resume.
  ///
  /// - Returns: the resumed chain; nil if it is gone.
  final func hand(over stage: ResumeStage) -> Chain? {
    guard let outer = stage.untie().outer else {
      if case .failure = outcome {
        holdsUnhandled = true
        reportUnhandled()
      }
      leaveEmpty()
      return nil
    }
    // The pause of this wait was taken back before, so the outer chain ran on, failed, and stays as it is.
    if outer.holdsUnhandled, outer.overtaken == nil, case .failure(let failure) = outer.outcome {
      outer.overtaken = failure
    }
    outer.outcome = outcome
    leaveEmpty()
    outer.pauses -= 1
    outer.forget(stage)
    if let tag = outer.tag {
      let carried = tag.carried(outer.outcome, in: outer)
      tag.observe(
        .resumed(outer: tag.id, inner: tag.id(of: self), innerStage: stage.index, carried))
    }
    return outer
  }

  // MARK: The stages that would resume this chain: more than one where an unpause has ended a wait too early

  /// Takes out a stage that will not resume this chain any more.
  final func forget(_ stage: LinkStage) {
    guard waitStage !== stage else { return waitStage = waitStage?.earlier }
    var next = waitStage
    while let later = next {
      if later.earlier === stage { return later.earlier = later.earlier?.earlier }
      next = later.earlier
    }
  }

  /// Whoever this chain waits for lives on, and must not resume it any more.
  final func stopWaiting() {
    while let stage = waitStage {
      stage.outer = nil
      waitStage = stage.earlier
    }
  }

  /// Lets another chain be resumed in place of this one.
  final func waitInstead(_ heir: Chain) {
    var next = waitStage
    while let stage = next {
      stage.outer = heir
      if stage.owned != nil { stage.owned = heir }
      next = stage.earlier
    }
    heir.waitStage = waitStage
    waitStage = nil
  }

  // MARK: Results that move

  /// Forgets a result that somebody else has now.
  final func leaveEmpty() {
    outcome = emptyOutcome
    countAsHandled()
  }

  /// Forgets that a run ended with a Failure that nobody took.
  @inline(__always)
  final func countAsHandled() {
    if holdsUnhandled, isDynamic { overtaken = nil }
    holdsUnhandled = false
  }

  /// The Failure that nobody has taken, if there is one.
  final var unhandled: Failure? {
    guard holdsUnhandled else { return nil }
    if let overtaken { return overtaken }
    if case .failure(let failure) = outcome { return failure }
    return nil
  }

  /// The result as user code sees it: while the chain waits, and an unmatched `unpause` took back the pause
  /// that goes with waiting, that is the Deferred that it waits for.
  final var resultInPlace: Outcome {
    guard isDynamic, case .waiting = outcome, let inner = waitStage?.inner else { return outcome }
    return holding(inner)
  }

  /// The chain whose result this one's result is, or waits for.
  final var resultChain: Chain? {
    switch outcome {
    case .waiting: waitStage?.inner
    case .value(let box): isDynamic ? heldChain(in: box) : nil
    default: nil
    }
  }

  /// Whether following what this chain waits for leads to `end`.
  ///
  /// O(length of the row). Asked only when somebody waits for `end` already, so a row that is built
  /// from either end is not walked again and again.
  private final func circle(closedBy end: Chain) -> Bool {
    var next: Chain? = self
    while let chain = next {
      if chain === end { return true }
      next = chain.waitStage?.inner
      if next === self { return false }
    }
    return false
  }

  /// The names along a circle of waiting, for people.
  final func circleNames(upTo end: Chain) -> [String] {
    var names = [end.displayName]
    var next: Chain? = self
    while let chain = next, names.count < 50 {
      names.append(chain.displayName)
      if chain === end { break }
      next = chain.resultChain
    }
    return names
  }

  final var displayName: String { tag?.name ?? tag.map { "Deferred \($0.id)" } ?? "Deferred" }
}
