/// What a piece of the screen is, from which a ``Palette`` decides how it looks.
///
/// Views never name a colour. A role repeats what a glyph and a word already say; it never says it alone.
package enum Role: UInt8, CaseIterable, Sendable {
  // Text of any panel.
  case plain, dim, heading, title, label, value, number, timer, key, link, match
  // Where the reader is.
  case selected, current, border, borderFocused, statusLine
  // What a chain does.
  case callbackLine, errbackLine, failure, trapped, waiting, passed, unreached, unhandled, swallowed
  // What is said about it.
  case warning, addition, removal, error, success
  // Scenario source.
  case keyword, string, comment
}

extension Role {
  /// The letter that stands for the role in a line of styles, so that a golden test can be read.
  package var letter: Character {
    switch self {
    case .plain: "."
    case .dim: "d"
    case .heading: "H"
    case .title: "I"
    case .label: "l"
    case .value: "v"
    case .number: "n"
    case .timer: "t"
    case .key: "k"
    case .link: "i"
    case .match: "m"
    case .selected: "S"
    case .current: "C"
    case .border: "b"
    case .borderFocused: "B"
    case .statusLine: "L"
    case .callbackLine: "c"
    case .errbackLine: "e"
    case .failure: "F"
    case .trapped: "T"
    case .waiting: "W"
    case .passed: "p"
    case .unreached: "u"
    case .unhandled: "U"
    case .swallowed: "w"
    case .warning: "!"
    case .addition: "+"
    case .removal: "-"
    case .error: "E"
    case .success: "s"
    case .keyword: "K"
    case .string: "q"
    case .comment: "#"
    }
  }
}

/// How a piece of text is set off beyond its role.
package struct Emphasis: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let bold = Emphasis(rawValue: 1)
  package static let underline = Emphasis(rawValue: 2)
  package static let reverse = Emphasis(rawValue: 4)
}

/// The looks of one cell: a role, and what is added to it here.
package struct Style: Hashable, Sendable {
  package var role: Role
  package var emphasis: Emphasis

  package init(_ role: Role, _ emphasis: Emphasis = []) {
    self.role = role
    self.emphasis = emphasis
  }

  package static let plain = Style(.plain)
  package static let dim = Style(.dim)
  package static let heading = Style(.heading)
  package static let border = Style(.border)
  package static let borderFocused = Style(.borderFocused)

  /// The same style, set off further.
  package func with(_ more: Emphasis) -> Style {
    Style(role, emphasis.union(more))
  }

  package var bold: Style { with(.bold) }
  package var underline: Style { with(.underline) }
  package var reverse: Style { with(.reverse) }
}
