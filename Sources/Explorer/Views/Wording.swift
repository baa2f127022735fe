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

/// A span of time as people say it: `250 us`, `18 ms`, `1.8 s`, `12 min 5 s`, `3 h 20 min`.
func spanText(_ span: Int64) -> String {
  let span = span.magnitude
  switch span {
  case ..<1000: return "\(span) us"
  case ..<1_000_000: return "\(span / 1000) ms"
  case ..<60_000_000: return "\(span / 1_000_000).\(span / 100_000 % 10) s"
  case ..<3_600_000_000: return "\(span / 60_000_000) min \(span / 1_000_000 % 60) s"
  default: return "\(span / 3_600_000_000) h \(span / 60_000_000 % 60) min"
  }
}

/// How long a timer still waits, in the columns there are: `in 1.5 s` as it is, what is longer as people say it.
func waitText(_ left: Int64, columns: Int) -> String {
  if left < 0 { return "is due" }
  let exact = "in \(secondsText(left))"
  return exact.utf8.count <= columns ? exact : "in \(spanText(left))"
}

/// `1 step`, `2 steps`.
package func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

/// The beginning of a text that stands in one row: no more than can be looked at by moving sideways for a while.
///
/// A value in a trace may be megabytes long, and a row is drawn at each key.
///
/// - Complexity: O(1) in the length of the text.
func rowText(_ text: String, glyphs: Glyphs) -> String {
  guard text.utf8.count > longestRow else { return text }
  return String(beginning(of: text, bytes: longestRow)) + String(glyphs[.ellipsis])
}

private let longestRow = 4000

/// The first bytes of a text, but for a last character that would be torn.
func beginning(of text: String, bytes: Int) -> Substring {
  guard let end = text.utf8.index(text.startIndex, offsetBy: bytes, limitedBy: text.endIndex) else {
    return text[...]
  }
  return text[..<text.unicodeScalars.index(atOrBefore: end)]
}

extension String.UnicodeScalarView {
  /// The beginning of the scalar in which an index of a byte is.
  fileprivate func index(atOrBefore place: Index) -> Index {
    place < endIndex ? index(before: index(after: place)) : place
  }
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
