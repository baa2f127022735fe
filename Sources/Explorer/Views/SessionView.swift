import Screen
import Traces

/// The explorer's panels over one open source.
struct SessionView {
  let session: Session
  let layout: Layout
  let glyphs: Glyphs
  let scene: Scene

  init(session: Session, layout: Layout, glyphs: Glyphs) {
    (self.session, self.layout, self.glyphs) = (session, layout, glyphs)
    scene = Scene(session, glyphs: glyphs)
  }

  /// - Parameter bottom: the row below the status line; messages may need more than the one they have.
  func draw(above bottom: Int, into buffer: inout Buffer) {
    drawHeader(into: &buffer)
    for separator in layout.separators {
      buffer.verticalLine(x: separator.x, y: separator.y, length: separator.height + 1, in: separator)
    }
    for frame in layout.frames {
      let rect = open(frame.rect, above: bottom, on: buffer.size)
      draw(Layout.Frame(panel: frame.panel, rect: rect), into: &buffer)
    }
    statusLine.draw(above: bottom, height: layout.status.height, into: &buffer)
  }

  private var statusLine: StatusLine {
    StatusLine(session: session, glyphs: glyphs, lessonIsShown: layout.showsWholeNarration)
  }

  /// What a panel has for itself. A long sentence covers its last rows, and where it is the only one it scrolls what
  /// matters out from below that; several would jump.
  func open(_ rect: Rect, above bottom: Int, on size: Size) -> Rect {
    guard layout.frames.count == 1 else { return rect }
    let top = bottom - statusLine.rows(on: size, most: bottom).count
    return rect.splitTop(max(1, top - rect.y)).top
  }

  private func drawHeader(into buffer: inout Buffer) {
    guard !layout.header.isEmpty else { return }
    let inside = layout.header.inset(1, 0)
    var writer = RowWriter(inside)
    writer.write("Trapline  ", .dim, into: &buffer)
    writer.write(session.source.title, .heading, into: &buffer)
    if width(of: session.name.text) + 2 <= writer.rest.width {
      buffer.write(session.name.text, in: writer.rest, style: .dim, align: .trailing)
    }
  }

  private func draw(_ frame: Layout.Frame, into buffer: inout Buffer) {
    let panel = frame.panel
    if panel == .chain {
      return chainArea.draw(in: frame.rect, into: &buffer)
    }
    let content = drawChrome(
      frame.rect, title: panel.chromeTitle, subject: subject(of: panel, width: frame.rect.width),
      note: note(on: panel, width: frame.rect.width),
      isFocused: panel == session.focus, into: &buffer)
    let column = session.scroll(of: panel).column
    guard column > 0 else { return drawContent(of: panel, in: content, into: &buffer) }
    let wide = widened(panel, content.size, by: column)
    let (gutter, rest) = content.splitLeft(gutterWidth(of: panel))
    buffer.draw(wide, at: content.origin, in: gutter)
    buffer.draw(wide, at: Position(x: content.x - column, y: content.y), in: rest)
  }

  var chainArea: ChainArea {
    ChainArea(
      scene: scene, shown: session.shownDeferred, selectedStage: session.selection.stage,
      isFocused: session.focus == .chain, session: session)
  }

  private func drawContent(of panel: Panel, in rect: Rect, into buffer: inout Buffer) {
    let isFocused = panel == session.focus
    switch panel {
    case .chain: break
    case .deferreds where session.deferredsView == .sites: sites.draw(in: rect, into: &buffer)
    case .deferreds: deferreds.draw(in: rect, into: &buffer)
    case .timers:
      timers.draw(in: rect, into: &buffer)
    case .events: events.draw(in: rect, into: &buffer)
    case .failures where session.failuresView == .groups: failureGroups.draw(in: rect, into: &buffer)
    case .failures:
      FailuresPanel(
        scene: scene, rows: session.failureRows, selected: session.shownFailure, isFocused: isFocused
      )
      .draw(in: rect, into: &buffer)
    case .source:
      SourcePanel(
        source: session.shownSource, place: session.sourcePlace, isRecording: session.source.isRecording,
        isEarlier: session.isSourceEarlier,
        selected: isFocused ? session.shownLine : nil, isFocused: isFocused
      ).draw(in: rect, into: &buffer)
    case .details: drawDetails(in: rect, into: &buffer)
    case .log:
      LogPanel(scene: scene, selected: session.shownLogEntry, isFocused: isFocused).draw(
        in: rect, into: &buffer)
    case .narration:
      NarrationPanel(text: session.world.narration, scroll: session.scroll(of: .narration).row)
        .draw(in: rect, into: &buffer)
    }
  }

