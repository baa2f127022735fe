import Screen
import Traces

extension Model {
  /// Where the panels stand now.
  package var layout: Layout {
    var layout = panelLayout(
      size: size, focus: session?.focus ?? .chain, zoom: session?.isZoomed ?? false,
      narrationRows: narrationRows)
    if let session {
      layout.showsWholeNarration = (layout.rect(of: .narration)?.height ?? 0) >= max(1, narrationRows)
      let status = StatusLine(
        session: session, glyphs: glyphs, lessonIsShown: layout.showsWholeNarration)
      layout.raiseStatus(to: status.rows(on: size).count)
    }
    return layout
  }

  /// How many rows the lesson would like: its text and its title.
  package var narrationRows: Int {
    guard let text = session?.world.narration, !text.isEmpty else { return 0 }
    return wrapped(text, to: max(1, size.width - 2), limit: max(1, size.height)).count + 1
  }

  /// The rows that the focused panel shows at once, below its title.
  var pageRows: Int {
    guard help == nil, let session, let rect = layout.rect(of: session.focus) else {
      return max(1, size.height - 3)
    }
    return max(1, rect.height - 1)
  }
}
