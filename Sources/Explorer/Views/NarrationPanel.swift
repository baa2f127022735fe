import Screen

/// What the lesson says at this point.
struct NarrationPanel {
  let text: String?
  /// No more rows of a text are shown.
  static let rowLimit = 500
  /// How many rows are scrolled out above.
  let scroll: Int

  func draw(in rect: Rect, into buffer: inout Buffer) {
    guard let text, !text.isEmpty else {
      return drawEmpty("No lesson has said anything yet.", in: rect, into: &buffer)
    }
    let inside = rect.inset(1, 0)
    let lines = wrapped(text, to: inside.width, limit: Self.rowLimit, glyphs: buffer.glyphs)
    let first = max(0, min(scroll, lines.count - inside.height))
    for (index, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
      buffer.write(line, in: inside.row(index))
    }
    if first + inside.height < lines.count, inside.height > 0 {
      let last = inside.row(inside.height - 1)
      buffer.write(" \(buffer.glyphs[.ellipsis])", in: last.splitRight(2).right, style: .dim)
    }
  }
}
