/// The written names of events; they are the format.
extension JSONLine {
  mutating func add(_ event: Event) {
    switch event {
    case .made(let id, let origin, let name, let hasCanceller):
      begin("made", id)
      add("origin", origin)
      add("name", ifAny: name)
      add("canceller", ifTrue: hasCanceller)
    case .named(let id, let name):
      begin("named", id)
      add("name", name)
    case .stageAdded(let id, let index, let kind, let callback, let errback):
      begin("stage", id, index)
      add(kind)
      add("callback", ifAny: callback)
      add("errback", ifAny: errback)
    case .fired(let id, let outcome): add("fired", id, outcome)
    case .entered(let id, let stage, let side, let input):
      begin("entered", id, stage)
      add("side", side.rawValue)
      add(input)
    case .left(let id, let stage, let side, let end):
      begin("left", id, stage)
      add("side", side.rawValue)
      add(end)
    case .passedThrough(let id, let stage, let side):
      begin("passed", id, stage)
      add("side", side.rawValue)
    case .paused(let id, let count):
      begin("paused", id)
      add("count", count)
    case .unpaused(let id, let count):
      begin("unpaused", id)
      add("count", count)
    case .settled(let id, let outcome): add("settled", id, outcome)
    case .collected(let id): begin("collected", id)
    case .unhandled(let id, let failure):
      begin("unhandled", id)
      add("f", failure)
    default: addBetween(event)
    }
  }

  /// Between Deferreds, of Failures, of cancelling.
  private mutating func addBetween(_ event: Event) {
    switch event {
    case .waits(let outer, let inner, let stage):
      begin("waits", outer)
      add("on", inner)
      add("i", stage)
    case .took(let outer, let inner, let outcome):
      begin("took", outer)
      add("from", inner)
      add(outcome)
    case .resumed(let outer, let inner, let stage, let outcome):
      begin("resumed", outer)
      add("from", inner)
      add("i", stage)
      add(outcome)
    case .read(let id, let outcome, let leavesEmpty):
      add("read", id, outcome)
      add("empties", ifTrue: leavesEmpty)
    case .failureBorn(let id, let type, let parents, let message, let from):
      add("e", "born")
      add("f", id)
      add("type", type)
      add("parents", parents)
      add("message", message)
      add("from", ifAny: from)
    case .trapAsked(let id, let types, let matched):
      add("e", "trap")
      add("f", id)
      add("types", types)
      add("matched", ifAny: matched)
    case .cancelAsked(let id): begin("cancel", id)
    case .cancelPassedOn(let from, let to):
      begin("cancel_passed", from)
      add("to", to)
    case .cancellerEntered(let id): begin("canceller", id)
    case .cancellerLeft(let id, let raised):
      begin("canceller_left", id)
      add("raised", ifAny: raised)
    case .lateResultSwallowed(let id, let outcome): add("late", id, outcome)
    case .calledAgain(let id): begin("called_again", id)
    default: addAround(event)
    }
  }

  /// Calls, time, groups, generators, notes.
  private mutating func addAround(_ event: Event) {
    switch event {
    case .callEntered(let kind, let name, let input):
      addNamed("call", kind, name)
      if let input { add(input) }
    case .callLeft(let kind, let name, let end):
      addNamed("call_left", kind, name)
      add(end)
    case .clockAdvanced: add("e", "clock")
    case .timerMade(let id, let due, let name, let deferred):
      addTimer("timer", id)
      add("due", due)
      add("name", ifAny: name)
      add("d", ifAny: deferred)
    case .timerBegan(let id): addTimer("timer_began", id)
    case .timerEnded(let id, let raised):
      addTimer("timer_ended", id)
      add("raised", ifAny: raised)
    case .timerCancelled(let id): addTimer("timer_cancelled", id)
    case .timerMoved(let id, let due):
      addTimer("timer_moved", id)
      add("due", due)
    case .groupMade(let id, let kind, let members):
      begin("group", id)
      add("kind", kind)
      add("members", members)
    case .slotFilled(let id, let index, let outcome):
      begin("slot", id, index)
      add(outcome)
    case .groupDecided(let id, let index):
      begin("decided", id)
      add("i", ifAny: index)
    case .generatorBegan(let id, let name):
      begin("generator", id)
      add("name", name)
    case .generatorYielded(let id, let on):
      begin("yielded", id)
      add("on", ifAny: on)
    case .generatorResumed(let id, let outcome): add("generator_resumed", id, outcome)
    case .generatorEnded(let id, let end):
      begin("generator_ended", id)
      add(end)
    case .note(let kind, let who, let text, let failure):
      addNamed("note", kind, who)
      add("text", text)
      add("f", ifAny: failure)
    case .dropped(let count):
      add("e", "dropped")
      add("count", count)
    default: addActor(event)
    }
  }

