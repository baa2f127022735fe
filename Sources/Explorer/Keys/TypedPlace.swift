/// Reads the places that can be typed after `:` without a word before them.
enum TypedPlace {
  /// The goal that a text means; nil where it is not the form of a place.
  ///
  /// - Throws: a sentence, where it has that form but cannot be gone to.
  static func goal(_ text: String) throws(TypedFault) -> Goal? {
    if text == "$" { return .end }
    if text == "^" { return .step(0) }
    if let first = text.first, "#+-".contains(first), let goal = try stepGoal(first, text.dropFirst()) {
      return goal
    }
    if text.allSatisfy(\.isASCIIDigit), !text.isEmpty { return .step(try whole(text[...])) }
    if text.hasSuffix("%") {
      guard let percent = Int(text.dropLast()), (0...100).contains(percent) else {
        throw TypedFault("A place in per cent is from 0% to 100%.")
      }
      return .percent(percent)
    }
    if let clock = clock(text) { return clock }
    return try time(text).map { .time($0) }
  }

  private static func stepGoal(_ sign: Character, _ digits: Substring) throws(TypedFault) -> Goal? {
    guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else {
      if sign == "#" { throw TypedFault("After # comes the number of a step: :#120.") }
      return nil
    }
    let number = try whole(digits)
    return sign == "#" ? .step(number) : .steps(sign == "-" ? -number : number)
  }

  private static func whole(_ digits: Substring) throws(TypedFault) -> Int {
    guard digits.count <= 12, let number = Int(digits) else {
      throw TypedFault("There are not that many steps.")
    }
    return number
  }

  /// A time of the day, `19:43:25.5` or `19:43`.
  private static func clock(_ text: String) -> Goal? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count),
      parts.prefix(2).allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isASCIIDigit) }),
      let hour = Int64(parts[0]), let minute = Int64(parts[1]), hour < 24, minute < 60
    else { return nil }
    let second = parts.count == 3 ? (try? time(String(parts[2]) + "s")) ?? nil : 0
    guard let second, second < 60_000_000 else { return nil }
    // As much as the digits leave open.
    let digits = parts.count == 2 ? nil : parts[2].split(separator: ".").dropFirst().first?.count ?? 0
    let span = digits.map { (0..<min($0, 6)).reduce(Int64(1_000_000)) { span, _ in span / 10 } } ?? 60_000_000
    return .clock((hour * 60 + minute) * 60_000_000 + second, span: span)
  }

  /// A time in microseconds: digits, at most one point, and a unit (seconds without one, where there is a point).
  private static func time(_ text: String) throws(TypedFault) -> Int64? {
    let number = text.prefix { $0.isASCIIDigit || $0 == "." }
    guard number.contains(where: \.isASCIIDigit) else { return nil }
    let unit = text[number.endIndex...]
    let scales: [Substring: Int] = ["": 6, "s": 6, "ms": 3, "us": 0, "µs": 0]
    guard let scale = scales[unit] else {
      if unit.allSatisfy(\.isLetter) {
        throw TypedFault("\(unit) is no unit of time here: s, ms or us.")
      }
      return nil
    }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts[0].count <= 12 else { throw TypedFault("\(number) is no time.") }
    let fraction = parts.count == 2 ? parts[1].prefix(scale) : ""
    let digits = parts[0] + fraction + String(repeating: "0", count: scale - fraction.count)
    return Int64(digits) ?? 0
  }
}

/// Why something that was typed can't be done, as a sentence.
struct TypedFault: Error {
  let text: String
  init(_ text: String) { self.text = text }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
