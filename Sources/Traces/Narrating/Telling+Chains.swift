extension Telling {
  func ofChain(_ event: Event) -> String {
    switch event {
    case .made(let id, let origin, _, let hasCanceller): made(id, origin, hasCanceller)
    case .named(let id, let name):
      self.name(id) == name
        ? "A Deferred gets its name: \(name)." : "\(self.name(id)) gets another name: \(name)."
    case .stageAdded(let id, let index, let kind, let callback, let errback):
      "\(name(id)) gets stage \(index): \(stage(kind, callback, errback))."
    case .fired(let id, .failure(let failure)): "\(name(id)) fails with \(self.failure(failure))\(doer)."
    case .fired(let id, let outcome): "\(name(id)) is fired with \(self.outcome(outcome))\(doer)."
    case .settled(let id, .failure(let failure)):
      "\(name(id)) has no stage left and holds \(type(failure)), which nobody has handled yet."
    case .settled(let id, let outcome):
      "\(name(id)) has no stage left: its result so far is \(self.outcome(outcome))."
    case .paused(let id, let count):
      count > 1 ? "\(name(id)) is paused once more: \(count) times by now." : "\(name(id)) is paused."
    case .unpaused(let id, let count): unpaused(id, count)
    case .collected(let id): "The program lets go of \(name(id))."
    case .unhandled(let id, let failure):
      "Nobody is left to handle \(type(failure)) in \(name(id)): reported unhandled."
    default: ""
    }
  }

  private func made(_ id: DeferredID, _ origin: String, _ hasCanceller: Bool) -> String {
    let what =
      switch origin {
      case "succeed": ", with a result already"
      case "fail": ", with a Failure already"
      case "later": " by deferLater: its timer will fire it"
      case "maybe": " by maybeDeferred"
      case "list": ": a DeferredList"
      case "gather": " by gatherResults"
      case "race": " by race"
      case "generator": ": what its generator returns will fire it"
      case "coroutine": ": what its coroutine returns will fire it"
      case "loop": ": it fires when its loop stops"
      case "task": ": it fires when its task is done"
      case "acquire": ": it fires when its turn has come"
      case "run": ": it fires when its turn is over"
      case "get": ": it fires when the queue has something for it"
      case "sleep": ": its timer will fire it"
      default: hasCanceller ? ", with a canceller" : ""
      }
    if origin == "found" { return "\(name(id)) is found: it was made before the recording began." }
    return "\(name(id)) is made\(what)."
  }

  private func stage(_ kind: StageKind, _ callback: String?, _ errback: String?) -> String {
    switch kind {
    case .handlers: handlers(callback, errback)
    case .timeout(let time): "a timeout of \(secondsText(time)) for the stages above it"
    case .chainTo(let id): "whatever comes goes on to \(name(id))"
    case .slot(let group, let index): "its result fills slot \(index) of \(name(group))"
    case .resumes(let id): "its result will go to \(name(id)), which waits for it"
    case .library("later"): "deferLater will call \(callback ?? "its function")"
    case .library("run"): "its work, for when its turn has come"
    case .library("release"): "the end of the turn"
    case .library("loop"): callback == nil ? "the end of its loop" : "the next tick of its loop"
    case .library("task"): "the next step of its task"
    case .library("gatherResults"): "the values are taken out of the slots"
    case .library("inlineCallbacks"), .library("coroutine"), .library("await"):
      "its result will go to whoever waits for it"
    case .library(let what): what
    }
  }

  private func handlers(_ callback: String?, _ errback: String?) -> String {
    switch (callback, errback) {
    case (let callback?, nil): named("callback", callback)
    case (nil, let errback?): named("errback", errback)
    case (let callback?, let errback?) where callback == errback:
      "\(callback), for whatever comes"
    case (let callback?, let errback?): "\(named("callback", callback)) and \(named("errback", errback))"
    case (nil, nil): "nothing, so that whatever comes passes through"
    }
  }

  /// `errback fall_back`, but `errback 2` as it is.
  private func named(_ side: String, _ name: String) -> String {
    (name + " ").hasPrefix(side + " ") ? name : "\(side) \(name)"
  }

  private func unpaused(_ id: DeferredID, _ count: Int) -> String {
    if count > 0 { return "\(name(id)) is unpaused once, and still paused: \(count) to go." }
    if count == 0 { return "\(name(id)) is unpaused." }
    return "\(name(id)) is unpaused more often than it was paused, so it will never run."
  }
}
