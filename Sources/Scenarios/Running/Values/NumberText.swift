/// Numbers as the format writes them: the shortest digits that read back as the same number.
enum NumberText {
  /// `2.0` is `2` and `-0.0` is `0`, whole numbers; an exponent is used where Python would use one (below 1e-4,
  /// from 1e16).
  static func shortest(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    let sign = number < 0 ? "-" : ""
    let (digits, point) = decompose(number.magnitude)
    guard point > -4, point <= 16 else { return sign + exponential(digits, exponent: point - 1) }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if digits.count <= point {
      return sign + digits + String(repeating: "0", count: point - digits.count)
    }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// Microseconds as seconds, without trailing zeros: `2500000` is `2.5`.
  static func seconds(_ microseconds: Int64) -> String {
    let magnitude = microseconds.magnitude
    let whole = magnitude / 1_000_000
    let sign = microseconds < 0 ? "-" : ""
    var fraction = String(magnitude % 1_000_000)
    guard fraction != "0" else { return sign + String(whole) }
    fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    return "\(sign)\(whole).\(fraction)"
  }

  /// Seconds as whole microseconds, halves up, by the digits that the number is written with.
  ///
  /// - Returns: nil beyond what 64 bits hold.
  static func microseconds(_ seconds: Double) -> Int64? {
    guard seconds.isFinite else { return nil }
    let (digits, point) = decompose(seconds.magnitude)
    let whole = point + 6
    guard whole <= 18 else { return nil }
    guard whole >= 0 else { return 0 }
    var count: Int64 = 0
    for digit in String(digits.prefix(whole)).utf8 { count = count * 10 + Int64(digit - 48) }
    for _ in 0..<max(0, whole - digits.count) { count *= 10 }
    if let next = digits.dropFirst(whole).first, next >= "5" { count += 1 }
    return seconds < 0 ? -count : count
  }

  /// The significant digits of a number, and where its decimal point stands among them (0.5: "5", 0).
  private static func decompose(_ number: Double) -> (digits: String, point: Int) {
    var mantissa = number.description[...]
    var exponent = 0
    if let mark = mantissa.firstIndex(of: "e") {
      exponent = Int(mantissa[mantissa.index(after: mark)...]) ?? 0
      mantissa = mantissa[..<mark]
    }
    let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    var digits = parts.joined()
    var point = (parts.first?.count ?? 0) + exponent
    while digits.first == "0", digits.count > 1 {
      digits.removeFirst()
      point -= 1
    }
    while digits.last == "0", digits.count > 1 { digits.removeLast() }
    return digits == "0" ? ("0", 1) : (digits, point)
  }

  private static func exponential(_ digits: String, exponent: Int) -> String {
    let rest = digits.dropFirst()
    let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
    return "\(digits.prefix(1))\(rest.isEmpty ? "" : "." + rest)e\(exponent < 0 ? "-" : "+")\(power)"
  }
}
