extension Telling {
  func ofEntering(_ ref: StageRef, _ input: Outcome) -> String {
    let who = name(ref.deferred)
    let what = outcome(input)
    switch kind(of: ref) {
    case .handlers:
      // The default names say the side themselves.
      let name = handler(ref)
      let isPlain = ref.side == .callback || (name + " ").hasPrefix("errback ")
      return "\(who) calls \(isPlain ? "" : "errback ")\(name) with \(what)."
    case .timeout: return "\(who) comes to the end of its timeout with \(what)."
    case .chainTo(let other): return "\(who) hands \(what) on to \(name(other))."
    case .slot(let group, let index): return "\(who) gives \(what) to slot \(index) of \(name(group))."
    case .resumes(let outer): return "\(who) comes to the stage that resumes \(name(outer)), with \(what)."
    case .library("later"): return "deferLater calls \(handler(ref))."
    case .library(let work): return "\(libraryWork(work, ref)), with \(what)."
    }
  }

  /// What the library does at a stage of its own.
  private func libraryWork(_ work: String, _ ref: StageRef) -> String {
    let who = name(ref.deferred)
    switch work {
    case "run": return "The turn of \(who) has come"
    case "release": return "\(who) ends its turn"
    case "loop":
      return ref.side == .callback ? "\(who) lets its loop go on" : "\(who) ends its loop"
    case "task": return "\(who) lets its task go on"
    case "timeout": return "\(who) comes to the end of its timeout"
    case "gatherResults": return "\(who) takes the values out of its slots"
    case "await": return "\(who) resumes what awaits it"
    case "inlineCallbacks", "coroutine": return "\(who) resumes what waits for it"
    case "cancel": return "\(who) ends with its cancelled generator"
    default: return "\(who) comes to \(work)"
    }
  }

  func ofPassing(_ ref: StageRef) -> String {
    let what: String
    if case .failure(let id)? = passage(at: ref)?.input {
      what = type(id)
    } else {
      what = passage(at: ref).map { outcome($0.input) } ?? "what came"
    }
    let who = name(ref.deferred)
    if case .timeout = kind(of: ref) { return "\(what) passes the timeout at stage \(ref.stage) of \(who)." }
    return "Stage \(ref.stage) of \(who) has no \(ref.side.rawValue): \(what) passes through."
  }

  func ofLeaving(_ ref: StageRef, _ end: HandlerEnd) -> String {
    if !kind(of: ref).isHandler, let sentence = ofLeavingLibrary(ref, end) { return sentence }
    let handler = handler(ref)
    let passage = passage(at: ref)
    var came: FailureID?
    if case .failure(let id)? = passage?.input { came = id }
    switch end {
    case .returned(let text):
      guard let came else { return "\(handler) returns \(value(text))." }
      return caught(ref, came, passage, "returns \(value(text))")
        + ": \(name(ref.deferred)) is back on its callback line."
    case .returnedDeferred(let inner):
      let what = "returns \(name(inner)), \(state(of: inner, seenBy: ref.deferred))"
      return (came.map { caught(ref, $0, passage, what) } ?? "\(handler) \(what)") + "."
    case .raised(let new):
      return wentOn(ref, came, new, passage, "raises \(failure(new))")
    case .returnedFailure(let new):
      return wentOn(ref, came, new, passage, "returns a Failure, \(failure(new))")
    }
  }

  /// The library's own work at a stage is over; nil where the words for handlers fit.
  private func ofLeavingLibrary(_ ref: StageRef, _ end: HandlerEnd) -> String? {
    let who = name(ref.deferred)
    switch end {
    case .returned(let text): return "\(who) goes on with \(value(text))."
    case .returnedDeferred(let inner):
      return "\(who) is given \(name(inner)), \(state(of: inner, seenBy: ref.deferred))."
    case .raised(let new), .returnedFailure(let new):
      guard passage(at: ref)?.input == .failure(new) else { return nil }
      return "\(who) goes on with \(type(new))."
    }
  }

  /// A handler got a Failure and gave something else.
  private func caught(_ ref: StageRef, _ came: FailureID, _ passage: Passage?, _ what: String) -> String {
    let handler = handler(ref)
    if let by = passage?.matched {
      let type = type(came)
      return "\(handler) traps \(by == type ? type : "\(type), as \(by),") and \(what)"
    }
    // One that it gave to other Deferreds has not ended.
    if passage?.isSwallowed == true, world.failures.at(came)?.holderCount ?? 0 == 0 {
      return "\(handler) takes any Failure and returns none, which ends \(type(came)) silently"
    }
    return "\(handler) gets \(type(came)) and \(what)"
  }

  private func wentOn(
    _ ref: StageRef, _ came: FailureID?, _ new: FailureID, _ passage: Passage?, _ what: String
  ) -> String {
    let who = name(ref.deferred)
    let handler = handler(ref)
    guard let came else { return "\(handler) \(what), so \(who) moves to its errback line." }
    if came == new {
      if let asked = passage?.asked, passage?.matched == nil {
        if passage?.isFailureReturned == true {
          return "\(handler) asks for \(list(asked, "or")), and passes \(type(came)) on, "
            + "so \(who) stays on its errback line."
        }
        return "\(handler) traps only \(list(asked)), so \(type(came)) stays on \(who)'s errback line."
      }
      return "\(handler) passes \(type(came)) on, so \(who) stays on its errback line."
    }
    return "\(handler) gets \(type(came)) and \(what), so \(who) stays on its errback line."
  }

  private func state(of inner: DeferredID, seenBy outer: DeferredID) -> String {
    if inner == outer { return "the very Deferred that called it" }
    guard let state = world.deferreds.at(inner) else { return "a Deferred" }
    if !state.isFired { return "which has not fired" }
    if let next = state.waitsOn { return "which itself waits for \(name(next))" }
    if state.pauseCount > 0 { return "which is paused" }
    return "which has a result already"
  }

  func ofWaiting(_ event: Event) -> String {
    switch event {
    case .waits(let outer, let inner, _):
      if outer == inner { return "\(name(outer)) waits for itself, and so for ever." }
      return "\(name(inner)) has nothing to give yet, so \(name(outer)) waits for it."
    case .took(let outer, let inner, let outcome):
      return "\(name(outer)) takes \(self.outcome(outcome)) from \(name(inner)), which is left with none."
    case .resumed(let outer, let inner, _, let outcome):
      return "\(name(inner)) gives \(self.outcome(outcome)) to \(name(outer)), which waited for it; "
        + "\(name(inner)) is left with none."
    case .read(let id, let outcome, let leavesEmpty):
      return leavesEmpty
        ? "\(self.outcome(outcome)) is taken from \(name(id)), which is left with none."
        : "\(self.outcome(outcome)) is read from \(name(id)), which keeps it."
    default: return ""
    }
  }
}
