/// Where the text of a line goes when its row has room to spare.
package enum Alignment: Sendable {
  case leading, centre, trailing
}

/// The beginning of a text that fits into so many columns, with an ellipsis where something was cut off.
///
/// A wide character is never split, nor a mark parted from its character.
///
/// - Complexity: O(*columns*), however long the text is.
package func fitted(_ text: some StringProtocol, to columns: Int, glyphs: Glyphs = .unicode) -> String {
  guard columns > 0 else { return "" }
  let bytes = text.utf8
  if bytes.prefix(columns + 1).count <= columns, bytes.allSatisfy({ (0x20...0x7E).contains($0) }) {
    return String(text)
  }
  var result = ""
  var used = 0
  // How much of the result stays when the ellipsis takes the last column.
  var cut = 0
  for scalar in text.unicodeScalars {
    guard let safe = cleaned(scalar) else { continue }
    let width = result.isEmpty ? max(1, width(of: safe)) : width(of: safe)
    if used + width > columns {
      let end = result.utf8.index(result.startIndex, offsetBy: cut)
      return String(result[..<end]) + String(glyphs[.ellipsis])
    }
    result.unicodeScalars.append(safe)
    used += width
    if used < columns { cut = result.utf8.count }
  }
  return result
}

/// A text broken into lines of at most so many columns, at spaces where there are any.
///
/// Line breaks in the text are kept; an empty text is one empty line.
///
/// - Parameter limit: The most lines to return; the last of them then ends in an ellipsis.
/// - Complexity: O(*columns* × *limit*), however long the text is.
package func wrapped(
  _ text: some StringProtocol, to columns: Int, limit: Int = 10_000, glyphs: Glyphs = .unicode
) -> [String] {
  guard columns > 0, limit > 0 else { return [] }
  var wrapping = Wrapping(columns: columns)
  let scalars = text.unicodeScalars
  var index = scalars.startIndex
  while index < scalars.endIndex {
    let scalar = scalars[index]
    index = scalars.index(after: index)
    if scalar == "\r", index < scalars.endIndex, scalars[index] == "\n" { continue }
    wrapping.add(scalar)
    if wrapping.lines.count >= limit {
      // The rest is in sight of nobody: one more line tells that there is one.
      return wrapping.ended(limit: limit, hasRest: index < scalars.endIndex, glyphs: glyphs)
    }
  }
  wrapping.breakLine()
  return wrapping.lines
}

/// The state of breaking a text into lines.
private struct Wrapping {
  let columns: Int
  private(set) var lines: [String] = []
  private var line = ""
  private var used = 0
  /// The last space of the line after a word, where it can be broken: bytes up to it.
  private var lastSpace: Int?
  private var hasWord = false

  init(columns: Int) {
    self.columns = columns
  }

  mutating func add(_ scalar: Unicode.Scalar) {
    guard scalar != "\n" else { return breakLine() }
    guard let safe = cleaned(scalar) else { return }
    let width = line.isEmpty ? max(1, width(of: safe)) : width(of: safe)
    if used + width > columns {
      if safe == " " { return breakLine() }
      breakBeforeWord()
    }
    if safe != " " {
      hasWord = true
    } else if hasWord {
      lastSpace = line.utf8.count
    }
    line.unicodeScalars.append(safe)
    used += width
  }

  mutating func breakLine() {
    lines.append(line)
    start(with: "")
  }

  /// Ends the line at its last space, or where it is when it has none, and goes on with what follows there.
  private mutating func breakBeforeWord() {
    guard !line.isEmpty else { return }
    guard let lastSpace else { return breakLine() }
    let space = line.utf8.index(line.startIndex, offsetBy: lastSpace)
    let word = String(line[line.utf8.index(after: space)...])
    lines.append(String(line[..<space]))
    start(with: word)
  }

  private mutating func start(with word: String) {
    line = word
    used = width(of: word)
    hasWord = !word.isEmpty
    lastSpace = nil
  }

  /// The first `limit` lines, the last with a sign that there is more when there is.
  func ended(limit: Int, hasRest: Bool, glyphs: Glyphs) -> [String] {
    var kept = Array(lines.prefix(limit))
    guard hasRest || !line.isEmpty || lines.count > limit else { return kept }
    let last = kept[limit - 1]
    let hasRoom = width(of: last) < columns
    let sign = String(glyphs[.ellipsis])
    kept[limit - 1] = hasRoom ? last + sign : fitted(last + sign, to: columns, glyphs: glyphs)
    return kept
  }
}
