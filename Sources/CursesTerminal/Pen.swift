import CCurses
import Screen

/// Draws cells with the looks of a palette, decided once: a colour pair and attributes for each role.
struct Pen {
  private struct Look {
    var pair: Int32
    var attributes: UInt32
  }

  /// One look for each role and each combination of emphasis.
  private let looks: [Look]
  private static let emphasisCount = 8

  /// Makes the colour pairs the palette needs; with colours the terminal has no pairs for, the default ones.
  init(_ palette: Palette) {
    var pairs: [UInt16: Int32] = [:]
    func pair(_ appearance: Appearance) -> Int32 {
      let foreground = appearance.foreground.map { Int32($0) } ?? -1
      let background = appearance.background.map { Int32($0) } ?? -1
      guard foreground >= 0 || background >= 0 else { return 0 }
      let key = UInt16(truncatingIfNeeded: (foreground + 1) << 9 | (background + 1))
      if let known = pairs[key] { return known }
      let number = Int32(pairs.count + 1)
      guard ccurses_make_pair(number, foreground, background) != 0 else { return 0 }
      pairs[key] = number
      return number
    }
    var looks: [Look] = []
    for role in Role.allCases {
      for emphasis in 0..<UInt8(Self.emphasisCount) {
        let appearance = palette[Style(role, Emphasis(rawValue: emphasis))]
        looks.append(Look(pair: pair(appearance), attributes: Self.attributes(of: appearance)))
      }
    }
    self.looks = looks
  }

  private static func attributes(of appearance: Appearance) -> UInt32 {
    (appearance.isBold ? CCURSES_BOLD.rawValue : 0) | (appearance.isDim ? CCURSES_DIM.rawValue : 0)
      | (appearance.isUnderlined ? CCURSES_UNDERLINE.rawValue : 0)
      | (appearance.isReversed ? CCURSES_REVERSE.rawValue : 0)
  }

  /// Draws one cell at its place.
  func draw(_ cell: Cell, x: Int, y: Int) {
    let look = looks[
      Int(cell.style.role.rawValue) * Self.emphasisCount
        + Int(cell.style.emphasis.rawValue) % Self.emphasisCount]
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1 + Cell.markLimit) { scalars in
      scalars[0] = cell.base.value
      for index in 0..<Int(cell.markCount) { scalars[index + 1] = cell.mark(index).value }
      ccurses_put(
        Int32(x), Int32(y), scalars.baseAddress, 1 + Int32(cell.markCount), Int32(cell.width), look.pair,
        look.attributes)
    }
  }
}
