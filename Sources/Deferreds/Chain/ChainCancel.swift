extension Chain {
  /// Cancels this chain, or the one at the end of the row for which it waits.
  ///
  /// Twisted: `defer.Deferred.cancel`; there a circle recurses until Python's stack is full.
  @usableFromInline
  final func cancel() throws {
    var chain = self
    var slow = self
    var steps = 0
    while true {
      if let tag = chain.tag { tag.observe(.cancelAsked(tag.id)) }
      guard chain.isCalled else { return try chain.cancelUnfired() }
      // Twisted: `DeferredList.cancel` does nothing once the list has fired, even while it waits.
      guard !chain.cancelsMembers else { return }
      guard let inner = chain.resultChain else { return }
      if let tag = chain.tag { tag.observe(.cancelPassedOn(from: tag.id, to: tag.id(of: inner))) }
      steps += 1
      if steps.isMultiple(of: 2), let next = slow.resultChain { slow = next }
      if inner === slow { throw inner.comesBack() }
      chain = inner
    }
  }

  private final func cancelUnfired() throws {
    if let canceller {
      // A canceller may come back here once or twice and still end; Python's stack would stop others.
      guard cancelDepth < Self.deepestCancel, cancelCount < Self.mostCancels else { throw comesBack() }
      cancelDepth += 1
      cancelCount += 1
      defer {
        cancelDepth -= 1
        if cancelDepth == 0 { cancelCount = 0 }
      }
      if cancelsMembers { return try canceller(self) }
      try callCanceller(canceller)
    } else {
      suppressesNextFire = true
    }
    guard !isCalled else { return }
    try fire(.failure(Failure(CancelledError())))
  }

  private final func callCanceller(_ canceller: (Chain) throws -> Void) throws {
    guard let tag else { return try canceller(self) }
    tag.observe(.cancellerEntered(tag.id))
    do {
      try canceller(self)
      tag.observe(.cancellerLeft(tag.id, raised: nil))
    } catch {
      let failure = Failure.of(error)
      tag.observe(.cancellerLeft(tag.id, raised: failure))
      throw tag.observation.isWitness ? error : failure
    }
  }

  /// How deep a cancel may go through its own chain again; and how often in all, for a list that waits for
  /// itself through several members comes back on as many ways at each turn.
  private static let deepestCancel: Int32 = 20
  private static let mostCancels: Int32 = 1000

  /// The error of a cancel that never ends; the watcher hears of it even where a chain swallows it.
  private final func comesBack() -> CircularCancelError {
    let error = CircularCancelError(circle: circle)
    if let tag { tag.observe(.note(.error, who: displayName, text: error.description, Failure(error))) }
    return error
  }

  /// The names of the chains around which a cancel goes, the first again at the end.
  private final var circle: [String] {
    var names = [displayName]
    var next = resultChain
    while let chain = next, names.count < 50 {
      names.append(chain.displayName)
      if chain === self { break }
      next = chain.resultChain
    }
    return names.count == 1 ? [displayName, displayName] : names
  }
}