  /// Loops, tasks, and what is shared.
  private mutating func addActor(_ event: Event) {
    switch event {
    case .loopStarted(let id, let name, let deferred, let interval, let now):
      addActor("loop", id, name)
      add("d", deferred)
      add("interval", interval)
      add("now", ifTrue: now)
    case .loopTicked(let id, let number, let skipped):
      addActor("tick", id)
      add("number", number)
      add("skipped", ifAny: skipped == 0 ? nil : skipped)
    case .loopReset(let id): addActor("loop_reset", id)
    case .loopStopped(let id, let failure):
      addActor("loop_stopped", id)
      add("f", ifAny: failure)
    case .taskMade(let id, let name, let cooperator):
      addActor("task", id, name)
      add("cooperator", cooperator)
    case .taskPaused(let id, let count):
      addActor("task_paused", id)
      add("count", count)
    case .taskResumed(let id, let count):
      addActor("task_resumed", id)
      add("count", count)
    case .taskEnded(let id, let why):
      addActor("task_ended", id)
      add("f", ifAny: why)
    case .sharedChanged(let id, let kind, let name, let held, let waiting, let total, let turn):
      addActor("shared", id, name)
      add("kind", kind)
      add("held", held)
      add("waiting", waiting)
      add("total", ifAny: total)
      switch turn {
      case .asked(let waiter)?: add("d", waiter)
      case .given(let holder)?: add("to", holder)
      case .gaveUp(let waiter)?: add("from", waiter)
      case nil: break
      }
    default: break
    }
  }

  // MARK: Parts

  private mutating func begin(_ kind: String, _ id: DeferredID, _ stage: Int? = nil) {
    add("e", kind)
    add("d", id)
    add("i", ifAny: stage)
  }

  private mutating func add(_ kind: String, _ id: DeferredID, _ outcome: Outcome) {
    begin(kind, id)
    add(outcome)
  }

  private mutating func addNamed(_ event: String, _ kind: String, _ name: String) {
    add("e", event)
    add("kind", kind)
    add("name", name)
  }

  private mutating func addTimer(_ event: String, _ id: TimerID) {
    add("e", event)
    add("timer", id)
  }

  private mutating func addActor(_ event: String, _ id: ActorID, _ name: String? = nil) {
    add("e", event)
    add("actor", id)
    add("name", ifAny: name)
  }

  private mutating func add(_ outcome: Outcome) {
    switch outcome {
    case .value(let text): add(text)
    case .failure(let id): add("vf", id)
    case .deferred(let id): add("vd", id)
    }
  }

  private mutating func add(_ text: ValueText) {
    add("v", text.text)
    add("cut", ifTrue: text.isCut)
  }

  private mutating func add(_ end: HandlerEnd) {
    switch end {
    case .returned(let text):
      add("end", "returned")
      add(text)
    case .returnedDeferred(let id):
      add("end", "returned")
      add("vd", id)
    case .returnedFailure(let id):
      add("end", "returned")
      add("vf", id)
    case .raised(let id):
      add("end", "raised")
      add("vf", id)
    }
  }

  private mutating func add(_ kind: StageKind) {
    switch kind {
    case .handlers: break
    case .timeout(let time): add("timeout", time)
    case .chainTo(let id): add("chain_to", id)
    case .slot(let group, let index):
      add("slot_of", group)
      add("slot", index)
    case .resumes(let id): add("resumes", id)
    case .library(let what): add("library", what)
    }
  }
}
