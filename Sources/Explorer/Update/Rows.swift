import Traces

/// Moving the selection row by row, in whatever has the focus.
extension Model {
  mutating func moveRows(_ command: Command, times: Int) {
    let before = standing
    let isForward = [.rowDown, .pageDown, .lastRow].contains(command)
    move(RowMove(command, times: times, pageRows: pageRows(isForward: isForward)))
    guard standing == before else { return }
    message = .info(hasRows ? "This is the \(isForward ? "last" : "first") row." : "There is no row here.")
  }

  /// Where the selection is, or how far a text is scrolled.
  private var standing: Standing {
    if let help { return Standing(row: help.scroll) }
    guard let session else { return Standing(row: gallery.selection) }
    return Standing(subject: session.subject, row: session.scroll(of: session.focus).row)
  }

  private struct Standing: Equatable {
    var subject: Subject?
    var row: Int
  }

  private var hasRows: Bool {
    if help != nil { return true }
    guard let session else { return !gallery.visible.isEmpty }
    return session.focus.isText || session.subject != nil
  }

  /// To the next line of the help that has what is searched for, or the one before; the first below a heading
  /// has that on top.
  mutating func goToHelpMatch(isForward: Bool) {
    guard let help, !help.searchText.isEmpty else {
      message = .info(Reasons.nothingToSearchFor)
      return
    }
    let lines = helpLines
    let tops = lines.indices.filter { index in
      switch lines[index] {
      case .heading: true
      case .row: index > 0 && !lines[index - 1].isHeading
      case .blank: false
      }
    }
    let bottom = HelpView.topLines(self) - 1
    let target = isForward ? tops.first { $0 > help.scroll } : tops.last { $0 < help.scroll }
    guard let target, !isForward || help.scroll < bottom else {
      let place = isForward ? "after those shown" : "before this one"
      message = .info("No line with \(help.searchText) \(place).")
      return
    }
    self.help?.scroll = min(target, bottom)
  }

  mutating func move(_ move: RowMove) {
    if let help {
      let target = move.target(from: help.scroll, count: HelpView.topLines(self))
      self.help?.scroll = target
    } else if session != nil {
      let textRows = session?.focus.isText == true ? scrollRows : 0
      session?.moveRows(move, textRows: textRows)
    } else {
      gallery.select(move.target(from: gallery.selection, count: gallery.visible.count))
    }
  }
}

/// How far to move along a list.
struct RowMove {
  enum Extent: Equatable { case rows(Int), toFirst, toLast }
  let extent: Extent

  init(rows: Int) { extent = .rows(rows) }

  init(_ command: Command, times: Int, pageRows: Int) {
    switch command {
    case .rowDown: extent = .rows(times)
    case .rowUp: extent = .rows(-times)
    case .pageDown: extent = .rows(pageRows * times)
    case .pageUp: extent = .rows(-pageRows * times)
    case .firstRow: extent = .toFirst
    default: extent = .toLast
    }
  }

  /// The row it leads to, among `count` rows.
  func target(from row: Int, count: Int) -> Int {
    switch extent {
    case .rows(let rows): min(max(0, row + rows), max(0, count - 1))
    case .toFirst: 0
    case .toLast: max(0, count - 1)
    }
  }
}

extension Session {
  /// Moves the selection in the focused panel, or scrolls its text, of which the first `textRows` rows can be on top.
  mutating func moveRows(_ move: RowMove, textRows: Int) {
    let world = timeline.world
    switch focus {
    case .chain:
      guard let id = shownDeferred, let stage = shownStage else { return }
      selection.stage = move.target(from: stage, count: world.deferreds[id].stages.count)
    case .deferreds where deferredsView == .sites: moveInSites(move)
    case .deferreds:
      if let ids = listedDeferreds { moveInDeferreds(ids, move) } else { moveInTree(move) }
    case .timers: moveInTimers(move)
    case .events: moveInEvents(move)
    case .failures where failuresView == .groups: moveInGroups(move)
    case .failures:
      guard let failure = shownFailure else { return }
      let rows = failureRows
      selection.failure = rows[move.target(from: rows.row(of: failure), count: rows.count)]
    case .source:
      guard let line = shownLine else { return }
      selection.line = move.target(from: line, count: shownSource?.lines.count ?? 0)
    case .log:
      guard let entry = shownLogEntry else { return }
      selection.logEntry = move.target(from: entry, count: world.log.count)
    case .details, .narration:
      let row = scroll(of: focus).row
      scrolls[focus, default: Scroll()].row = move.target(from: row, count: textRows)
    }
  }

  private mutating func moveInTree(_ move: RowMove) {
    let tree = DeferredTree(timeline.world)
    guard var id = shownDeferred else { return }
    switch move.extent {
    case .toFirst: id = tree.first ?? id
    case .toLast: id = tree.last ?? id
    case .rows(let rows):
      for _ in 0..<min(abs(rows), 10_000) {
        guard let next = rows > 0 ? tree.next(after: id) : tree.previous(before: id) else { break }
        id = next
      }
    }
    hold(id)
  }

  /// Shows a Deferred's chain until it is let go of.
  mutating func hold(_ id: DeferredID) {
    if selection.deferred != id { selection.stage = nil }
    selection.line = nil
    selection.deferred = id
  }

  private mutating func moveInTimers(_ move: RowMove) {
    let rows = timerRows
    guard !rows.isEmpty else { return }
    let row = shownTimer.flatMap { rows.firstIndex(of: $0) } ?? 0
    select(rows[move.target(from: row, count: rows.count)])
  }

  private mutating func moveInEvents(_ move: RowMove) {
    guard let filter else {
      selection.event = move.target(from: shownEvent - 1, count: knownSteps) + 1
      if knownSteps == 0 { selection.event = nil }
      return
    }
    guard !filter.steps.isEmpty else { return }
    let row = max(0, filter.rank(of: shownEvent) - 1)
    selection.event = Int(filter.steps[move.target(from: row, count: filter.steps.count)])
  }
}
