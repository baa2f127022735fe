import Traces

/// Coming back to the same place after the file was read again.
extension Session {
  private static let scanBudget = 50_000
  /// More steps before one that is gone are not looked at for one that is still there.
  private static let nearSteps = 50
  /// More records at one moment are not looked at for each thing that is kept.
  private static let keepLimit = 5000

  func findSame(_ place: Goal.Place, _ work: Work) -> Lookup {
    let end = min(knownSteps, place.step, work.scanned + Self.scanBudget)
    for step in work.scanned..<max(end, work.scanned) {
      guard record(at: step + 1) == place.run.source.record(at: step + 1) else { return findAlike(place) }
    }
    if end == place.step {
      guard knows(place) else { return .more }
      return .found(end, .info("Read again: this is the same step."))
    }
    if end == work.scanned { return isAllLookedAt ? findAlike(place) : .more }
    return .looked(end - work.scanned)
  }

  /// Whether everything that is to be found again lies in what is known; a file that grows has no more.
  private func knows(_ place: Goal.Place) -> Bool {
    isAllLookedAt || timeline.frontier.time > place.horizon
  }

  /// After a difference: the step at which the same happens, else the last one before it, else the same time.
  private func findAlike(_ place: Goal.Place) -> Lookup {
    guard knows(place) else { return .more }
    for step in stride(from: place.step, to: max(0, place.step - Self.nearSteps), by: -1) {
      guard let mark = place.run.mark(of: step), mark.time == place.time, let found = self.step(of: mark)
      else {
        continue
      }
      let isSame = step == place.step
      return .found(found, .warning(isSame ? Self.sameStep : Self.stepBefore))
    }
    guard case .found(let found, _, _) = findTime(place.time) else {
      return isAllLookedAt ? .found(knownSteps, .warning(Self.notSoFar)) : .more
    }
    return .found(found, .warning(Self.sameTime))
  }

  private static let sameStep = "Read again: it runs differently before this step."
  private static let stepBefore = "Read again: the step is gone, so this is the last one before it."
  private static let sameTime =
    "Read again: it runs differently before this step, so this is the same time instead."

  private static let notSoFar = "Read again: it has not come so far again; this is the newest step."

  // MARK: What is kept

  /// Takes over what a person had selected, marked and visited, as far as it is there again.
  mutating func takeBack(_ place: Goal.Place) {
    let here = self
    func found(_ step: Int) -> Int? {
      if step == 0 { return 0 }
      return place.run.mark(of: step, limit: Self.keepLimit).flatMap {
        here.step(of: $0, limit: Self.keepLimit)
      }
    }
    visited = place.visited.moved(found)
    bookmarks = place.bookmarks.compactMapValues(found)
    let names = place.run.names
    let old = place.selection
    func event(_ step: Int?) -> Event? { step.flatMap(found).flatMap { here.record(at: $0)?.event } }
    selection = Selection()
    if case .made(let id, _, _, _) = event(old.deferred.flatMap { names.deferreds.at($0)?.madeAt }) {
      selection.deferred = id
      selection.stage = old.stage
    }
    if case .failureBorn(let id, _, _, _, _) = event(old.failure.flatMap { names.failures.at($0)?.bornAt }) {
      selection.failure = id
    }
    if case .timerMade(let id, _, _, _) = event(old.timer.flatMap { names.timers.at($0)?.madeAt }) {
      selection.timer = id
    }
    // Others of its kind that come before it change its number, but mostly not its name.
    if let name = old.actor.flatMap({ names.actors.at($0)?.name }) {
      let before = names.actors.filter { $0.name == name && $0.id < old.actor! }.count
      let alike = here.timeline.frontier.actors.filter { $0.name == name }
      selection.actor = alike.dropFirst(before).first?.id ?? alike.last?.id
    }
  }
}
