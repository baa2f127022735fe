import Screen
import Traces

// Loops, tasks, locks, semaphores and queues in full.
extension Details {
  func addActor(_ id: ActorID, to lines: inout DetailLines) {
    guard let actor = scene.world.actors.at(id) else { return }
    let words = ActorWords(actor, in: scene)
    lines.add(actor.kind.word, actor.name, .plain.bold)
    lines.add("state", "\(scene.glyphs[words.glyph]) \(words.text)", Style(words.role))
    var first = "started"
    switch actor.kind {
    case .shared(let kind, let held, let waiting, _):
      addTurns(at: actor, isHeld: kind == "lock" && held > 0, waiting: waiting, to: &lines)
      first = "first"
    case .loop: lines.add("Deferred", actor.deferred.map { scene.name(of: $0) })
    case .task: break
    }
    guard let step = session.firstStep(of: id), let record = session.record(at: step) else { return }
    lines.add(first, self.step(step, record.time))
    add("place", record.place, to: &lines)
    if let failure = actor.failure {
      lines.add("", "")
      addFailure(failure, to: &lines)
    }
  }

  /// Who had the last turn, and who waits for the next ones.
  private func addTurns(at shared: ActorState, isHeld: Bool, waiting: Int, to lines: inout DetailLines) {
    if let last = shared.deferred, let step = shared.givenAt, !scene.world.isUncertain(after: step) {
      let since = isHeld ? "from step \(step) on" : "step \(step)"
      lines.add(isHeld ? "has it" : "last turn", "\(nameAndMaker(of: last)), \(since)")
      add("place", scene.deferred(last)?.madePlace, to: &lines)
    }
    lines.addEach("waiting", waiters(at: shared, count: waiting), count: waiting) { id in
      let made = scene.deferred(id).map { $0.madeAt > 0 ? ", made at step \($0.madeAt)" : "" } ?? ""
      return ("\(nameAndMaker(of: id))\(made)", Style(.waiting))
    }
  }

  /// `acquire 5, inside writer 4`
  private func nameAndMaker(of id: DeferredID) -> String {
    let maker = Narrator().maker(of: id, in: scene.world).map { ", inside \($0)" } ?? ""
    return scene.name(of: id) + maker
  }

  /// So many that have not fired are looked at for those that wait.
  private static let unfiredLimit = 20_000

  /// The Deferreds that wait for their turn, in that order, which is that in which they were made.
  private func waiters(at shared: ActorState, count: Int) -> [DeferredID] {
    var found: [DeferredID] = []
    var next = scene.world.unfired.next(from: 0)
    for _ in 0..<Self.unfiredLimit {
      guard let id = next, found.count < min(count, DetailLines.listLimit) else { break }
      if id != shared.deferred, scene.deferred(id)?.shared == shared.id { found.append(id) }
      next = scene.world.unfired.next(from: id + 1)
    }
    return found
  }
}

extension ActorState.Kind {
  fileprivate var word: String {
    switch self {
    case .loop: "loop"
    case .task: "task"
    case .shared(let kind, _, _, _): kind
    }
  }
}
