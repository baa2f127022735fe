/// How heavy a line is drawn.
package enum LineWeight: UInt8, Sendable {
  case light = 1
  case heavy = 2
}

/// The arms a line has in one cell: up, right, down and left, each absent, light or heavy.
///
/// Lines are joined by their arms, not by their characters: of two lines that meet in a cell the heavier
/// arm wins on each side, and the character for the result is looked up. The value is the index into that
/// table: a number in base three with the digits up, right, down, left.
struct LineArms: Hashable, Sendable {
  let rawValue: UInt8

  static let none = LineArms(rawValue: 0)

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  init(
    up: LineWeight? = nil, right: LineWeight? = nil, down: LineWeight? = nil, left: LineWeight? = nil
  ) {
    func digit(_ weight: LineWeight?) -> UInt8 { weight?.rawValue ?? 0 }
    rawValue = ((digit(up) * 3 + digit(right)) * 3 + digit(down)) * 3 + digit(left)
  }

  private var digits: (up: UInt8, right: UInt8, down: UInt8, left: UInt8) {
    (rawValue / 27, rawValue / 9 % 3, rawValue / 3 % 3, rawValue % 3)
  }

  /// Both lines in one cell; the heavier arm wins on each side.
  func joined(_ other: LineArms) -> LineArms {
    let (one, two) = (digits, other.digits)
    let (up, right) = (max(one.up, two.up), max(one.right, two.right))
    let (down, left) = (max(one.down, two.down), max(one.left, two.left))
    return LineArms(rawValue: ((up * 3 + right) * 3 + down) * 3 + left)
  }

  /// The character that has these arms, in the given set.
  func scalar(in glyphs: Glyphs) -> Unicode.Scalar {
    switch glyphs {
    case .unicode: Self.unicode[Int(rawValue)]
    case .ascii: ascii
    }
  }

  /// Light lines are `-`, `|` and `+`; a heavy arm makes them `=`, `H` and `#`.
  private var ascii: Unicode.Scalar {
    let (up, right, down, left) = digits
    let heaviest = max(max(up, right), max(down, left))
    if heaviest == 0 { return " " }
    if up == 0, down == 0 { return heaviest == 2 ? "=" : "-" }
    if right == 0, left == 0 { return heaviest == 2 ? "H" : "|" }
    return heaviest == 2 ? "#" : "+"
  }

  private static let unicode: [Unicode.Scalar] = Array(
    """
     ╴╸╷┐┑╻┒┓╶─╾┌┬┭┎┰┱╺╼━┍┮┯┏┲┳\
    ╵┘┙│┤┥╽┧┪└┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈\
    ╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋
    """.unicodeScalars)

  /// The arms of a box drawing character, so that lines written as text join others too.
  init(of scalar: Unicode.Scalar) {
    guard scalar.value >= 0x2500, scalar.value < 0x2580,
      let index = Self.unicode.firstIndex(of: scalar)
    else {
      self = .none
      return
    }
    self.init(rawValue: UInt8(index))
  }
}
