import Screen
import Traces

/// The program's source with the line that made the current step.
struct SourcePanel {
  let source: ShownSource?
  /// Where something happened, for a file that is not at hand.
  let place: Place?
  /// Whether steps may tell of lines of a program's own files.
  var isRecording = false
  /// Whether the line is that of an earlier step, which is shown and not marked as the current one.
  var isEarlier = false
  /// By index from 0.
  let selected: Int?
  let isFocused: Bool

  /// The columns before the text: the sign, and the number of so many lines.
  static func gutterWidth(lines count: Int) -> Int { 2 + String(count).utf8.count + 1 }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    guard let source, !source.lines.isEmpty else { return drawEmpty(missing, in: rect, into: &buffer) }
    let (lines, current) = (source.lines, source.current)
    let list = RowList(rect, showing: selected ?? current ?? 0, of: lines.count, isFocused: isFocused)
    let digits = String(lines.count).utf8.count
    for index in list.range {
      let row = list.place(of: index)
      let isCurrent = index == current && !isEarlier
      var writer = RowWriter(row.splitLeft(2).rest)
      writer.column(
        String(index + 1), width: digits, isCurrent ? Style(.current, .bold) : .dim, align: .trailing,
        into: &buffer)
      drawCode(lines[index], source.language, in: writer.rest, isCurrent: isCurrent, into: &buffer)
      RowList.mark(
        row, isCurrent: isCurrent, isSelected: index == selected, isFocused: isFocused, into: &buffer)
    }
  }

  private var missing: String {
    guard let place else {
      return isRecording
        ? "No line of the program is told of here; where a step tells of one, it is shown."
        : "This trace came without the program's source."
    }
    return "\(place.file), line \(place.line): that file is not at hand here."
  }

  private func drawCode(
    _ line: String, _ language: ShownSource.Language, in area: Rect, isCurrent: Bool,
    into buffer: inout Buffer
  ) {
    var writer = RowWriter(area)
    for piece in SourceLight.pieces(of: line, language) {
      guard !writer.rest.isEmpty else {
        // The piece before ended just at the edge.
        return buffer.put(.ellipsis, at: Position(x: area.maxX - 1, y: area.y), in: area)
      }
      writer.write(piece.text, isCurrent ? Style(piece.role, .bold) : Style(piece.role), into: &buffer)
    }
  }
}
