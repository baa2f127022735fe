import Traces

/// Why a key can't act now: sentences for the message line.
enum Reasons {
  /// - Parameter back: what goes the other way.
  static func atEnd(_ model: Model, _ back: Command) -> String? {
    guard let session = model.session else { return nil }
    if let reason = working(model) { return reason }
    guard session.isAtEnd else { return nil }
    if let fault = session.source.fault { return fault }
    return session.knownSteps == 0
      ? "There are no steps at all."
      : "This is the end: \(counted(session.knownSteps, "step")). \(Bindings.keyName(of: back)) goes back."
  }

  /// - Parameter forward: what goes the other way.
  static func atStart(_ model: Model, _ forward: Command) -> String? {
    guard let session = model.session else { return nil }
    if let reason = working(model) { return reason }
    return session.isAtStart ? "Already at the start. \(Bindings.keyName(of: forward)) goes on." : nil
  }

  static func working(_ model: Model) -> String? {
    guard let work = model.session?.work else { return nil }
    return "\(work.title) goes on: ^C stops it first."
  }

  static func noVisitedBack(_ model: Model) -> String? {
    working(model)
      ?? (model.session?.visited.canGoBack == false ? "You have not jumped from anywhere yet." : nil)
  }

  static func noVisitedOn(_ model: Model) -> String? {
    working(model)
      ?? (model.session?.visited.canGoOn == false ? "There is nothing to go on to: [ goes back first." : nil)
  }

  static func noSubject(_ model: Model) -> String? {
    working(model)
      ?? (model.session?.subject == nil ? "Nothing is selected: there is nothing in this panel yet." : nil)
  }

  static let nothingToSearchFor = "There is nothing to search for yet: / begins a search."

  static func noSearch(_ model: Model) -> String? {
    model.session?.search == nil ? nothingToSearchFor : nil
  }

  static func cannotPlay(_ model: Model) -> String? {
    model.session?.playback.isPlaying == true ? nil : atEnd(model, .playBack)
  }

  static func cannotPlayBack(_ model: Model) -> String? {
    model.session?.playback.isPlaying == true ? nil : atStart(model, .play)
  }

  static func fastest(_ model: Model) -> String? {
    guard let playback = model.session?.playback, playback.isFastest else { return nil }
    return "This is the fastest: \(playback.speedText)."
  }

  static func slowest(_ model: Model) -> String? {
    guard let playback = model.session?.playback, playback.isSlowest else { return nil }
    return "This is the slowest: \(playback.speedText)."
  }

  static func noBookmarks(_ model: Model) -> String? {
    guard let session = model.session, session.bookmarks.isEmpty, session.visited.steps.isEmpty else {
      return working(model)
    }
    return "There are no bookmarks yet: m and a letter sets one."
  }

  static func noBookmarksToDelete(_ model: Model) -> String? {
    model.session?.bookmarks.isEmpty == true ? "There are no bookmarks: m and a letter sets one." : nil
  }

  static func oneView(_ model: Model) -> String? {
    guard let session = model.session else { return nil }
    switch session.focus {
    case .failures: return session.failures.scannedTo == 0 ? "There is no Failure yet." : nil
    case .deferreds: return session.siteOrder.sites.isEmpty ? "There is no Deferred yet." : nil
    default: return "\(session.focus.title) has one view only."
    }
  }

  static func noLesson(_ model: Model) -> String? {
    model.session?.panels.contains(.narration) == false ? "A recording has no lesson." : nil
  }

  static func nothingAsked(_ model: Model) -> String? {
    if let reason = noLesson(model) { return reason }
    guard let session = model.session, session.question == nil else { return nil }
    return "The lesson asks nothing here."
  }

  static func noFilter(_ model: Model) -> String? {
    if let session = model.session, session.focus == .failures {
      return session.failures.filter == nil && session.failuresView == .list
        ? "All Failures are listed: f chooses some." : nil
    }
    if let session = model.session, session.focus == .deferreds {
      return session.deferredFilter == nil ? "All Deferreds are listed: f chooses some." : nil
    }
    return model.session?.filter == nil ? "No filter is set: f sets one." : nil
  }

  static func nothingToTheRight(_ model: Model) -> String? {
    guard let session = model.session else { return nil }
    if let reason = neverCut(session.focus) { return reason }
    return model.isCutAtRight ? nil : "Nothing is cut off to the right in \(session.focus.title)."
  }

  static func nothingToTheLeft(_ model: Model) -> String? {
    guard let session = model.session else { return nil }
    if let reason = neverCut(session.focus) { return reason }
    return session.scroll(of: session.focus).column > 0
      ? nil : "Nothing is cut off to the left in \(session.focus.title)."
  }

  /// Why a panel is never moved sideways.
  private static func neverCut(_ panel: Panel) -> String? {
    switch panel {
    case .chain: "The chain always fits: \(Panel.details.digit) shows in full what is shortened in it."
    case .details, .narration: "\(panel.title) breaks its lines: nothing is cut off at the side."
    case .deferreds, .timers, .events, .failures, .source, .log: nil
    }
  }

  static func zoomed(_ model: Model) -> String? {
    model.session?.isZoomed == true ? "This panel has the whole screen already: _ shows all panels." : nil
  }

  static func notZoomed(_ model: Model) -> String? {
    model.session?.isZoomed == false ? "All panels are shown already: + gives one the whole screen." : nil
  }
}
