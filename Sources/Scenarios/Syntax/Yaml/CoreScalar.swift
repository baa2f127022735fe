/// A scalar by the rules of YAML 1.2's core schema, plus plain `none`.
enum CoreScalar: Equatable {
  case none
  case bool(Bool)
  case int(Int)
  case double(Double)
  case text(String)
  /// A whole number beyond 64 bits, or a float beyond a double.
  case tooBig
  /// `.inf` and `.nan`
  case notFinite

  init(plain text: String) {
    // The longest word has five bytes; comparing texts of megabytes with all of them takes its time.
    guard text.utf8.count <= 5 else {
      self = Self.number(text) ?? .text(text)
      return
    }
    switch text {
    case "", "~", "null", "Null", "NULL", "none": self = .none
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF": self = .notFinite
    case ".nan", ".NaN", ".NAN": self = .notFinite
    default: self = Self.number(text) ?? .text(text)
    }
  }

  private static func number(_ text: String) -> CoreScalar? {
    switch text.utf8.first ?? 0 {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): break
    default: return nil
    }
    if let digits = Based(text) {
      return Int(digits.digits, radix: digits.radix).map(CoreScalar.int) ?? .tooBig
    }
    guard let decimal = Decimal(text) else { return nil }
    if decimal.isWhole { return Int(text).map(CoreScalar.int) ?? .tooBig }
    guard let value = Double(decimal.normalized), value.isFinite else { return .tooBig }
    return .double(value)
  }
}

/// `0x1F` or `0o17`, which carry no sign.
struct Based {
  let digits: Substring
  let radix: Int

  init?(_ text: String) {
    let isHexadecimal = text.hasPrefix("0x")
    guard isHexadecimal || text.hasPrefix("0o") else { return nil }
    radix = isHexadecimal ? 16 : 8
    digits = text.dropFirst(2)
    guard !digits.isEmpty, digits.utf8.allSatisfy(isHexadecimal ? Self.isHex : Self.isOctal) else {
      return nil
    }
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }

  private static func isOctal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte)
  }
}

/// A decimal number taken apart, so that seconds can be read exactly.
struct Decimal {
  private(set) var isNegative = false
  /// The digits before and after the point, without the point.
  private(set) var digits: [UInt8] = []
  /// How many of the digits stand after the point.
  private(set) var fractionDigits = 0
  /// Clamped: nothing in a file is moved by a million digits.
  private(set) var exponent = 0
  /// No point and no exponent.
  private(set) var isWhole = true

  /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    isNegative = rest.first == UInt8(ascii: "-")
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
    digits = Self.takeDigits(&rest)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      isWhole = false
      let fraction = Self.takeDigits(&rest)
      fractionDigits = fraction.count
      digits += fraction
    }
    guard !digits.isEmpty else { return nil }
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest.removeFirst()
      isWhole = false
      guard let exponent = Self.takeExponent(&rest) else { return nil }
      self.exponent = exponent
    }
    guard rest.isEmpty else { return nil }
  }

  /// A form that any reader of decimal numbers takes.
  var normalized: String {
    let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return (isNegative ? "-" : "") + text + "e" + String(exponent - fractionDigits)
  }

  private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest[digits.endIndex...]
    return digits.map { $0 - UInt8(ascii: "0") }
  }

  private static func takeExponent(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let digits = takeDigits(&rest)
    guard !digits.isEmpty else { return nil }
    let value = digits.reduce(0) { min($0 * 10 + Int($1), 1_000_000_000) }
    return isNegative ? -value : value
  }
}

extension Decimal {
  /// The number as seconds in whole microseconds, halves up; nil beyond 2^63 of them.
  var microseconds: Microseconds? {
    let significant = Array(digits.drop { $0 == 0 })
    // How many of the significant digits stand before the point, once seconds are microseconds.
    let whole = significant.count - fractionDigits + exponent + 6
    guard !significant.isEmpty, whole >= 0 else { return 0 }
    guard whole <= 19 else { return nil }
    var value: UInt64 = 0
    for index in 0..<whole {
      value = value * 10 + UInt64(index < significant.count ? significant[index] : 0)
    }
    let rest = significant.dropFirst(whole)
    let isAboveHalf = (rest.first ?? 0) > 5 || (rest.first == 5 && rest.dropFirst().contains { $0 != 0 })
    let isHalf = rest.first == 5 && !isAboveHalf
    if isAboveHalf || (isHalf && !isNegative) { value += 1 }
    guard value <= UInt64(Int64.max) else { return nil }
    return isNegative ? -Int64(value) : Int64(value)
  }
}
