extension Telling {
  private func actor(_ id: ActorID) -> String { world.actors.at(id)?.name ?? "actor \(id)" }

  func ofActor(_ event: Event) -> String {
    switch event {
    case .loopStarted(_, let name, _, let interval, let now):
      return "\(name) starts: a tick every \(secondsText(interval)), the first \(now ? "now" : "after that")."
    case .loopTicked(let id, let number, let skipped):
      return "\(actor(id)) ticks: number \(number)" + (skipped > 0 ? ", after \(skipped) missed." : ".")
    case .loopReset(let id): return "\(actor(id)) counts its interval anew from now."
    case .loopStopped(let id, let failure):
      guard let failure else { return "\(actor(id)) stops." }
      return "\(actor(id)) stops, because its tick ended in \(self.failure(failure))."
    case .taskMade(_, let name, let cooperator): return "\(name) joins the tasks of \(cooperator)."
    case .taskPaused(let id, let count):
      return "\(actor(id)) is paused" + (count > 1 ? ": \(count) times by now." : ".")
    case .taskResumed(let id, let count):
      return "\(actor(id)) is resumed" + (count > 0 ? ", and still paused: \(count) to go." : ".")
    case .taskEnded(let id, let why):
      guard let why else { return "\(actor(id)) is done." }
      return "\(actor(id)) ends with \(failure(why))."
    default: return ""
    }
  }

  func ofShared(
    _ kind: String, _ name: String, held: Int, waiting: Int, total: Int?, _ turn: SharedTurn?
  ) -> String {
    let queue = waiting == 0 ? "nobody waits" : waiting == 1 ? "one waits" : "\(waiting) wait"
    let state = sharedState(kind, held: held, total: total)
    // One without a name of its own is called after what it is: `lock 1`.
    let what = name.hasPrefix("\(kind) ") ? name : "\(kind) \(name)"
    let turn = turn.map { "; \(self.turn($0, at: kind))" } ?? ""
    guard let actor = doerName else { return "The \(what) \(state); \(queue)\(turn)." }
    return "\(subject(actor)) changes the \(what): it \(state), \(queue)\(turn)."
  }

  private func turn(_ turn: SharedTurn, at kind: String) -> String {
    switch turn {
    case .asked(let id): "\(name(id)) begins to wait"
    case .gaveUp(let id): "\(name(id)) waits no more"
    case .given(let id): "\(name(id)) gets \(kind == "lock" ? "it" : kind == "semaphore" ? "a token" : "one")"
    }
  }

  func ofGroup(_ event: Event) -> String {
    switch event {
    case .groupMade(let id, let kind, let members):
      guard !members.isEmpty else { return "\(name(id)) has nothing to wait for." }
      let names = list(members.prefix(6).map(name), limit: 5)
      let all = members.count > 6 ? "\(members.count) Deferreds" : names
      return "\(name(id)) waits for \(kind == "race" ? "the first success of " : "")\(all)."
    case .slotFilled(let id, let index, let outcome):
      return "Slot \(index) of \(name(id)) is filled with \(self.outcome(outcome))."
    case .groupDecided(let id, let index):
      guard let index else { return "\(name(id)) has all that it waited for." }
      let member = world.deferreds.at(id)?.group?.members
      let who = member.flatMap { $0.indices.contains(index) ? name($0[index]) : nil } ?? "slot \(index)"
      return "\(who) decides \(name(id))."
    default: return ""
    }
  }

  func ofGenerator(_ event: Event) -> String {
    switch event {
    case .generatorBegan(let id, let name):
      return name == self.name(id) ? "\(name) begins to run." : "\(name) begins to run, for \(self.name(id))."
    case .generatorYielded(let id, let on):
      guard let on else { return "\(name(id)) yields a plain value, and gets it straight back." }
      return "\(name(id)) waits for \(name(on)) in the middle of its lines."
    case .generatorResumed(let id, .failure(let failure)):
      return "\(self.failure(failure)) is thrown into \(name(id))."
    case .generatorResumed(let id, let outcome): return "\(name(id)) goes on with \(self.outcome(outcome))."
    case .generatorEnded(let id, let end): return ofCallEnd("generator", name(id), end)
    default: return ""
    }
  }
}

/// How a lock, a semaphore or a queue stands, as what follows its name: `is held`, `has 2 of 3 tokens out`.
public func sharedState(_ kind: String, held: Int, total: Int?) -> String {
  switch kind {
  case "lock": held > 0 ? "is held" : "is free"
  case "semaphore": "has \(held) of \(total ?? held) tokens out"
  default: "has \(held) inside"
  }
}
