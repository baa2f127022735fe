import Traces

extension Model {
  /// Does a command; whether it can act has been asked before.
  mutating func perform(_ command: Command, times: Int) -> [Effect] {
    if session != nil, help == nil, let goal = command.goal {
      session?.playback.direction = nil
      message = session?.step(goal, command, times: times)
      return []
    }
    switch command {
    case .quit: return [.quit]
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .interrupt: return interrupt()
    case .back: return back()
    case .release: return release()
    case .help: toggleHelp()
    case .commandLine: prompt = Prompt(.command)
    case .search: beginSearch()
    case .filter: beginFilter()
    case .unfilter: setFilter("", in: session?.focus)
    case .answer: prompt = Prompt(.answer)
    case .setBookmark, .deleteBookmark, .goToBookmark: pending = command
    case .count: count = 0
    // Where no session has them, they are about the help.
    case .nextMatch, .previousMatch: goToHelpMatch(isForward: command == .nextMatch)
    case .copy: return copy()
    case .reload: return session.map { [.reload($0.name)] } ?? []
    case .choose: return choose()
    case .rowDown, .rowUp, .pageDown, .pageUp, .firstRow, .lastRow: moveRows(command, times: times)
    // Where there are no steps to go through, they are about rows.
    case .toStart: moveRows(.firstRow, times: 1)
    case .toEnd: moveRows(.lastRow, times: 1)
    case .visitedBack: session?.goToVisited(.back, times: times)
    case .visitedOn: session?.goToVisited(.forward, times: times)
    default: perform(inSession: command, times: times)
    }
    return []
  }

  private mutating func perform(inSession command: Command, times: Int) {
    guard var session else { return }
    switch command {
    case .whence: message = session.goWhence()
    case .whither: message = session.goWhither()
    case .play, .playBack: togglePlay(&session, command)
    case .faster, .slower:
      session.playback.changeSpeed(by: command == .faster ? 1 : -1)
      message = .info("\(session.playback.speedText).")
    case .focusNext, .focusPrevious: session.focusNext(by: command == .focusNext ? 1 : -1)
    case .focus(let panel): session.giveFocus(to: panel)
    case .zoom, .unzoom: session.isZoomed = command == .zoom
    case .nextView, .previousView: message = session.turnView(by: command == .nextView ? 1 : -1)
    case .scrollRight, .scrollLeft: scrollSideways(&session, command, times: times)
    default: break
    }
    self.session = session
  }

  /// As far as something is cut off there.
  private mutating func scrollSideways(_ session: inout Session, _ command: Command, times: Int) {
    for _ in 0..<min(times, 1000) {
      self.session = session
      guard command == .scrollLeft || isCutAtRight else { return }
      session.scrollSideways(by: command == .scrollRight ? 8 : -8)
    }
  }

  private mutating func togglePlay(_ session: inout Session, _ command: Command) {
    let direction: Playback.Direction = command == .play ? .forward : .back
    if session.playback.isPlaying {
      session.playback.direction = nil
      message = .info("Paused.")
    } else {
      session.playback.direction = direction
      let way = direction == .forward ? "Playing" : "Playing backwards"
      message = .info("\(way), \(session.playback.speedText). < and > change that, Space pauses.")
    }
  }

  // MARK: Leaving

  private mutating func interrupt() -> [Effect] {
    guard var session, session.work != nil || session.playback.isPlaying else { return [.quit] }
    message = session.stop()
    self.session = session
    return []
  }

  private mutating func back() -> [Effect] {
    if help != nil {
      help = nil
    } else if session != nil, isFromGallery {
      session = nil
    } else {
      return [.quit]
    }
    return []
  }

  /// Lets go of the innermost thing that is held.
  private mutating func release() -> [Effect] {
    if let help {
      self.help = help.searchText.isEmpty ? nil : HelpOverlay()
      return []
    }
    guard var session else {
      gallery.search("")
      return []
    }
    message = session.release()
    self.session = session
    return []
  }

  private mutating func toggleHelp() { help = help == nil ? HelpOverlay() : nil }

  /// What is listed in the focused panel, or else which events are, is asked for.
  private mutating func beginFilter() {
    switch session?.focus {
    case .failures: prompt = Prompt(.failureFilter, continuing: session?.failures.filter?.text)
    case .deferreds: prompt = Prompt(.deferredFilter, continuing: session?.deferredFilter?.query.text)
    default: prompt = Prompt(.filter, continuing: session?.filter?.query.text)
    }
  }

  private mutating func beginSearch() {
    let prompt = Prompt(help != nil ? .helpSearch : session != nil ? .search : .gallerySearch)
    self.prompt = prompt
    searchAsTyped(prompt)
  }

  // MARK: Acting on what is selected

  mutating func choose() -> [Effect] {
    guard var session else {
      isFromGallery = true
      return gallery.selected.map { [.open(SourceName($0.fileName, in: .builtIn))] } ?? []
    }
    message = session.choose()
    self.session = session
    return []
  }

  private func copy() -> [Effect] {
    guard let session, let subject = session.subject else { return [] }
    return [.copy(session.detailsText(of: subject).joined(separator: "\n"))]
  }
}

extension Command {
  /// Where a stepping command goes.
  fileprivate var goal: Goal? {
    switch self {
    case .step: .filtered(.forward)
    case .stepBack: .filtered(.back)
    case .over: .landmark(.endOfRun, .forward)
    case .overBack: .landmark(.endOfRun, .back)
    case .out: .landmark(.outside, .forward)
    case .outBack: .landmark(.outside, .back)
    case .nextMoment: .landmark(.moment, .forward)
    case .previousMoment: .landmark(.moment, .back)
    case .nextFailure: .landmark(.failureEvent, .forward)
    case .previousFailure: .landmark(.failureEvent, .back)
    case .nextListed: .failure(.forward)
    case .previousListed: .failure(.back)
    case .nextMatch: .match(.forward)
    case .previousMatch: .match(.back)
    case .toEnd: .end
    case .toStart: .step(0)
    default: nil
    }
  }
}
