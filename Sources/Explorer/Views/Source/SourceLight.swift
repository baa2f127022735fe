import Screen

/// The parts of a line of YAML or Python, as far as one can tell them from one line.
enum SourceLight {
  struct Piece: Equatable {
    var text: Substring
    var role: Role
  }

  /// Longer lines are shown without colours: nobody wrote them by hand.
  private static let limit = 1000

  /// The line in pieces that together are the line.
  static func pieces(of line: String, _ language: ShownSource.Language = .yaml) -> [Piece] {
    guard line.utf8.count <= limit, language != .other else { return [Piece(text: line[...], role: .plain)] }
    var pieces: [Piece] = []
    var rest = line[...]
    while let first = rest.first {
      let end: Substring.Index
      let role: Role
      switch first {
      case "#"
      where language == .python || rest.startIndex == line.startIndex
        || line[line.index(before: rest.startIndex)] == " ":
        (end, role) = (rest.endIndex, .comment)
      case "\"", "'":
        (end, role) = (endOfString(rest, first), .string)
      case _ where isWord(first):
        end = rest.firstIndex { !isWord($0) } ?? rest.endIndex
        role = language == .python ? pythonRole(rest[..<end]) : wordRole(rest[..<end], before: rest[end...])
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

  private static let pythonWords: Set<Substring> = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "False", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "None",
    "nonlocal", "not", "or", "pass", "raise", "return", "True", "try", "while", "with", "yield",
  ]

  private static func pythonRole(_ word: Substring) -> Role {
    if pythonWords.contains(word) { return .keyword }
    return word.first?.isNumber == true ? .number : .plain
  }

  private static func wordRole(_ word: Substring, before rest: Substring) -> Role {
    if rest.first == ":", rest.dropFirst().first.map({ $0 == " " || $0 == "," }) ?? true { return .keyword }
    return word.allSatisfy { $0.isNumber || $0 == "." || $0 == "-" } && word != "-" ? .number : .plain
  }
}
