extension Duration {
  /// The whole microseconds of a duration, halves up; what does not fit is the largest that does.
  @usableFromInline
  var microseconds: Int64 {
    let attoseconds = attoseconds
    if let small = UInt64(exactly: attoseconds), small < UInt64.max / 2 {
      return Int64((small + 500_000_000_000) / 1_000_000_000_000)
    }
    let (seconds, rest) = components
    let whole = seconds.multipliedReportingOverflow(by: 1_000_000)
    if whole.overflow { return seconds < 0 ? .min : .max }
    let part =
      (rest + 500_000_000_000) >= 0
      ? (rest + 500_000_000_000) / 1_000_000_000_000
      : -((-(rest + 500_000_000_000) + 999_999_999_999) / 1_000_000_000_000)
    return clampedSum(whole.partialValue, part)
  }

  /// Seconds as people write them: `3`, `2.5`.
  static func secondsText(microseconds: Int64) -> String {
    let magnitude = microseconds.magnitude
    let sign = microseconds < 0 ? "-" : ""
    let (seconds, rest) = magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    guard rest != 0 else { return "\(sign)\(seconds)" }
    var digits = String(rest + 1_000_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(seconds).\(digits)"
  }
}

/// Adds two times; what does not fit stays at the end of time.
@inlinable
func clampedSum(_ left: Int64, _ right: Int64) -> Int64 {
  let (sum, overflow) = left.addingReportingOverflow(right)
  return overflow ? (right < 0 ? .min : .max) : sum
}

/// Takes one time from another; what does not fit stays at the end of time.
func clampedDifference(_ left: Int64, _ right: Int64) -> Int64 {
  let (difference, overflow) = left.subtractingReportingOverflow(right)
  return overflow ? (right > 0 ? .min : .max) : difference
}
