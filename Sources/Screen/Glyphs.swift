/// A sign of ours with a meaning, in every set of glyphs exactly one column wide.
package enum Glyph: UInt8, CaseIterable, Sendable {
  // What became of a handler, a Deferred, a Failure or a timer. No two of these look the same in any set.
  case raise, trap, wait, pass, current, fired, unfired, paused, cancelled, moved
  case timer, timerDue, unhandled, swallowed, becomes, check, breakpoint, bookmark

  // Lines that are no part of a box: not travelled, and the link to what is waited for.
  case dashedVertical, dashedHorizontal, waitLine, waitJoint

  // Arrows, list and tree marks.
  case arrowRight, arrowLeft, arrowUp, arrowDown, bullet, expanded, collapsed, ellipsis, separator

  // Bars.
  case barFull, barHalf, barEmpty

  /// The signs that tell states apart, which therefore differ from each other in every set.
  package static let states: [Glyph] = allCases.filter { $0.rawValue <= Glyph.waitJoint.rawValue }
}

/// A set of glyphs: with the signs of Unicode, or with ASCII alone.
package enum Glyphs: Sendable {
  case unicode
  case ascii

  /// The sign for a meaning.
  package subscript(glyph: Glyph) -> Character { Character(scalar(glyph)) }

  package func scalar(_ glyph: Glyph) -> Unicode.Scalar {
    let pair = glyph.pair
    return self == .unicode ? pair.unicode : pair.ascii
  }
}

extension Glyph {
  fileprivate var pair: (unicode: Unicode.Scalar, ascii: Unicode.Scalar) {
    switch self {
    case .raise: ("✗", "x")
    case .trap: ("▼", "V")
    case .wait: ("⧗", "w")
    case .pass: ("·", ".")
    case .current: ("▶", ">")
    case .fired: ("●", "@")
    case .unfired: ("○", "o")
    case .paused: ("‖", "\"")
    case .cancelled: ("⊘", "/")
    case .moved: ("⇥", ")")
    case .timer: ("◷", "t")
    case .timerDue: ("◆", "D")
    case .unhandled: ("‼", "!")
    case .swallowed: ("∅", "_")
    case .becomes: ("⇒", "}")
    case .check: ("✓", "y")
    case .breakpoint: ("◉", "B")
    case .bookmark: ("⚑", "M")
    case .dashedVertical: ("┊", ":")
    case .dashedHorizontal: ("┈", ",")
    case .waitLine: ("═", "%")
    case .waitJoint: ("╞", "&")
    case .arrowRight: ("→", ">")
    case .arrowLeft: ("←", "<")
    case .arrowUp: ("↑", "^")
    case .arrowDown: ("↓", "v")
    case .bullet: ("•", "*")
    case .expanded: ("▾", "-")
    case .collapsed: ("▸", "+")
    case .ellipsis: ("…", "~")
    case .separator: ("│", "|")
    case .barFull: ("█", "#")
    case .barHalf: ("▌", "=")
    case .barEmpty: ("░", ".")
    }
  }
}

extension Glyphs {
  /// A text as it can be printed: cleaned, and in ASCII where this is the set of glyphs.
  package func shown(_ text: some StringProtocol) -> String {
    let safe = cleaned(text)
    guard self == .ascii else { return safe }
    return String(String.UnicodeScalarView(safe.unicodeScalars.map { Self.ascii(for: $0) }))
  }

  /// What stands for a character in ASCII: our own signs and lines by their twins, common punctuation by
  /// its look, and everything else by a question mark.
  static func ascii(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    let arms = LineArms(of: scalar)
    if arms != .none { return arms.scalar(in: .ascii) }
    for glyph in Glyph.allCases where glyph.pair.unicode == scalar { return glyph.pair.ascii }
    return switch scalar {
    case "\u{A0}": " "
    case "‘", "’", "‚": "'"
    case "“", "”", "„": "\""
    case "‐", "‑", "‒", "–", "—", "−": "-"
    case "×": "x"
    case "╌", "╍", "┄", "┅", "┉": ","
    case "╎", "╏", "┆", "┇", "┋": ":"
    case "╭", "╮", "╰", "╯": "+"
    default: "?"
    }
  }
}
