/// Where the text of a line goes when its row has room to spare.
package enum Alignment: Sendable {
  case leading, centre, trailing
}

/// The beginning of a text that fits into so many columns, with an ellipsis where something was cut off.
///
/// A wide character is never split, nor a mark parted from its character.
package func fitted(_ text: some StringProtocol, to columns: Int, glyphs: Glyphs = .unicode) -> String {
  guard columns > 0 else { return "" }
  var result = ""
  var used = 0
  // What still fits when the ellipsis takes the last column.
  var cut = ""
  for scalar in text.unicodeScalars {
    guard let safe = cleaned(scalar) else { continue }
    let width = width(of: safe)
    if used + width > columns {
      cut.append(glyphs[.ellipsis])
      return cut
    }
    result.unicodeScalars.append(safe)
    used += width == 0 && result.unicodeScalars.count == 1 ? 1 : width
    if used < columns { cut = result }
  }
  return result
}

/// A text broken into lines of at most so many columns, at spaces where there are any.
///
/// Line breaks in the text are kept; an empty text is one empty line.
///
/// - Parameter limit: The most lines to return; the last of them then ends in an ellipsis.
package func wrapped(
  _ text: some StringProtocol, to columns: Int, limit: Int = 10_000, glyphs: Glyphs = .unicode
) -> [String] {
  guard columns > 0, limit > 0 else { return [] }
  var lines: [String] = []
  for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: isLineBreak) {
    var line = ""
    var used = 0
    for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
      for (index, piece) in pieces(of: word, columns: columns).enumerated() {
        let needed = width(of: piece)
        let joint = line.isEmpty || index > 0 ? 0 : 1
        if !line.isEmpty, used + joint + needed > columns {
          lines.append(line)
          guard lines.count <= limit else { return ended(lines, limit, columns, glyphs) }
          (line, used) = (piece, needed)
        } else {
          line += (joint == 1 ? " " : "") + piece
          used += joint + needed
        }
      }
    }
    lines.append(line)
    guard lines.count <= limit else { return ended(lines, limit, columns, glyphs) }
  }
  return lines
}

/// The first `limit` lines, the last with a sign that there is more.
private func ended(_ lines: [String], _ limit: Int, _ columns: Int, _ glyphs: Glyphs) -> [String] {
  var kept = Array(lines.prefix(limit))
  let sign = String(glyphs[.ellipsis])
  kept[limit - 1] =
    width(of: kept[limit - 1]) < columns
    ? kept[limit - 1] + sign : fitted(kept[limit - 1] + sign, to: columns, glyphs: glyphs)
  return kept
}

/// A word cut into pieces that each fit into so many columns, which must be at least 1.
private func pieces(of word: some StringProtocol, columns: Int) -> [String] {
  var pieces: [String] = []
  var piece = ""
  var used = 0
  for scalar in word.unicodeScalars {
    guard let safe = cleaned(scalar) else { continue }
    let width = width(of: safe)
    if used + width > columns, !piece.isEmpty {
      pieces.append(piece)
      (piece, used) = ("", 0)
    }
    piece.unicodeScalars.append(safe)
    used += width
  }
  pieces.append(piece)
  return pieces
}

private func isLineBreak(_ character: Character) -> Bool {
  character == "\n" || character == "\r\n"
}
