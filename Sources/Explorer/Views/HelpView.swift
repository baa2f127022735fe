import Screen

/// The help over the whole screen, from the tables of bindings and commands.
struct HelpView {
  let model: Model
  let help: HelpOverlay

  private static let keyWidth = 16

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let lines = model.helpLines
    let note = help.searchText.isEmpty ? "/ searches" : "with: \(help.searchText)"
    let content = drawChrome(rect, title: "Help", note: note, isFocused: true, into: &buffer)
    guard !lines.isEmpty else {
      let text = "No line of the help has these words. Press / to search for others."
      return drawEmpty(text, in: content, into: &buffer)
    }
    var rest = content
    var next = min(help.scroll, Self.firstOfLastPage(lines, in: content, buffer.glyphs))
    while next < lines.count, !rest.isEmpty {
      let rows = Self.rows(of: lines[next], in: content, buffer.glyphs)
      draw(lines[next], in: rest, into: &buffer)
      rest = rest.splitTop(rows).rest
      next += 1
    }
    if next < lines.count {
      let text = " \(buffer.glyphs[.arrowDown]) \(lines.count - next) more "
      let last = content.splitBottom(1).bottom
      buffer.write(text, in: last.splitRight(width(of: text)).right, style: .dim)
    }
  }

  /// How many lines can stand at the top: from one of them on, all that is left is in view.
  static func topLines(_ model: Model) -> Int {
    let body = fullScreenRect(model.layout, model.size).splitTop(1).rest
    return max(0, firstOfLastPage(model.helpLines, in: body, model.glyphs)) + 1
  }

  /// How many lines a page goes on from what is at the top, or back: those that are seen whole, less one to hold on to.
  static func pageLines(_ model: Model, isForward: Bool) -> Int {
    let body = fullScreenRect(model.layout, model.size).splitTop(1).rest
    let lines = model.helpLines
    let top = min(model.help?.scroll ?? 0, lines.count)
    let page = isForward ? Array(lines[top...]) : lines[..<top].reversed()
    var (count, height) = (0, 0)
    for line in page {
      height += rows(of: line, in: body, model.glyphs)
      if height > body.height { break }
      count += 1
    }
    return max(1, count - 1)
  }

  /// Where to begin so that the last line stands at the bottom.
  private static func firstOfLastPage(_ lines: [HelpLine], in rect: Rect, _ glyphs: Glyphs) -> Int {
    var (first, rows) = (lines.count, 0)
    while first > 0 {
      rows += Self.rows(of: lines[first - 1], in: rect, glyphs)
      if rows > rect.height { break }
      first -= 1
    }
    return min(first, lines.count - 1)
  }

  /// The columns of the keys, and of what they do.
  private static func columns(of rect: Rect) -> (keys: Rect, help: Rect) {
    let inside = rect.inset(1, 0).splitLeft(rect.width >= 40 ? 2 : 0).rest
    let (keys, rest) = inside.splitLeft(min(keyWidth, rect.width / 3))
    return (keys, rest.splitLeft(1).rest)
  }

  private static func rows(of line: HelpLine, in rect: Rect, _ glyphs: Glyphs) -> Int {
    guard case .row(let keys, let help, _) = line else { return 1 }
    let (left, right) = columns(of: rect)
    let helpRows = wrapped(help, to: right.width, glyphs: glyphs).count
    return max(helpRows, wrapped(keys, to: left.width, glyphs: glyphs).count)
  }

  private func draw(_ line: HelpLine, in rect: Rect, into buffer: inout Buffer) {
    switch line {
    case .blank: break
    case .heading(let text): buffer.write(text, in: rect.row(0).inset(1, 0), style: .heading)
    case .row(let keys, let help, let note):
      let (left, right) = Self.columns(of: rect)
      // What can't act now is dim; pressing it says why.
      let isOff = note != nil
      buffer.write(wrapping: keys, in: left, style: isOff ? .dim : Style(.key))
      buffer.write(wrapping: help, in: right, style: isOff ? .dim : .plain)
    }
  }
}
