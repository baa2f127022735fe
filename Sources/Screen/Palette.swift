/// How a cell looks on a terminal: colours by number, and attributes.
package struct Appearance: Hashable, Sendable {
  /// The number of a colour of the terminal; `nil` is its own default.
  package var foreground: UInt8?
  package var background: UInt8?
  package var isBold: Bool
  package var isDim: Bool
  package var isUnderlined: Bool
  package var isReversed: Bool

  package init(
    _ foreground: UInt8? = nil, on background: UInt8? = nil, bold: Bool = false, dim: Bool = false,
    underlined: Bool = false, reversed: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    isBold = bold
    isDim = dim
    isUnderlined = underlined
    isReversed = reversed
  }
}

/// The looks of every role, decided once for a number of colours.
///
/// With 256 colours the tones are those of Okabe and Ito, which stay apart for people who see colours
/// differently. Fewer colours keep the same order of meanings: green for the callback line, red for the
/// errback line, yellow for what waits. No text is dark blue, which nobody can read on black.
package struct Palette: Sendable {
  package let colors: ColorDepth
  private let looks: [Appearance]

  package init(_ colors: ColorDepth) {
    self.colors = colors
    looks = Role.allCases.map { role in
      switch colors {
      case .full: Self.full(role)
      case .sixteen: Self.few(role, bright: 8)
      case .eight: Self.few(role, bright: 0)
      case .none: Self.plain(role)
      }
    }
  }

  package subscript(role: Role) -> Appearance { looks[Int(role.rawValue)] }

  /// The looks of a style: those of its role, and its emphasis.
  package subscript(style: Style) -> Appearance {
    var look = self[style.role]
    if style.emphasis.contains(.bold) {
      look.isBold = true
      look.isDim = false
    }
    if style.emphasis.contains(.underline) { look.isUnderlined = true }
    if style.emphasis.contains(.reverse) { look.isReversed.toggle() }
    return look
  }

  private enum Tone {
    static let vermillion: UInt8 = 166
    static let orange: UInt8 = 178
    static let sky: UInt8 = 74
    static let blue: UInt8 = 25
    static let green: UInt8 = 35
    static let yellow: UInt8 = 221
    static let grey: UInt8 = 245
    static let white: UInt8 = 231
  }

  private static func full(_ role: Role) -> Appearance {
    switch role {
    case .plain, .label: Appearance()
    case .dim, .comment: Appearance(Tone.grey)
    case .unreached: Appearance(Tone.grey, dim: true)
    case .heading, .title: Appearance(bold: true)
    case .value, .string: Appearance(Tone.sky)
    case .number, .timer, .match: Appearance(Tone.orange, underlined: role == .match)
    case .key, .keyword: Appearance(Tone.sky, bold: true)
    case .link: Appearance(Tone.yellow)
    case .selected: Appearance(Tone.white, on: Tone.blue, bold: true)
    case .current: Appearance(bold: true, reversed: true)
    case .border: Appearance(Tone.grey)
    case .borderFocused: Appearance(Tone.sky, bold: true)
    case .statusLine: Appearance(reversed: true)
    case .callbackLine, .passed, .addition, .success: Appearance(Tone.green)
    case .errbackLine, .removal: Appearance(Tone.vermillion)
    case .failure, .error: Appearance(Tone.vermillion, bold: true)
    case .trapped: Appearance(Tone.green, bold: true)
    case .waiting: Appearance(Tone.yellow, bold: true)
    case .unhandled: Appearance(Tone.white, on: Tone.vermillion, bold: true)
    case .swallowed, .warning: Appearance(Tone.orange, bold: role == .warning)
    }
  }

  /// The 8 colours every terminal has, with `bright` 8 for their brighter twins where there are 16.
  private static func few(_ role: Role, bright: UInt8) -> Appearance {
    let (red, green, yellow, cyan, white): (UInt8, UInt8, UInt8, UInt8, UInt8) = (1, 2, 3, 6, 7)
    let grey: UInt8? = bright > 0 ? 8 : nil
    return switch role {
    case .plain, .label: Appearance()
    case .dim, .comment, .border: Appearance(grey, dim: grey == nil)
    case .unreached: Appearance(grey, dim: true)
    case .heading, .title: Appearance(bold: true)
    case .value, .string: Appearance(cyan)
    case .number, .timer, .match: Appearance(yellow, underlined: role == .match)
    case .key, .keyword: Appearance(cyan + bright, bold: true)
    case .link: Appearance(yellow)
    case .selected: Appearance(0, on: cyan, bold: bright == 0)
    case .current: Appearance(bold: true, reversed: true)
    case .borderFocused: Appearance(cyan + bright, bold: true)
    case .statusLine: Appearance(reversed: true)
    case .callbackLine, .passed, .addition, .success: Appearance(green)
    case .errbackLine, .removal: Appearance(red)
    case .failure, .error: Appearance(red + bright, bold: true)
    case .trapped: Appearance(green + bright, bold: true)
    case .waiting: Appearance(yellow + bright, bold: true)
    case .unhandled: Appearance(white + bright, on: red, bold: true)
    case .swallowed, .warning: Appearance(yellow, bold: role == .warning)
    }
  }

  /// Without colours: bold, dim, underlined and reversed.
  private static func plain(_ role: Role) -> Appearance {
    switch role {
    case .dim, .comment, .unreached, .passed, .border: Appearance(dim: true)
    case .heading, .title, .key, .keyword, .failure, .trapped, .waiting, .error, .warning, .borderFocused:
      Appearance(bold: true)
    case .selected, .current: Appearance(bold: role == .current, reversed: true)
    case .statusLine: Appearance(reversed: true)
    case .unhandled: Appearance(bold: true, underlined: true, reversed: true)
    case .match, .link: Appearance(underlined: true)
    default: Appearance()
    }
  }
}