  var failureGroups: FailureGroupsPanel {
    FailureGroupsPanel(
      scene: scene, groups: session.failures.groups, selected: session.shownGroupRow,
      isFocused: session.focus == .failures)
  }

  var timers: TimersPanel {
    let isFocused = session.focus == .timers
    return TimersPanel(scene: scene, selected: isFocused ? session.shownTimer : nil, isFocused: isFocused)
  }

  var sites: SitesPanel {
    SitesPanel(
      scene: scene, timeline: session.timeline, order: session.siteOrder, selected: session.shownSite,
      isFocused: session.focus == .deferreds)
  }

  var deferreds: DeferredsPanel {
    let isFocused = session.focus == .deferreds
    let ids = session.listedDeferreds
    return DeferredsPanel(
      scene: scene, timeline: session.timeline,
      shown: ids.map { session.selectedDeferred(of: $0) } ?? session.shownDeferred,
      isFocused: isFocused, ids: ids)
  }

  var events: EventsPanel {
    let row = (session.filter?.rank(of: session.shownEvent) ?? session.shownEvent) - 1
    return EventsPanel(
      scene: scene, timeline: session.timeline, steps: session.filter?.steps, selected: session.shownEvent,
      selectedRow: max(0, row), isFocused: session.focus == .events, gaps: session.gaps)
  }

  private func drawDetails(in rect: Rect, into buffer: inout Buffer) {
    guard let subject = session.subject else {
      let panel = session.subjectPanel.title
      let way =
        session.step == 0 ? "Press s to step." : "Tab goes to a panel that has some; then come back."
      return drawEmpty(
        "These are the details of a row of \(panel), which has none. \(way)", in: rect, into: &buffer)
    }
    let lines = Details(scene: scene, session: session).lines(of: subject)
    lines.draw(in: rect, from: session.scroll(of: .details).row, into: &buffer)
  }

  // MARK: Sideways

  /// A panel's rows as they are where it is wider by so many columns.
  private func widened(_ panel: Panel, _ size: Size, by columns: Int) -> Buffer {
    var wide = Buffer(Size(width: size.width + columns, height: size.height), glyphs: glyphs)
    drawContent(of: panel, in: wide.bounds, into: &wide)
    return wide
  }

  /// The columns at the left that stay when the rest is moved: signs, and the numbers of lines.
  private func gutterWidth(of panel: Panel) -> Int {
    panel == .source ? SourcePanel.gutterWidth(lines: session.shownSource?.lines.count ?? 0) : 2
  }

  /// Whether a row that is seen goes on to the right.
  func isCutAtRight(_ panel: Panel) -> Bool {
    guard let content = layout.rect(of: panel)?.splitTop(1).rest, !content.isEmpty else { return false }
    let wide = widened(panel, content.size, by: session.scroll(of: panel).column)
    let ellipsis = String(glyphs[.ellipsis])
    // Before a character two columns wide the sign stands one column further left.
    return (0..<wide.size.height).contains { y in
      let ends = (max(0, wide.size.width - 2)..<wide.size.width).map { wide[$0, y].text }
      return ends.last { $0 != " " } == ellipsis
    }
  }

  // MARK: Titles

