import Traces

/// What commands do to an open session.
extension Session {
  /// Goes where a stepping command goes, `times` times.
  mutating func step(_ goal: Goal, _ command: Command, times: Int) -> Message? {
    let isPlain = filter == nil
    if isPlain, command == .step { return go(to: .steps(times)) }
    if isPlain, command == .stepBack { return go(to: .steps(-times)) }
    return go(to: goal, count: times)
  }

  /// Back to where was jumped from, and on again.
  mutating func goToVisited(_ way: Goal.Way, times: Int) {
    for _ in 0..<min(times, VisitedMoments.limit) {
      guard let step = way == .back ? visited.goBack(from: step) : visited.goOn() else { return }
      move(to: step)
    }
  }

  /// Back to where was jumped from.
  mutating func goToVisited() -> Message? {
    guard let step = visited.goBack(from: step) else {
      return .info("You have not jumped from anywhere yet.")
    }
    move(to: step)
    return nil
  }

  // MARK: Bookmarks

  mutating func setBookmark(_ letter: Character) -> Message {
    bookmarks[letter] = step
    return .info("Bookmark \(letter) is step \(step).")
  }

  mutating func deleteBookmark(_ letter: Character) -> Message {
    guard let step = bookmarks.removeValue(forKey: letter) else {
      return .info("There is no bookmark \(letter). \(listBookmarks().text)")
    }
    return .info("Bookmark \(letter), step \(step), is deleted.")
  }

  /// Goes to a bookmark; `'` stands for where was jumped from.
  mutating func goToBookmark(_ letter: Character) -> Message? {
    if let step = bookmarks[letter] { return go(to: .step(step)) }
    if letter == "'" { return goToVisited() }
    return .info("There is no bookmark \(letter). \(listBookmarks().text)")
  }

  func listBookmarks() -> Message {
    let list = bookmarks.sorted { $0.key < $1.key }.map { "\($0.key) at step \($0.value)" }
    return .info(
      list.isEmpty ? "m and a letter sets a bookmark." : "Bookmarks: \(list.joined(separator: ", ")).")
  }

  // MARK: What is selected

  /// To the step that made what is selected.
  mutating func goWhence() -> Message? {
    guard let subject else { return nil }
    if case .line(let line) = subject { return go(to: .line(line, file: sourcePlace?.file)) }
    let made = step(thatMade: subject)
    // Already there: on to what ran when it was made.
    if made == step, case .deferred(let id) = subject,
      let outer = timeline.frontier.deferreds.at(id)?.madeInStep
    {
      return go(to: subject, at: outer, "This is the step that made it.")
    }
    return go(to: subject, at: made, "This is the step that made it.")
  }

  /// To the last step known that what is selected takes part in.
  mutating func goWhither() -> Message? {
    guard let subject else { return nil }
    pin(subject)
    return go(to: .last(subject), keepsSelection: true)
  }

  /// Enter: to the step of what is selected: where it fired, ran or was born, else where it was made.
  mutating func choose() -> Message? {
    guard let subject = subject(in: focus) else {
      return .info("There is no row to go to in \(focus.title).")
    }
    if case .line(let line) = subject { return go(to: .line(line, file: sourcePlace?.file)) }
    if case .site(let site) = subject { return enter(site: site) }
    if focus == .failures, failuresView == .groups { return enterGroup() }
    return go(to: subject, at: step(of: subject), "This is its step.")
  }

  /// To a step of something, which stays selected there, so that the next key is about the same thing.
  private mutating func go(to subject: Subject, at target: Int, _ here: String) -> Message? {
    guard target != step else { return .info(here) }
    pin(subject)
    return go(to: .step(target), keepsSelection: true)
  }

  /// Selects what was only followed, so that it is the same thing at another step.
  private mutating func pin(_ subject: Subject) {
    switch subject {
    case .stage, .deferred, .timer, .actor, .failure: select(subject)
    case .site, .event, .line, .logEntry: break
    }
  }

  private func step(thatMade subject: Subject) -> Int {
    let world = timeline.world
    return switch subject {
    case .deferred(let id): timeline.frontier.deferreds.at(id)?.madeAt ?? step
    case .site(let id):
      timeline.deferreds(ofSite: id).first.flatMap { timeline.frontier.deferreds.at(Int($0))?.madeAt } ?? step
    case .stage(let id, let stage): world.deferreds[id].stages[stage].addedAt
    case .timer(let id): world.timers[id].madeAt
    case .actor(let id): firstStep(of: id) ?? step
    // One that is yet to come is listed too.
    case .failure(let id): timeline.frontier.failures.at(id)?.firstToldAt ?? step
    case .event(let step): step
    case .logEntry(let index): world.log[index].step
    case .line: step
    }
  }

  /// The step that shows a thing best: known later ones count too.
  private func step(of subject: Subject) -> Int {
    let known = timeline.frontier
    return switch subject {
    case .deferred(let id): known.deferreds.at(id)?.firedAt ?? step(thatMade: subject)
    case .stage(let id, let stage):
      known.deferreds.at(id)?.stages.at(stage)?.passage?.step ?? step(thatMade: subject)
    case .site, .timer, .actor, .failure, .event, .logEntry, .line: step(thatMade: subject)
    }
  }

  /// Stops what goes on by itself.
  mutating func stop() -> Message? {
    playback.direction = nil
    guard let stopped = work else { return .info("Paused.") }
    work = nil
    return .info("Stopped: \(stopped.title.lowercased()). \(counted(knownSteps, "step")) known so far.")
  }

  /// Lets go of the innermost thing that is held, and says what it was.
  mutating func release() -> Message? {
    if work != nil || playback.isPlaying { return stop() }
    if focus == .deferreds, case .site(let site) = deferredsView {
      deferredsView = .sites
      selection.deferred = nil
      selection.site = site
      return .info("All places that make Deferreds.")
    }
    if focus == .failures, case .group = failuresView {
      failuresView = .groups
      return .info("Failures that are alike share a row.")
    }
    if selection != Selection() {
      selection = Selection()
      return .info("Everything follows the current step again.")
    }
    if filter != nil {
      filter = nil
      return .info("All events are shown again.")
    }
    if deferredFilter != nil {
      filterDeferreds(nil)
      return .info("All Deferreds are listed again.")
    }
    if failures.filter != nil || failuresView != .list {
      filterFailures(nil)
      return .info("All Failures are listed again.")
    }
    if search != nil {
      search = nil
      return .info("The search is over.")
    }
    if isZoomed {
      isZoomed = false
      return nil
    }
    return .info("There is nothing to let go of.")
  }

  // MARK: Focus

  /// Those that can have something to show.
  var panels: [Panel] { Panel.allCases.filter { $0 != .narration || !source.isRecording } }

  /// Another view of the focused panel.
  mutating func turnView(by places: Int) -> Message? {
    switch focus {
    case .failures: cycleFailures(by: places)
    case .deferreds: turnDeferredsView()
    default: nil
    }
  }

  package mutating func giveFocus(to panel: Panel) {
    focus = panel
    guard !panel.isText else { return }
    subjectPanel = panel
    guard panel != .source else { return }
    // The place of something else is shown from now on: a line of this file means nothing there.
    if panel != placePanel { selection.line = nil }
    placePanel = panel
  }

  mutating func focusNext(by places: Int) {
    let place = panels.firstIndex(of: focus) ?? 0
    giveFocus(to: panels[(place + places + panels.count) % panels.count])
  }

  mutating func scrollSideways(by columns: Int) {
    let column = scroll(of: focus).column + columns
    scrolls[focus, default: Scroll()].column = min(max(0, column), 10_000)
  }
}
