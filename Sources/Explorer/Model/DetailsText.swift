import Screen
import Traces

extension Session {
  /// What there is to know of a thing, in full, as plain lines: for the clipboard.
  package func detailsText(of subject: Subject) -> [String] {
    details(of: subject).lines.map { $0.label.isEmpty ? $0.text : "\($0.label): \($0.text)" }
  }

  fileprivate func details(of subject: Subject) -> DetailLines {
    Details(scene: Scene(self, glyphs: .unicode), session: self).lines(of: subject)
  }
}

extension Model {
  /// How far the text of the focused panel can be scrolled: its rows that do not fit, and the first.
  var scrollRows: Int {
    guard let session, let rect = layout.rect(of: session.focus) else { return 1 }
    let content = rect.splitTop(1).rest
    var rows = 0
    switch session.focus {
    case .details:
      var nowhere = Buffer(.zero, glyphs: glyphs)
      let empty = Rect(x: 0, y: 0, width: content.width, height: 0)
      rows = session.subject.map { session.details(of: $0).draw(in: empty, from: 0, into: &nowhere) } ?? 0
    case .narration:
      rows =
        wrapped(session.world.narration ?? "", to: content.width - 2, limit: NarrationPanel.rowLimit).count
    default: break
    }
    return max(1, rows - content.height + 1)
  }
}
