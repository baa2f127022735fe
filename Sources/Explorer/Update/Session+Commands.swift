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
    if case .line(let line) = subject { return go(to: .line(line)) }
    let origin = step(thatMade: subject)
    return origin == step ? .info("This is the step that made it.") : go(to: .step(origin))
  }

  private func step(thatMade subject: Subject) -> Int {
    let world = timeline.world
    return switch subject {
    case .deferred(let id): world.deferreds[id].madeAt
    case .stage(let id, let stage): world.deferreds[id].stages[stage].addedAt
    case .timer(let id): world.timers[id].madeAt
    case .failure(let id): world.failures[id].bornAt
    case .event(let step): step
    case .logEntry(let index): world.log[index].step
    case .line: step
    }
  }

  /// Enter: to the step of what is selected.
  mutating func choose() -> Message? {
    switch focus {
    case .events, .log, .source: return goWhence()
    case .details, .narration: return nil
    case .chain, .deferreds, .timers, .failures:
      let line = "w goes to where this was made, W to the last step it takes part in."
      return .info(line)
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
    if selection != Selection() {
      selection = Selection()
      return .info("Everything follows the current step again.")
    }
    if filter != nil {
      filter = nil
      return .info("All events are shown again.")
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

  package mutating func giveFocus(to panel: Panel) {
    focus = panel
    if !panel.isText { subjectPanel = panel }
  }

  mutating func focusNext(by places: Int) {
    let count = Panel.allCases.count
    giveFocus(to: Panel.allCases[(focus.rawValue + places + count) % count])
  }

  mutating func scrollSideways(by columns: Int) {
    let column = scroll(of: focus).column + columns
    scrolls[focus, default: Scroll()].column = min(max(0, column), 10_000)
  }
}
