package import Traces

/// Lookup Deferreds, handlers, loops and timers by the names that people type.
extension Session {
  /// Records that are looked at for names in one slice.
  static let nameBudget = 20_000

  /// The step that a name means: where a Deferred fires (else was made), where a handler is called (else was added),
  /// where a loop, a task or something shared is told of first, where a timer is made, where the next handler of that
  /// name is called, or the next Failure of that type is born; else the same for the only such name with a number.
  mutating func findName(_ name: String, _ work: Work) -> Lookup {
    let looked = names.scan(timeline, budget: Self.nameBudget)
    if looked == Self.nameBudget { return .looked(looked) }
    let world = timeline.frontier
    if let state = deferred(named: name).flatMap({ world.deferreds.at($0) }) {
      let subject = Subject.deferred(state.id)
      if let fired = state.firedAt { return .found(fired, of: subject) }
      let fires = isCertain(after: state.madeAt) ? "never fires" : "has not fired, as far as is told"
      return isAllLookedAt
        ? .found(state.madeAt, .info("\(name) \(fires): this is where it is made."), of: subject) : .more
    }
    if let (id, stage) = handler(named: name) {
      let state = world.deferreds[id].stages[stage]
      let subject = Subject.stage(id, stage: stage)
      if let passage = state.passage { return .found(passage.step, of: subject) }
      let reached =
        isCertain(after: state.addedAt) ? "is never reached" : "was not reached, as far as is told"
      return isAllLookedAt
        ? .found(state.addedAt, .info("\(name) \(reached): this is where it is added."), of: subject) : .more
    }
    if let actor = findActor(name, from: work.position) { return actor }
    if let timer = names.timer(name).flatMap({ world.timers.at($0) }) { return .found(timer.madeAt) }
    guard isAllLookedAt else { return .more }
    if let birth = findBirth(of: name, from: work.position) { return birth }
    if let call = findCall(of: name, work) { return call }
    if let numbered = names.numbered(name) {
      guard numbered.count > 1 else { return findName(numbered.first, work) }
      let text = "\(numbered.count) are called \(name) and a number, the first of them \(numbered.first)."
      return .nothing(.info("\(text) Which one?"))
    }
    if handlerNames.contains(where: { Self.isMeant($0, by: name) }) {
      return .nothing(
        .info(
          "No handler called \(name) \(isCertain(after: 0) ? "is ever called" : "was called, as far as is told")."
        ))
    }
    let hint = nearestWord(to: name, in: typedNames + TypedCommand.names).map { " Did you mean \($0)?" } ?? ""
    return .nothing(.error("Nothing is called \(name)\(soFar).\(hint)"))
  }

  /// Where the next loop, task or shared thing of a name is told of first, round from the last to the first.
  private func findActor(_ name: String, from position: Int) -> Lookup? {
    let actors = names.actors(name)
    guard !actors.isEmpty else { return nil }
    let place = placeAfter(position, in: actors.map { Int32(clamping: $0.toldAt) }) % actors.count
    let count = "\(name) \(place + 1) of \(actors.count)"
    return .found(
      actors[place].toldAt, actors.count == 1 ? nil : .info("This is \(count)."), of: .actor(actors[place].id)
    )
  }

  /// Where the next Failure of a type is born, round from the last to the first.
  private func findBirth(of type: String, from position: Int) -> Lookup? {
    let births = names.births(ofType: type)
    guard !births.isEmpty else { return nil }
    let place = placeAfter(position, in: births) % births.count
    let count = births.count == 1 ? "the only \(type)" : "\(type) \(place + 1) of \(births.count)"
    return .found(Int(births[place]), .info("Here \(count) is born."))
  }

  /// So many calls of handlers are looked at in one slice.
  private static let callBudget = 1000

  /// Where the next handler of a name is called, whatever Deferred has it: after the cursor, then round from the start.
  private func findCall(of handler: String, _ work: Work) -> Lookup? {
    let calls = timeline.index.handlers
    var (round, looked) = (work.round, 0)
    while round < knownSteps, looked < Self.callBudget {
      let start = (work.origin + round) % knownSteps
      guard let step = calls.next(after: start), step <= knownSteps else {
        round += knownSteps - start
        continue
      }
      round += step - start
      guard round <= knownSteps else { break }
      looked += 1
      if let id = deferred(calling: handler, at: step) {
        return .found(step, .info("Here \(handler) of \(timeline.frontier.deferreds[id].name) is called."))
      }
    }
    return round < knownSteps ? .lookedRound(round - work.round) : nil
  }

