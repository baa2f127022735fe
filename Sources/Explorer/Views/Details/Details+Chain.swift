import Screen
import Traces

// Deferreds and their stages in full.
extension Details {
  func addDeferred(_ id: DeferredID, to lines: inout DetailLines) {
    guard let deferred = scene.deferred(id) else { return addComing(id, to: &lines) }
    let words = DeferredWords(deferred, in: scene)
    let names = [deferred.name] + deferred.otherNames.prefix(DetailLines.listLimit)
    lines.add("Deferred", names.joined(separator: ", also "), .plain.bold)
    lines.add("state", "\(scene.glyphs[words.glyph]) \(words.text)", Style(words.role))
    let canceller = deferred.hasCanceller ? ", with a canceller" : ""
    addMade(deferred.madeAt, "step \(deferred.madeAt) as \(deferred.origin)\(canceller)", to: &lines)
    add("place", deferred.madePlace, to: &lines)
    let thread = deferred.madeAt > 0 ? session.record(at: deferred.madeAt)?.thread : nil
    lines.add("in", thread.map { session.source.words(forThread: $0) })
    if let frame = deferred.madeIn, let step = deferred.madeInStep {
      lines.add("inside", "\(scene.name(of: frame)), step \(step)")
    }
    if let step = deferred.firedAt {
      // Who is dropped with a Failure had fired before.
      let isTold = if case .unhandled? = session.record(at: step)?.event { false } else { true }
      lines.add("fired", "\(isTold ? "" : "before ")\(self.step(step, deferred.firedTime ?? 0))")
      if isTold { add("fired at", session.record(at: step)?.place, to: &lines) }
    } else if let fires = scene.known.deferreds.at(id)?.firedAt {
      lines.add("fired", "not yet: at step \(fires)")
    }
    if let outcome = deferred.firedWith { add("with", outcome, to: &lines) }
    if let result = deferred.result { add("result", result, to: &lines) }
    if let shared = deferred.shared.flatMap({ scene.world.actors.at($0) }) { addShared(shared, to: &lines) }
    lines.add("waits on", deferred.waitsFor.map { scene.name(of: $0) }, Style(.waiting))
    lines.addEach("waiters", deferred.waiters, count: deferred.waiters.count) { waiter in
      (scene.name(of: waiter), Style(.waiting))
    }
    lines.add("generator", deferred.generator)
    if let group = deferred.group { addGroup(group, to: &lines) }
  }

  /// The lock, semaphore or queue at which it has its turn, and who had the last one.
  private func addShared(_ shared: ActorState, to lines: inout DetailLines) {
    lines.add("turn at", "\(shared.name): \(ActorWords(shared, in: scene).text)")
    guard let last = shared.deferred, let step = shared.givenAt, !scene.world.isUncertain(after: step) else {
      return
    }
    lines.add("last turn", "\(scene.name(of: last)), step \(step)")
  }

  /// A Deferred that is made later.
  private func addComing(_ id: DeferredID, to lines: inout DetailLines) {
    guard let deferred = scene.known.deferreds.at(id) else { return }
    lines.add("Deferred", deferred.name, .plain.bold)
    let when = deferred.madeAt == 0 ? "the trace does not tell when" : "at step \(deferred.madeAt)"
    lines.add("made", "not yet: \(when)", .dim)
    add("place", deferred.madePlace, to: &lines)
  }

  /// A place that makes Deferreds, and how those stand.
  func addSite(_ id: Int, to lines: inout DetailLines) {
    guard let known = scene.known.sites.at(id) else { return }
    lines.add("makes", SiteWords.name(of: known, session.timeline), .plain.bold)
    lines.add("as", known.site.origin)
    add("place", known.site.place, to: &lines)
    let now = scene.world.sites.at(id)
    lines.add("Deferreds", SiteWords.counts(now, known: known).map(\.text).joined())
    lines.add("dropped", now.flatMap { $0.collected > 0 ? "\($0.collected) of them, so far" : nil })
  }

  private func addGroup(_ group: GroupState, to lines: inout DetailLines) {
    let pairs = zip(group.members.prefix(DetailLines.listLimit), group.slots)
    lines.addEach(group.kind, Array(pairs), count: group.members.count) { member, slot in
      let text = slot.map { scene.fullText(of: $0) } ?? "nothing yet"
      let style: Style = slot.map { $0.side == .callback ? Style(.value) : Style(.failure) } ?? .dim
      return ("\(scene.name(of: member)): \(text)", style)
    }
    if group.isDecided {
      let by = group.decidedBy.flatMap { group.members.indices.contains($0) ? group.members[$0] : nil }
      lines.add("decided", by.map { "by \(scene.name(of: $0))" } ?? "all have fired")
    }
  }

  func addStage(_ index: Int, of id: DeferredID, to lines: inout DetailLines) {
    guard let deferred = scene.deferred(id), let stage = deferred.stages.at(index) else { return }
    let sight = ChainSight(deferred, in: scene)
    lines.add("stage", "\(index) of \(deferred.name)", .plain.bold)
    for side in [Side.callback, .errback] {
      let name = sight.hasHandler(side, at: index) ? sight.label(side, at: index) : "none, it passes through"
      lines.add(side.rawValue, name, sight.hasHandler(side, at: index) ? .plain : .dim)
    }
    if stage.addedAt > 0 {
      lines.add("added", "step \(stage.addedAt)")
    } else {
      addUntold("added", to: &lines)
    }
    add("place", stage.place, to: &lines)
    if let place = session.place(of: stage), place != stage.place { add("function", place, to: &lines) }
    let look = sight.look(at: index, reach: sight.reach(into: index))
    guard let passage = stage.passage else {
      lines.add("state", whatIsAhead(look), .dim)
      return
    }
    let mark = look[passage.side].mark(hasHandler: true, glyphs: scene.glyphs)
    let link = look[passage.side].link.map { " \(scene.name(of: $0))" } ?? ""
    lines.add("reached", step(passage.step, passage.time))
    add("came in", passage.input, to: &lines)
    let role = passage.state == .running ? Role.title : look[passage.side].role(on: passage.side)
    lines.add("what", "\(mark)\(link)", Style(role, .bold))
    if let asked = passage.asked {
      lines.add("trap", asked.joined(separator: ", "))
      lines.add("matched", passage.matched ?? "none of them")
    }
    if let output = passage.output { add("went out", output, to: &lines) }
    addFailures(of: passage, to: &lines)
  }

  private func whatIsAhead(_ look: ChainSight.Look) -> String {
    if look.callback == .open && look.errback == .open { return "not reached yet, on either line" }
    if look.callback == .open { return "not reached yet, and only on the callback line" }
    if look.errback == .open { return "not reached yet, and only on the errback line" }
    return look.callback == .never || look.errback == .never
      ? "never reached in this run" : "can no longer be reached"
  }

  private func addFailures(of passage: Passage, to lines: inout DetailLines) {
    var shown: FailureID?
    for outcome in [passage.input, passage.output] {
      guard case .failure(let id)? = outcome, id != shown else { continue }
      shown = id
      lines.add("", "")
      addFailure(id, to: &lines)
    }
  }
}
