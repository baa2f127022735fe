import Screen
import Traces

/// The explorer's panels over one open source.
struct SessionView {
  let session: Session
  let layout: Layout
  let glyphs: Glyphs
  let model: Model
  let scene: Scene

  init(session: Session, layout: Layout, glyphs: Glyphs, model: Model) {
    (self.session, self.layout, self.glyphs, self.model) = (session, layout, glyphs, model)
    scene = Scene(session, glyphs: glyphs)
  }

  func draw(into buffer: inout Buffer) {
    drawHeader(into: &buffer)
    for separator in layout.separators {
      buffer.verticalLine(x: separator.x, y: separator.y, length: separator.height + 1, in: separator)
    }
    for frame in layout.frames { draw(frame, into: &buffer) }
    StatusLine(session: session, glyphs: glyphs).draw(in: layout.status, into: &buffer)
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
      frame.rect, title: panel.chromeTitle, subject: subject(of: panel), note: note(on: panel),
      isFocused: panel == session.focus, into: &buffer)
    drawContent(of: panel, in: content, into: &buffer)
  }

  var chainArea: ChainArea {
    ChainArea(
      scene: scene, shown: session.shownDeferred, selectedStage: session.selection.stage,
      isFocused: session.focus == .chain)
  }

  private func drawContent(of panel: Panel, in rect: Rect, into buffer: inout Buffer) {
    let isFocused = panel == session.focus
    switch panel {
    case .chain: break
    case .deferreds:
      DeferredsPanel(scene: scene, shown: session.shownDeferred, isFocused: isFocused)
        .draw(in: rect, into: &buffer)
    case .timers:
      TimersPanel(scene: scene, selected: isFocused ? session.shownTimer : nil, isFocused: isFocused)
        .draw(in: rect, into: &buffer)
    case .events: events.draw(in: rect, into: &buffer)
    case .failures:
      FailuresPanel(scene: scene, selected: session.shownFailure, isFocused: isFocused)
        .draw(in: rect, into: &buffer)
    case .source:
      SourcePanel(
        lines: session.source.sourceText?.lines ?? [], current: session.currentLine,
        selected: isFocused ? session.shownLine : nil, column: session.scroll(of: .source).column,
        isFocused: isFocused
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

  var events: EventsPanel {
    let row = (session.filter?.rank(of: session.shownEvent) ?? session.shownEvent) - 1
    return EventsPanel(
      scene: scene, timeline: session.timeline, steps: session.filter?.steps, selected: session.shownEvent,
      selectedRow: max(0, row), isFocused: session.focus == .events)
  }

  private func drawDetails(in rect: Rect, into buffer: inout Buffer) {
    guard let subject = session.subject else {
      return drawEmpty("Nothing is selected. Press s to step.", in: rect, into: &buffer)
    }
    let lines = Details(scene: scene, timeline: session.timeline).lines(of: subject)
    lines.draw(in: rect, from: session.scroll(of: .details).row, into: &buffer)
  }

  // MARK: Titles

  private func subject(of panel: Panel) -> String {
    switch panel {
    case .source: session.source.sourceText.map { $0.file } ?? ""
    case .details:
      session.subject.map { Details(scene: scene, timeline: session.timeline).title(of: $0) } ?? ""
    default: ""
    }
  }

  private func note(on panel: Panel) -> String {
    let world = session.world
    switch panel {
    case .deferreds: return world.deferreds.isEmpty ? "" : "\(world.deferreds.count)"
    case .timers: return world.pendingTimers.isEmpty ? "" : "\(world.pendingTimers.count) pending"
    case .events: return session.filter.map { "filter: \($0.query.text)" } ?? ""
    case .failures: return world.failures.isEmpty ? "" : "\(world.failures.count)"
    case .log: return world.log.isEmpty ? "" : "\(world.log.count)"
    case .chain, .source, .details, .narration: return ""
    }
  }
}

extension Scene {
  /// What a Session stands at, and what it knows of the rest.
  init(_ session: Session, glyphs: Glyphs) {
    self.init(
      world: session.world, known: session.timeline.frontier, isEndKnown: session.isEndKnown, glyphs: glyphs)
  }
}
