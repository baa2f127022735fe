extension Telling {
  func ofFailure(_ event: Event) -> String {
    switch event {
    case .failureBorn(let id, _, _, _, _): born(id)
    case .trapAsked(let id, let types, let matched): trapAsked(id, types, matched)
    default: ""
    }
  }

  private func born(_ id: FailureID) -> String {
    var place = ""
    if let ref = world.failures.at(id)?.bornIn {
      if kind(of: ref).isHandler { place = " in \(handler(ref)) of \(name(ref.deferred))" }
    } else if case .call(_, let name)? = world.frames.last {
      place = " in \(name)"
    } else if case .canceller(let deferred)? = world.frames.last {
      place = " in the canceller of \(name(deferred))"
    } else if world.frames.isEmpty, world.failures.at(id)?.isOfPool == true {
      place = " on a thread of the pool"
    }
    let cause = world.failures.at(id)?.from.map { ", out of \(type($0))" } ?? ""
    return "A Failure is born\(place.isEmpty ? doer : place)\(cause): \(failure(id))."
  }

  private func trapAsked(_ id: FailureID, _ types: [String], _ matched: String?) -> String {
    var who = "Somebody"
    if case .handler(let deferred, let stage, let side)? = world.frames.last {
      who = handler(StageRef(deferred: deferred, stage: stage, side: side))
    } else if case .call(_, let name)? = world.frames.last {
      who = name
    }
    let asked = "\(who) asks for \(list(types, "or"))"
    guard let matched else { return "\(asked), and \(type(id)) is not one." }
    if matched == type(id) { return "\(asked), and that is what came." }
    return "\(asked), and \(type(id)) is a kind of \(matched)."
  }

  func ofCancelling(_ event: Event) -> String {
    switch event {
    case .cancelAsked(let id):
      let state = world.deferreds.at(id)
      let isOver = state?.isFired == true && state?.waitsOn == nil
      return "\(name(id)) is cancelled\(doer)" + (isOver ? ", but it has fired: nothing happens." : ".")
    case .cancelPassedOn(let from, let to):
      return "\(name(from)) waits for \(name(to)), so \(name(to)) is cancelled instead."
    case .cancellerEntered(let id): return "The canceller of \(name(id)) is called."
    case .cancellerLeft(let id, let raised):
      guard let raised else { return "The canceller of \(name(id)) is done." }
      return "The canceller of \(name(id)) raises \(failure(raised))."
    case .lateResultSwallowed(let id, let outcome):
      return "\(self.outcome(outcome)) comes too late for \(name(id)), which was cancelled: it is dropped."
    case .calledAgain(let id):
      let first = world.deferreds.at(id)?.firedAt.map { " (it was fired at step \($0))" } ?? ""
      return "\(name(id)) is fired again\(doer)\(first): AlreadyCalledError."
    default: return ""
    }
  }
}
