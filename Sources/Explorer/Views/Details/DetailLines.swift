import Screen
import Traces

/// A text of labelled paragraphs: what the details panel shows.
struct DetailLines {
  struct Line: Equatable {
    var label: String
    var text: String
    var style: Style
  }

  private(set) var lines: [Line] = []
  /// Stops, slots and waiters beyond this many are only counted.
  static let listLimit = 100

  mutating func add(_ label: String, _ text: String, _ style: Style = .plain) {
    lines.append(Line(label: label, text: text, style: style))
  }

  mutating func add(_ label: String, _ text: String?, _ style: Style = .plain) {
    if let text { add(label, text, style) }
  }

  /// Adds the first of many, and how many more there are.
  mutating func addEach<Elements: Sequence>(
    _ label: String, _ elements: Elements, count: Int, text: (Elements.Element) -> (String, Style)
  ) {
    for (index, element) in elements.prefix(Self.listLimit).enumerated() {
      let (text, style) = text(element)
      add(index == 0 ? label : "", text, style)
    }
    if count > Self.listLimit { add("", "and \(count - Self.listLimit) more", .dim) }
  }

  /// The columns of the labels.
  private static let labelWidth = 11

  /// So many bytes of one text are drawn: a few screens. The clipboard gets more of it.
  static let textLimit = 16_000

  /// What of a text is drawn.
  private func drawn(_ text: String, _ glyphs: Glyphs) -> String {
    guard text.utf8.count > Self.textLimit else { return text }
    let shown = beginning(of: text, bytes: Self.textLimit)
    return "\(shown)\(glyphs[.ellipsis])\n(\(text.utf8.count - shown.utf8.count) more bytes are not shown)"
  }

  /// Draws the lines, broken to the width, from a row on.
  ///
  /// - Returns: How many rows all of them take.
  @discardableResult
  func draw(in rect: Rect, from scroll: Int, into buffer: inout Buffer) -> Int {
    let (labels, texts) = rect.splitLeft(rect.width >= 30 ? Self.labelWidth : 0)
    var row = 0
    for line in lines {
      let rows = wrapped(drawn(line.text, buffer.glyphs), to: texts.width, glyphs: buffer.glyphs)
      for (index, text) in rows.enumerated() {
        let y = row - scroll
        row += 1
        guard y >= 0, y < rect.height else { continue }
        if index == 0 {
          buffer.write(line.label, in: labels.row(y).inset(1, 0), style: .dim)
        }
        buffer.write(text, in: texts.row(y), style: line.style)
      }
    }
    return row
  }
}
