/// The text of a scenario file: its lines, and which line and column a character stands in.
struct SourceText {
  /// The bytes without a byte order mark.
  let bytes: ArraySlice<UInt8>
  /// For each line, where it starts: as an offset in `bytes` and as the number of characters before it.
  private let starts: [(byte: Int, character: Int)]

  /// Wraps bytes that `SourceText.fault(in:)` has found to be well-formed.
  init(_ all: [UInt8]) {
    let body = Self.body(of: all)
    bytes = body
    var starts = [(byte: body.startIndex, character: 0)]
    var characters = 0
    var index = body.startIndex
    while index < body.endIndex {
      let byte = body[index]
      index += 1
      // A character is counted at its first byte.
      if byte & 0b1100_0000 != 0b1000_0000 { characters += 1 }
      if byte == 0x0D, index < body.endIndex, body[index] == 0x0A { continue }
      if byte == 0x0A || byte == 0x0D { starts.append((index, characters)) }
    }
    self.starts = starts
  }

  /// The bytes without a UTF-8 byte order mark.
  private static func body(of all: [UInt8]) -> ArraySlice<UInt8> {
    all.starts(with: [0xEF, 0xBB, 0xBF]) ? all[3...] : all[...]
  }

  /// Where a character stands, by the number of characters before it. Logarithmic in the number of lines.
  func mark(at character: Int) -> Mark {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle].character <= character { low = middle } else { high = middle }
    }
    return Mark(line: low + 1, column: max(0, character - starts[low].character) + 1)
  }

  /// A line by its number from 1, without its end; empty beyond the last.
  func line(_ number: Int) -> String {
    guard number >= 1, number <= starts.count else { return "" }
    let end = number < starts.count ? starts[number].byte : bytes.endIndex
    var line = bytes[starts[number - 1].byte..<end]
    while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }

  /// Where a tag directive stands that has so many before it, or nil.
  ///
  /// The parser compares each with all before it, so that a file of them would take minutes.
  func tagDirective(number: Int) -> Mark? {
    var count = 0
    for (index, start) in starts.enumerated() where bytes[start.byte...].starts(with: "%TAG".utf8) {
      count += 1
      if count >= number { return Mark(line: index + 1, column: 1) }
    }
    return nil
  }

  /// What is shown of the line that a fault stands in.
  struct Excerpt {
    var text: String
    /// Where in the text the fault stands, from 1.
    var column: Int
  }

  /// The line at a place, or of a very long one the part around it.
  func excerpt(at mark: Mark) -> Excerpt {
    let longest = 400
    guard mark.line >= 1, mark.line <= starts.count else { return Excerpt(text: "", column: 1) }
    let end = mark.line < starts.count ? starts[mark.line].byte : bytes.endIndex
    let start = starts[mark.line - 1].byte
    guard end - start > longest * 4 else { return Excerpt(text: line(mark.line), column: mark.column) }
    let skipped = max(0, mark.column - longest / 2)
    var scalars = String.UnicodeScalarView()
    var taken = 0
    var toSkip = skipped
    let rest = bytes[start..<end].drop { byte in
      // A character is counted at its first byte.
      if byte & 0b1100_0000 != 0b1000_0000 { toSkip -= 1 }
      return toSkip >= 0
    }
    for scalar in String(decoding: rest.prefix(longest * 4), as: UTF8.self).unicodeScalars {
      guard taken < longest, scalar != "\n", scalar != "\r" else { break }
      scalars.append(scalar)
      taken += 1
    }
    return Excerpt(text: String(scalars), column: mark.column - skipped)
  }

  /// All lines, without their ends; an end at the very end begins no further line.
  var lines: [String] {
    var lines = (1...starts.count).map(line)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The first thing that keeps bytes from being text: its place, and what it is; nil when they are text.
  static func fault(in all: [UInt8]) -> (mark: Mark, message: String)? {
    let body = body(of: all)
    var mark = Mark(line: 1, column: 1)
    var index = body.startIndex
    while index < body.endIndex {
      guard let (value, length) = decode(body, at: index) else {
        return (
          mark, "this is not UTF-8 text: byte \(hex(UInt32(body[index]), digits: 2)) stands where none can"
        )
      }
      if !isAllowed(value) {
        return (mark, "the character U+\(hex(value, digits: 4)) cannot be in a scenario")
      }
      let next = index + length
      let isEnd = value == 0x0A || (value == 0x0D && !(next < body.endIndex && body[next] == 0x0A))
      mark = isEnd ? Mark(line: mark.line + 1, column: 1) : Mark(line: mark.line, column: mark.column + 1)
      index = next
    }
    return nil
  }

  /// YAML's printable characters.
  private static func isAllowed(_ value: UInt32) -> Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// The scalar that starts at an index, and its length in bytes; nil where no well-formed one does.
  private static func decode(_ body: ArraySlice<UInt8>, at index: Int) -> (value: UInt32, length: Int)? {
    let first = body[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let length: Int
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return nil
    }
    guard index + length <= body.endIndex else { return nil }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for byte in body[(index + 1)..<(index + length)] {
      guard byte & 0b1100_0000 == 0b1000_0000 else { return nil }
      value = value << 6 | UInt32(byte & 0b0011_1111)
    }
    let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
    guard value >= smallest[length], !(0xD800...0xDFFF).contains(value), value <= 0x10FFFF else { return nil }
    return (value, length)
  }
}

/// A number in upper-case hexadecimal digits, at least so many.
func hex(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

extension SourceText {
  /// Where a text stands at or after a place on its line, or the place itself where it does not.
  func find(_ text: String, from mark: Mark) -> Mark {
    let excerpt = excerpt(at: mark)
    let scalars = Array(excerpt.text.unicodeScalars)
    let wanted = Array(text.unicodeScalars)
    guard !wanted.isEmpty, scalars.count >= wanted.count else { return mark }
    for start in stride(from: excerpt.column - 1, through: scalars.count - wanted.count, by: 1)
    where scalars[start..<(start + wanted.count)].elementsEqual(wanted) {
      return Mark(line: mark.line, column: mark.column + start - (excerpt.column - 1))
    }
    return mark
  }
}
