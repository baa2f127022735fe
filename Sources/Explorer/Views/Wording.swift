import Traces

/// A time in seconds, to the millisecond, or to the microsecond where it needs that: `1.000`, `0.000250`.
func clockText(_ time: Int64) -> String {
  let magnitude = time.magnitude
  let fraction = magnitude % 1_000_000
  let digits = fraction % 1000 == 0 ? padded(fraction / 1000, to: 3) : padded(fraction, to: 6)
  return (time < 0 ? "-" : "") + "\(magnitude / 1_000_000).\(digits)"
}

/// A duration in seconds as a person would write it: `3 s`, `0.5 s`.
func durationText(_ duration: Int64) -> String {
  var digits = padded(duration.magnitude % 1_000_000, to: 6)
  while digits.last == "0" { digits.removeLast() }
  let whole = (duration < 0 ? "-" : "") + String(duration.magnitude / 1_000_000)
  return digits.isEmpty ? "\(whole) s" : "\(whole).\(digits) s"
}

private func padded(_ number: UInt64, to digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// `1 step`, `2 steps`.
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
