import Screen

/// Draws what all panels share, the title line, and gives the rectangle that is left for the content.
///
/// The focused panel has a heavy line and its title set off, so that no colour is needed to find it.
///
/// - Parameters:
///   - title: the panel's name, with the digit that focuses it.
///   - subject: what it shows now.
///   - note: said at the right end: a state, or how many rows there are.
func drawChrome(
  _ rect: Rect, title: String, subject: String = "", note: String = "", isFocused: Bool,
  into buffer: inout Buffer
) -> Rect {
  guard !rect.isEmpty else { return rect }
  let style: Style = isFocused ? .borderFocused : .border
  // One column more on either side, so that the line joins what separates the panels.
  buffer.horizontalLine(
    x: rect.x - 1, y: rect.y, length: rect.width + 2, weight: isFocused ? .heavy : .light, style: style)
  var x = rect.x + 1
  let end = rect.maxX - 1
  x = drawLabel(
    title, Style(.heading, isFocused ? [.bold, .reverse] : .bold), from: x, to: end, rect, &buffer)
  if !subject.isEmpty {
    x = drawLabel(subject, Style(.title, .bold), from: x, to: end, rect, &buffer)
  }
  let room = end - x - 1
  if !note.isEmpty, room >= 6 {
    let text = fitted(note, to: room - 2, glyphs: buffer.glyphs)
    _ = drawLabel(text, Style(.label), from: end - width(of: text) - 2, to: end, rect, &buffer)
  }
  return rect.splitTop(1).rest
}

/// A text with a space on either side in a title line; answers where the next one may begin.
private func drawLabel(
  _ text: String, _ style: Style, from x: Int, to end: Int, _ rect: Rect, _ buffer: inout Buffer
) -> Int {
  guard end - x > 2 else { return x }
  let label = " " + fitted(text, to: end - x - 2, glyphs: buffer.glyphs) + " "
  return x + buffer.write(label, at: Position(x: x, y: rect.y), style: style, in: rect)
}

/// What an empty panel says instead of rows: what is missing, and what to do about it.
func drawEmpty(_ text: String, in rect: Rect, into buffer: inout Buffer) {
  buffer.write(wrapping: text, in: rect.inset(1, 0), style: .dim)
}