  /// Whether nothing can have happened after a step but what is told.
  private func isCertain(after step: Int) -> Bool {
    isEndKnown && !timeline.frontier.isUncertain(after: step)
  }

  /// Whether a person calls a handler so: by its whole name, or a method by its own: `titles` for `Client.titles`.
  private static func isMeant(_ handler: String, by name: String) -> Bool {
    handler == name || handler.hasSuffix(".\(name)")
  }

  /// The Deferred that calls its handler of this name at a step; nil where another one is called.
  private func deferred(calling handler: String, at step: Int) -> DeferredID? {
    guard case .entered(let id, let stage, let side, _)? = record(at: step)?.event,
      let state = timeline.frontier.deferreds.at(id)?.stages.at(stage)
    else { return nil }
    let name = side == .callback ? state.callback : state.errback
    return name.map { Self.isMeant($0, by: handler) } == true ? id : nil
  }

  /// The names of handlers alone, as far as those of Deferreds are looked at, in the order of the alphabet.
  private var handlerNames: [String] {
    var names: Set<String> = []
    for state in timeline.frontier.deferreds.prefix(Self.nameLimit) {
      for stage in state.stages.prefix(100) where stage.kind == .handlers && names.count < Self.nameLimit {
        names.formUnion([stage.callback, stage.errback].compactMap { $0 })
      }
    }
    return names.sorted()
  }

  /// Takes in the names that are known by now, as far as one slice goes.
  mutating func scanNames() { _ = names.scan(timeline, budget: Self.nameBudget) }

  /// A Deferred by one of its names, as far as they have been looked at.
  package func deferred(named name: String) -> DeferredID? { names.deferred(name) }

  /// Whether a Deferred, a loop or something shared has this very name.
  func has(name: String) -> Bool { deferred(named: name) != nil || !names.actors(name).isEmpty }

  /// The step that tells of a loop, a task or something shared first, as far as names have been looked at.
  func firstStep(of actor: ActorID) -> Int? {
    names.firstStep(ofActor: actor)
  }

  /// A handler by `DEFERRED.HANDLER`.
  package func handler(named name: String) -> (DeferredID, stage: Int)? {
    for dot in name.indices.reversed() where name[dot] == "." {
      let stages = deferred(named: String(name[..<dot])).flatMap { id in
        timeline.frontier.deferreds.at(id).map { (id, $0.stages) }
      }
      guard let (id, stages) = stages else { continue }
      let handler = name[name.index(after: dot)...]
      let stage = stages.indices.first { index in
        [Side.callback, .errback].contains { stages[index].name(of: $0, at: index) == handler }
      }
      if let stage { return (id, stage) }
    }
    return nil
  }

  /// Names beyond this many are neither completed nor suggested.
  private static let nameLimit = 2000

  /// The names of Deferreds, of handlers with their Deferreds and alone, of loops and what is shared, and the types of
  /// Failures, as they can be typed.
  package var typedNames: [String] {
    var names = names.failureTypes + names.actorNames
    for state in timeline.frontier.deferreds.prefix(Self.nameLimit) {
      names.append(state.name)
      for (index, stage) in state.stages.enumerated().prefix(100) where names.count < Self.nameLimit {
        if stage.callback != nil { names.append("\(state.name).\(stage.name(of: .callback, at: index))") }
        if stage.errback != nil, stage.errback != stage.callback {
          names.append("\(state.name).\(stage.name(of: .errback, at: index))")
        }
      }
      if names.count >= Self.nameLimit { break }
    }
    return names + handlerNames
  }
}

/// The word that is most likely meant, if any is near enough: within a third of its letters, at most three.
/// A word of one or two letters is near to too many others.
func nearestWord(to word: String, in words: [String]) -> String? {
  let wanted = Array(word.lowercased().utf8.prefix(64))
  let limit = min(3, wanted.count / 3)
  var best: (word: String, distance: Int)?
  for candidate in words where abs(candidate.utf8.count - wanted.count) <= limit {
    let distance = editDistance(wanted, Array(candidate.lowercased().utf8.prefix(67)))
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

/// How many letters must be put in, left out, changed or swapped with their neighbour.
private func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...other.count)
  for i in one.indices {
    var row = [i + 1]
    for j in other.indices {
      var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
      if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[other.count]
}
