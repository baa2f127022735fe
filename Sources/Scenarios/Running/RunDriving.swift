internal import Deferreds

/// Set-up, driving, end.
extension ScenarioRun {
  /// Makes what exists from the start, in the order that the format lays down.
  package func setUp() {
    Observation.with(observation) {
      clock.onError = { [unowned self] error, call in
        let failure = self.failure(of: error, at: nil)
        self.log(.error, failure.description, who: self.owner(of: call), failure: failure)
      }
      makeSharing()
      makeCooperators()
      for declaration in scenario.deferreds where fault == nil {
        let name = declaration.name ?? ""
        logged(who: name) { _ = try make(declaration, called: name, in: RunScope(who: name)) }
      }
      makeLoops()
      // What is said at 0 introduces the rest; anything else looks back at what was due by then.
      tap.speakIntroduction()
      let first = scenario.timeline.firstIndex { $0.at == nil } ?? scenario.timeline.endIndex
      for entry in scenario.timeline[..<first] where fault == nil { schedule(entry) }
      openingStep = step()
      for entry in scenario.timeline[first...] where fault == nil { schedule(entry) }
    }
  }

  /// Runs the next due call to its end; with a `drive` list, moves time where nothing is due.
  ///
  /// - Returns: whether there may be more to come.
  package func advance() -> Bool {
    guard fault == nil, !driver.isOver else { return false }
    Observation.with(observation) {
      switch scenario.drive {
      case .each: advanceToNextCall()
      case .pump(let amounts): advanceInList(amounts)
      }
    }
    return fault == nil && !driver.isOver
  }

  /// Lets go of every Deferred in the order in which they were made, and looks at what was expected at the end.
  package func finish() {
    guard fault == nil, !driver.isFinished else { return }
    driver.isFinished = true
    Observation.with(observation) {
      checkExpectations(upTo: .max)
      for entry in made where fault == nil { letGo(entry) }
      checkExpectationsAtEnd()
    }
    tap.isClosed = true
  }

  private func advanceToNextCall() {
    // Puts calls that were moved where they belong, so that the next one is the right one.
    clock.moveTime(by: .zero)
    guard let due = clock.nextDueMicroseconds, due <= scenario.until ?? .max else {
      if let until = scenario.until, until > clock.nowMicroseconds { moveTime(to: until) }
      endDriving()
      return
    }
    if due > clock.nowMicroseconds { moveTime(to: due) }
    runOneDue()
  }

  /// Twisted: `Clock.pump`, but one call at a time.
  private func advanceInList(_ amounts: [Microseconds]) {
    if driver.isInside {
      if runOneDue() { return }
      driver.isInside = false
      momentIsOver(upTo: clock.nowMicroseconds)
    }
    guard driver.nextAmount < amounts.count else {
      endDriving()
      return
    }
    if driver.nextAmount == 0 { momentIsOver(upTo: clock.nowMicroseconds) }
    driver.isInside = true
    clock.moveTime(by: .microseconds(amounts[driver.nextAmount]))
    driver.nextAmount += 1
  }

  /// What the lesson says later than the run ends is never said: that moment does not come.
  private func endDriving() {
    tap.speak(upTo: clock.nowMicroseconds)
    driver.isOver = true
  }

  /// Moves time to where the next call is due, and stops on the way where the lesson has something to say.
  private func moveTime(to target: Int64) {
    while let saying = tap.nextSaying, saying < target {
      clock.moveTime(by: .microseconds(max(0, saying - clock.nowMicroseconds)))
      momentIsOver(upTo: saying)
    }
    momentIsOver(upTo: target - 1)
    clock.moveTime(by: .microseconds(target - clock.nowMicroseconds))
  }

  /// Everything due by then is done: the moment for what is expected, and for the lesson.
  private func momentIsOver(upTo time: Int64) {
    checkExpectations(upTo: time)
    tap.speak(upTo: time)
  }

  @discardableResult
  private func runOneDue() -> Bool {
    // The clock gives its errors to `onError`, so nothing is thrown here.
    let ran = (try? clock.runOneDue()) ?? false
    return ran
  }
}

/// How far the driving is.
struct Driver {
  var isOver = false
  var isFinished = false
  /// With a `drive` list: which number comes next, and whether calls may still be due in the current one.
  var nextAmount = 0
  var isInside = false
}
