/// What stands after a key: where, as far as it is text, and what, as far as it is not.
enum JSONValue {
  case absent
  case null
  case bool(Bool)
  case number(Int64)
  /// Between its quotes.
  case text(start: Int, end: Int, hasEscapes: Bool)
  /// Between its brackets.
  case list(start: Int, end: Int)
  /// A number with a fraction or too large, or an object: legal, and nothing that a trace has a use for.
  case other
}

/// Why a line is no flat JSON object, and at which byte, from 0.
struct JSONFault: Error {
  var offset: Int
  var message: String
}

/// Reads one JSON text from left to right, byte by byte, without copying any of it.
struct JSONScanner {
  /// Values inside of values, deeper than this, are refused: a trace's lines are flat.
  private static let deepest = 64

  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var place: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int = 0) {
    self.bytes = bytes
    self.place = place
  }

  /// The byte at the cursor; 0 at the end, which is legal nowhere in JSON.
  private var here: UInt8 { place < bytes.count ? bytes[place] : 0 }

  mutating func skipBlanks() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0a, 0x0d: place += 1
      default: return
      }
    }
  }

  var isAtEnd: Bool { place >= bytes.count }

  /// Takes this byte, after blanks, if it is next.
  mutating func take(_ byte: Character.ASCII) -> Bool {
    skipBlanks()
    guard here == byte.value, place < bytes.count else { return false }
    place += 1
    return true
  }

  func fault(_ message: String) -> JSONFault { JSONFault(offset: place, message: message) }

  /// A string, from its opening quote on.
  mutating func string() throws(JSONFault) -> JSONValue {
    guard take(.quote) else { throw fault("a string is missing here") }
    let start = place
    var hasEscapes = false
    while place < bytes.count {
      skipPlain()
      guard place < bytes.count else { break }
      let byte = bytes[place]
      if byte == 0x22 {
        place += 1
        return .text(start: start, end: place - 1, hasEscapes: hasEscapes)
      }
      if byte == 0x5c {
        hasEscapes = true
        place += 1
      }
      place += 1
    }
    place = bytes.count
    throw fault("the line ends inside of a string")
  }

  /// Passes over what neither ends a string nor stands for something else in it, eight bytes at a time.
  private mutating func skipPlain() {
    guard let start = bytes.baseAddress else { return }
    while place + 8 <= bytes.count {
      let word = UInt64(littleEndian: UnsafeRawPointer(start + place).loadUnaligned(as: UInt64.self))
      if Self.hasZero(word ^ 0x2222_2222_2222_2222) || Self.hasZero(word ^ 0x5c5c_5c5c_5c5c_5c5c) { return }
      place += 8
    }
  }

  private static func hasZero(_ word: UInt64) -> Bool {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
  }

  /// Any value.
  mutating func value(depth: Int = 0) throws(JSONFault) -> JSONValue {
    skipBlanks()
    switch here {
    case 0x22: return try string()
    case 0x5b: return try list(depth)
    case 0x7b: return try object(depth)
    case 0x2d, 0x30...0x39: return number()
    default: return try word()
    }
  }

  private mutating func list(_ depth: Int) throws(JSONFault) -> JSONValue {
    guard depth < Self.deepest else { throw fault("this nests too deeply") }
    _ = take(.openBracket)
    let start = place
    if take(.closeBracket) { return .list(start: start, end: place - 1) }
    repeat { _ = try value(depth: depth + 1) } while take(.comma)
    guard take(.closeBracket) else { throw fault("a list goes on with `,` or ends with `]`") }
    return .list(start: start, end: place - 1)
  }

  private mutating func object(_ depth: Int) throws(JSONFault) -> JSONValue {
    guard depth < Self.deepest else { throw fault("this nests too deeply") }
    _ = take(.openBrace)
    if take(.closeBrace) { return .other }
    repeat {
      _ = try string()
      guard take(.colon) else { throw fault("a key is followed by `:`") }
      _ = try value(depth: depth + 1)
    } while take(.comma)
    guard take(.closeBrace) else { throw fault("an object goes on with `,` or ends with `}`") }
    return .other
  }

  private mutating func number() -> JSONValue {
    let isNegative = here == 0x2d
    if isNegative { place += 1 }
    var sum: Int64 = 0
    var isWhole = true
    while place < bytes.count {
      let byte = bytes[place]
      if byte >= 0x30, byte <= 0x39 {
        let digit = Int64(byte - 0x30)
        let (tens, first) = sum.multipliedReportingOverflow(by: 10)
        let (next, second) = tens.addingReportingOverflow(isNegative ? -digit : digit)
        if first || second { isWhole = false }
        sum = next
      } else if byte == 0x2e || byte == 0x2b || byte == 0x2d || byte | 0x20 == 0x65 {
        isWhole = false
      } else {
        break
      }
      place += 1
    }
    return isWhole ? .number(sum) : .other
  }

  private mutating func word() throws(JSONFault) -> JSONValue {
    for (word, value) in Self.words where bytes[place...].starts(with: word.utf8) {
      place += word.utf8.count
      return value
    }
    throw fault(isAtEnd ? "the line ends before its value" : "this is no JSON")
  }

  private static let words: [(String, JSONValue)] = [
    ("true", .bool(true)), ("false", .bool(false)), ("null", .null),
  ]
}

extension Character {
  /// The characters that JSON is built of.
  enum ASCII {
    case quote, comma, colon, openBrace, closeBrace, openBracket, closeBracket

    var value: UInt8 {
      switch self {
      case .quote: 0x22
      case .comma: 0x2c
      case .colon: 0x3a
      case .openBrace: 0x7b
      case .closeBrace: 0x7d
      case .openBracket: 0x5b
      case .closeBracket: 0x5d
      }
    }
  }
}
