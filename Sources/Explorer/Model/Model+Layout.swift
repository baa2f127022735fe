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

  /// The rows of a page: what is shown at once of the focused panel, the gallery or the help, below the title.
  func pageRows(isForward: Bool) -> Int {
    if help != nil { return HelpView.pageLines(self, isForward: isForward) }
    let layout = layout
    guard let session else {
      let body = fullScreenRect(layout, size).splitTop(1).rest
      return max(1, GalleryView.areas(in: body).list.height)
    }
    return max(1, (layout.rect(of: session.focus)?.height ?? size.height) - 1)
  }
}
