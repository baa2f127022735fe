import Screen

/// The help over the whole screen, from the tables of bindings and commands.
struct HelpView {
  let model: Model
  let help: HelpOverlay

  /// The columns of the keys.
  private static let keyWidth = 24

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let lines = model.helpLines
    let note = help.searchText.isEmpty ? "/ searches" : "with: \(help.searchText)"
    let content = drawChrome(rect, title: "Help", note: note, isFocused: true, into: &buffer)
    guard !lines.isEmpty else {
      return drawEmpty("No line of the help has these words. Press / to search for others.", in: content, into: &buffer)
    }
    let first = max(0, min(help.scroll, lines.count - content.height))
    for (index, line) in lines.dropFirst(first).prefix(content.height).enumerated() {
      draw(line, in: content.row(index).inset(1, 0), into: &buffer)
    }
    if first + content.height < lines.count, content.height > 1 {
      let text = " \(lines.count - first - content.height) more "
      let place = content.row(content.height - 1).splitRight(text.utf8.count).right
      buffer.write(text, in: place, style: .dim)
    }
  }

  private func draw(_ line: HelpLine, in row: Rect, into buffer: inout Buffer) {
    switch line {
    case .blank: break
    case .heading(let text): buffer.write(text, in: row, style: .heading)
    case .row(let keys, let help, let note):
      var writer = RowWriter(row.splitLeft(row.width >= 40 ? 2 : 0).rest)
      writer.column(
        keys, width: min(Self.keyWidth, row.width / 3), Style(.key), into: &buffer)
      writer.write(help, note == nil ? .plain : .dim, into: &buffer)
      if let note { writer.write(" (\(note))", .dim, into: &buffer) }
    }
  }
}
