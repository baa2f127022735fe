/// One column of one row: a character with its marks, or the right half of a wide character.
///
/// A cell has a fixed size and owns no memory, so that a frame is one block of bytes: it is compared,
/// copied and thrown away without touching the allocator for each cell. What does not fit (the fifth
/// combining mark and those after it) is left out, which also bounds what a hostile text can pile up.
package struct Cell: Hashable, Sendable {
  /// The most combining marks a cell keeps; ncurses takes a base and four.
  package static let markLimit = 4

  /// The base character; U+0000 for the right half of a wide one.
  package private(set) var base: Unicode.Scalar
  private var marks: (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar, Unicode.Scalar)
  private(set) package var markCount: UInt8

  /// 1 or 2 columns; 0 for the right half of the wide character to the left.
  package private(set) var width: UInt8

  /// The arms of the line drawn here, so that lines which meet can join; see ``LineArms``.
  var arms: LineArms
  package var style: Style

  package init(_ base: Unicode.Scalar = " ", width: UInt8 = 1, style: Style = .plain) {
    self.init(base, width: width, style: style, arms: .none)
  }

  init(_ base: Unicode.Scalar, width: UInt8, style: Style, arms: LineArms) {
    self.base = base
    self.marks = ("\0", "\0", "\0", "\0")
    self.markCount = 0
    self.width = width
    self.arms = arms
    self.style = style
  }

  /// A blank of the given style.
  package static func blank(_ style: Style = .plain) -> Cell { Cell(" ", style: style) }

  /// The right half of a wide character.
  static func continuation(_ style: Style) -> Cell { Cell("\0", width: 0, style: style) }

  /// True for the right half of a wide character.
  package var isContinuation: Bool { width == 0 }

  mutating func add(mark: Unicode.Scalar) {
    switch markCount {
    case 0: marks.0 = mark
    case 1: marks.1 = mark
    case 2: marks.2 = mark
    case 3: marks.3 = mark
    default: return
    }
    markCount += 1
  }

  /// The combining mark at an index below ``markCount``.
  package func mark(_ index: Int) -> Unicode.Scalar {
    switch index {
    case 0: marks.0
    case 1: marks.1
    case 2: marks.2
    default: marks.3
    }
  }

  /// The character with its marks; empty for the right half of a wide one.
  package var text: String {
    guard !isContinuation else { return "" }
    var text = String(base)
    for index in 0..<Int(markCount) { text.unicodeScalars.append(mark(index)) }
    return text
  }

  package static func == (one: Cell, other: Cell) -> Bool {
    one.base == other.base && one.style == other.style && one.width == other.width
      && one.markCount == other.markCount && one.marks == other.marks
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(base)
    hasher.combine(style)
    hasher.combine(width)
    for index in 0..<Int(markCount) { hasher.combine(mark(index)) }
  }
}
