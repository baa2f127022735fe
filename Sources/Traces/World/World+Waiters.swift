// Who waits for whom: chains for the Deferreds that their handlers returned, coroutines for those they await.
extension World {
  /// A coroutine, or a generator, has given on `inner`, and goes on with what that brings.
  ///
  /// One that was cancelled and cleans up is not linked to it: its chain waits already, for its end.
  mutating func awaits(_ outer: Int32, _ inner: Int32) {
    stopAwaiting(outer)
    guard deferredCores[Int(outer)].waitsOn < 0 else { return }
    deferredCores[Int(outer)].flags.insert(.isAwaiting)
    join(outer, to: inner)
  }

  /// The coroutine goes on, or is over.
  mutating func stopAwaiting(_ outer: Int32) {
    if deferredCores[Int(outer)].flags.contains(.isAwaiting) { stopWaiting(outer) }
  }

  // MARK: What waiters take

  /// The Failure that `inner` had is that of `outer` from now on, and `inner` is left with nothing.
  mutating func passOn(_ failure: Int32, from inner: Int32, to outer: Int32) {
    if deferredCores[Int(inner)].result.failure == Int(failure) { letGo(inner) }
    let extra = extra(of: inner)
    let isFirst = extras[extra].passedOn < 0
    extras[extra].passedOn = failure
    extras[extra].passedTo = outer
    if isFirst, !failed.contains(Int(inner)) { count(inner) { $0.passedOn += 1 } }
  }

  /// Whether a Deferred has a Failure as its result, or a handler of it works on that right now.
  mutating func has(_ id: Int32, _ failure: Int32) -> Bool {
    let core = deferredCores[Int(id)]
    if core.result.failure == Int(failure) { return true }
    guard core.currentStage >= 0 else { return false }
    return stageCores[placeOfStage(core.currentStage, of: core)].passage.input.failure == Int(failure)
  }

  /// Whether who waited for it has taken a Failure from it.
  mutating func hasPassedOn(_ id: Int32) -> Bool {
    let extra = Int(deferredCores[Int(id)].extra)
    return extra >= 0 && extras[extra].passedOn >= 0
  }

  /// It has got a result of its own since.
  mutating func forgetPassedOn(_ id: Int32) {
    if !failed.contains(Int(id)) { count(id) { $0.passedOn -= 1 } }
    let extra = extra(of: id)
    (extras[extra].passedOn, extras[extra].passedTo) = (-1, -1)
  }

  // MARK: Links

  /// `outer` becomes the last of those that wait for `inner`.
  mutating func join(_ outer: Int32, to inner: Int32) {
    let last = deferredCores[Int(inner)].lastWaiter
    deferredCores[Int(outer)].waitsOn = inner
    deferredCores[Int(outer)].previousWaiter = last
    deferredCores[Int(outer)].nextWaiter = -1
    if last >= 0 { deferredCores[Int(last)].nextWaiter = outer }
    deferredCores[Int(inner)].lastWaiter = outer
    if last < 0 { deferredCores[Int(inner)].firstWaiter = outer }
    deferredCores[Int(inner)].waiterCount += 1
    waiting.insert(Int(outer))
    roots.set(Int(outer), closesCircle(outer))
  }

  /// Whether `outer` waits, in the end, for itself. A circle has one root, or none would show it.
  private mutating func closesCircle(_ outer: Int32) -> Bool {
    // Mostly nobody waits yet for who begins to wait: calls of calls would go all the way down each time.
    guard deferredCores[Int(outer)].firstWaiter >= 0 else { return false }
    var next = deferredCores[Int(outer)].waitsOn
    // A longer circle is rare enough to go without a root, and looking costs time at every wait.
    for _ in 0..<64 {
      guard next >= 0 else { return false }
      if next == outer { return true }
      next = deferredCores[Int(next)].waitsOn
    }
    return false
  }

  mutating func stopWaiting(_ outer: Int32) {
    let core = deferredCores[Int(outer)]
    let inner = Int(core.waitsOn)
    guard inner >= 0 else { return }
    if core.previousWaiter >= 0 {
      deferredCores[Int(core.previousWaiter)].nextWaiter = core.nextWaiter
    } else {
      deferredCores[inner].firstWaiter = core.nextWaiter
    }
    if core.nextWaiter >= 0 {
      deferredCores[Int(core.nextWaiter)].previousWaiter = core.previousWaiter
    } else {
      deferredCores[inner].lastWaiter = core.previousWaiter
    }
    deferredCores[inner].waiterCount -= 1
    deferredCores[Int(outer)].waitsOn = -1
    deferredCores[Int(outer)].nextWaiter = -1
    deferredCores[Int(outer)].previousWaiter = -1
    if core.flags.contains(.isAwaiting) {
      deferredCores[Int(outer)].flags.remove(.isAwaiting)
    } else {
      deferredCores[Int(outer)].pauseCount &-= 1
    }
    waiting.remove(Int(outer))
    roots.insert(Int(outer))
  }
}
