import Screen
import Traces

/// A time in seconds, to the millisecond, or to the microsecond where it needs that: `1.000`, `0.000250`.
func clockText(_ time: Int64) -> String {
  let magnitude = time.magnitude
  let fraction = magnitude % 1_000_000
  let digits = fraction % 1000 == 0 ? padded(fraction / 1000, to: 3) : padded(fraction, to: 6)
  return (time < 0 ? "-" : "") + "\(magnitude / 1_000_000).\(digits)"
}

private func padded(_ number: UInt64, to digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// `1 step`, `2 steps`.
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

/// The beginning of an outcome's text that fits into so many columns; a list is cut between its elements.
func fittedOutcome(_ text: String, to columns: Int, glyphs: Glyphs) -> String {
  let cut = fitted(text, to: columns, glyphs: glyphs)
  let ellipsis = glyphs[.ellipsis]
  guard cut.last == ellipsis, text.last != ellipsis, text.first == "[" || text.first == "{" else {
    return cut
  }
  guard let comma = cut.lastIndex(of: ","), cut[cut.index(after: comma)...].first == " " else { return cut }
  return "\(cut[...comma]) \(ellipsis)"
}
