import Screen
import Traces

/// The program's source with the line that made the current step.
struct SourcePanel {
  let lines: [String]
  /// By index from 0.
  let current: Int?
  let selected: Int?
  let isFocused: Bool

  /// The columns before the text: the sign, and the number of so many lines.
  static func gutterWidth(lines count: Int) -> Int { 2 + String(count).utf8.count + 1 }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    guard !lines.isEmpty else {
      return drawEmpty("This trace came without the program's source.", in: rect, into: &buffer)
    }
    let list = RowList(rect, showing: selected ?? current ?? 0, of: lines.count, isFocused: isFocused)
    let digits = String(lines.count).utf8.count
    for index in list.range {
      let row = list.place(of: index)
      let isCurrent = index == current
      var writer = RowWriter(row.splitLeft(2).rest)
      writer.column(
        String(index + 1), width: digits, isCurrent ? Style(.current, .bold) : .dim, align: .trailing,
        into: &buffer)
      drawCode(lines[index], in: writer.rest, isCurrent: isCurrent, into: &buffer)
      RowList.mark(
        row, isCurrent: isCurrent, isSelected: index == selected, isFocused: isFocused, into: &buffer)
    }
  }

  private func drawCode(_ line: String, in area: Rect, isCurrent: Bool, into buffer: inout Buffer) {
    var writer = RowWriter(area)
    for piece in SourceLight.pieces(of: line) {
      guard !writer.rest.isEmpty else {
        // The piece before ended just at the edge.
        return buffer.put(.ellipsis, at: Position(x: area.maxX - 1, y: area.y), in: area)
      }
      writer.write(piece.text, isCurrent ? Style(piece.role, .bold) : Style(piece.role), into: &buffer)
    }
  }
}

/// The parts of a line of YAML, as far as one can tell them from one line.
enum SourceLight {
  struct Piece: Equatable {
    var text: Substring
    var role: Role
  }

  /// Longer lines are shown without colours: nobody wrote them by hand.
  private static let limit = 1000

  /// The line in pieces that together are the line.
  static func pieces(of line: String) -> [Piece] {
    guard line.utf8.count <= limit else { return [Piece(text: line[...], role: .plain)] }
    var pieces: [Piece] = []
    var rest = line[...]
    while let first = rest.first {
      let end: Substring.Index
      let role: Role
      switch first {
      case "#" where rest.startIndex == line.startIndex || line[line.index(before: rest.startIndex)] == " ":
        (end, role) = (rest.endIndex, .comment)
      case "\"", "'":
        (end, role) = (endOfString(rest, first), .string)
      case _ where isWord(first):
        end = rest.firstIndex { !isWord($0) } ?? rest.endIndex
        role = wordRole(rest[..<end], before: rest[end...])
      default:
        end = rest.firstIndex { isWord($0) || $0 == "#" || $0 == "\"" || $0 == "'" } ?? rest.endIndex
        (pieces, rest) = (
          pieces + [Piece(text: rest[..<max(end, rest.index(after: rest.startIndex))], role: .plain)],
          rest[max(end, rest.index(after: rest.startIndex))...]
        )
        continue
      }
      pieces.append(Piece(text: rest[..<end], role: role))
      rest = rest[end...]
    }
    return pieces
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "-" || character == "."
  }

  private static func endOfString(_ text: Substring, _ quote: Character) -> Substring.Index {
    let inside = text.index(after: text.startIndex)
    guard let close = text[inside...].firstIndex(of: quote) else { return text.endIndex }
    return text.index(after: close)
  }

  private static func wordRole(_ word: Substring, before rest: Substring) -> Role {
    if rest.first == ":", rest.dropFirst().first.map({ $0 == " " || $0 == "," }) ?? true { return .keyword }
    return word.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" } && word != "-" ? .number : .plain
  }
}