  private func subject(of panel: Panel, width columns: Int) -> String {
    switch panel {
    case .deferreds:
      guard case .site(let site) = session.deferredsView, let state = scene.known.sites.at(site) else {
        return ""
      }
      return SiteWords.name(of: state, session.timeline)
    case .source:
      // The end of a long path says more than its beginning, and what is said of the file more than the path.
      let note = sourceNote(room: columns)
      let room = columns - 14 - (note.isEmpty ? 0 : width(of: note) + 3)
      return fittedName(session.shownSource?.file ?? "", to: max(8, room), glyphs: glyphs)
    case .details:
      return session.subject.map { Details(scene: scene, session: session).title(of: $0) } ?? ""
    default: return ""
    }
  }

  private func note(on panel: Panel, width columns: Int) -> String {
    let world = session.world
    switch panel {
    case .deferreds: return deferredsNote(room: columns - 18)
    case .timers: return world.pendingTimers.isEmpty ? "" : "\(world.pendingTimers.count) pending"
    case .events: return session.filter.map { "filter: \($0.query.text)" } ?? ""
    case .failures: return failureNote(room: columns - 20)
    case .log: return world.log.isEmpty ? "" : "\(world.log.count)"
    case .source: return sourceNote(room: columns)
    case .chain, .details, .narration: return ""
    }
  }
}

extension SessionView {
  /// Lines of a file that was written to since may not be those that ran.
  fileprivate func sourceNote(room: Int) -> String {
    let isChanged = session.shownSource?.isChanged == true
    let changed = isChanged ? (room >= 60 ? "changed since the recording" : "changed") : ""
    guard session.isSourceEarlier else { return changed }
    let earlier = room < 70 || isChanged ? "an earlier line" : "this step tells no line: an earlier one"
    return isChanged ? "\(earlier), \(changed)" : earlier
  }

  fileprivate func deferredsNote(room: Int) -> String {
    let count = session.world.deferreds.count
    switch session.deferredsView {
    case .tree:
      if let filter = session.deferredFilter {
        let listed = "\(filter.ids.count)\(filter.hasMore(session) ? "+" : "") of \(count)"
        let full = "\(filter.query.text): \(listed)"
        return width(of: full) <= room ? full : listed
      }
      return count == 0 ? "" : "\(count)"
    case .sites:
      let (all, places) = (session.timeline.frontier.deferreds.count, session.siteOrder.sites.count)
      let full = "\(count) of \(counted(all, "Deferred")) from \(counted(places, "place"))"
      return width(of: full) <= room ? full : "\(count) of \(all), \(counted(places, "place"))"
    case .site(let site):
      let made = session.timeline.deferreds(ofSite: site).count
      let full = "\(counted(made, "Deferred")) of a place"
      return width(of: full) <= room - 16 ? full : "\(made)"
    }
  }

  /// How many Failures are listed, of how many, and how all of them ended.
  fileprivate func failureNote(room: Int) -> String {
    let total = session.timeline.frontier.failures.count
    switch session.failuresView {
    case .groups: return "\(total) in \(counted(session.failures.groups.count, "group"))"
    case .group: return "\(session.failureRows.count) of \(total), alike"
    case .list: break
    }
    if let filter = session.failures.filter {
      return "\(filter.text): \(session.failureRows.count) of \(total)"
    }
    let count = session.failureRows.count
    guard count > 0 else { return "" }
    guard session.failures.scannedTo == count else { return "\(count)" }
    return FailuresPanel.counts(
      session.failures, total: count, room: room, glyphs: glyphs, isEndKnown: session.isEndKnown)
  }
}

extension Scene {
  /// What a Session stands at, and what it knows of the rest.
  init(_ session: Session, glyphs: Glyphs) {
    self.init(
      world: session.world, known: session.timeline.frontier, isEndKnown: session.isEndKnown, glyphs: glyphs)
    showsPlaces = session.source.isRecording
  }
}

extension Model {
  /// Whether a row of the focused panel that is seen goes on to the right.
  var isCutAtRight: Bool {
    guard let session else { return false }
    return SessionView(session: session, layout: layout, glyphs: glyphs)
      .isCutAtRight(session.focus)
  }
}
