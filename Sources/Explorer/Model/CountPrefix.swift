/// Digits typed before a key, and the panel they may have meant instead.
///
/// A digit alone focuses a panel at once; a key that takes counts typed right after it makes it a count instead, and
/// the focus goes back to where it was. Digits that can only be a count (they go on with, or begin with, a zero)
/// stay until a key takes them; others lapse after ``lapse_ms``, so that a person who focuses a panel, looks,
/// and steps makes one step.
package struct CountPrefix: Equatable, Sendable {
  package static let lapse_ms = 1000
  /// Nobody means more steps than this, and it can be multiplied safely.
  package static let limit = 999_999_999

  package private(set) var value: Int
  /// Whether the digits can mean nothing else.
  package private(set) var isCertain: Bool
  /// What had the focus before the first digit.
  let focusBefore: Panel

  init(digit: Int, focusBefore: Panel) {
    value = digit
    isCertain = digit == 0
    self.focusBefore = focusBefore
  }

  mutating func append(digit: Int) {
    value = min(value * 10 + digit, Self.limit)
    if digit == 0 || value > 99 { isCertain = true }
  }

  /// Whether it goes away by itself.
  package var lapses: Bool { !isCertain }
}
