/// A piece of what a person searches for that can stand in a trace as it stands in a sentence: within one text, or as
/// digits.
///
/// A sentence is made of words of ours and of texts and numbers of the trace, with blanks or signs between them. What
/// has neither blanks nor signs in it, and is in none of our words (``NarrationWords``), must come from one text.
struct Needle {
  let bytes: [UInt8]
  /// Whether it may be (part of) a number, which need not stand in the trace as it stands in a sentence.
  let isNumeric: Bool
  private let isCaseSensitive: Bool
  private let first: UInt64
  private let last: UInt64
  private let lowering: UInt64

  /// - Parameter bytes: in lower case, where capitals do not count.
  /// - Returns: nil for what can't be looked for in a trace.
  init?(_ bytes: [UInt8], isCaseSensitive: Bool) {
    guard let first = bytes.first, let last = bytes.last, bytes.allSatisfy(Self.isInTexts) else { return nil }
    isNumeric = bytes.allSatisfy { $0 == UInt8(ascii: "-") || Self.isDigit($0) }
    // Shorter numbers are everywhere.
    if isNumeric, bytes.count < 3 { return nil }
    if !isNumeric, NarrationWords.contain(bytes) { return nil }
    self.bytes = bytes
    self.isCaseSensitive = isCaseSensitive
    // Sets a bit that also changes some signs: what is found so is looked at again.
    lowering = isCaseSensitive ? 0 : 0x2020_2020_2020_2020
    self.first = UInt64(first) &* 0x0101_0101_0101_0101 | lowering
    self.last = UInt64(last) &* 0x0101_0101_0101_0101 | lowering
  }

  /// The best pieces of some words, which are all asked for; those first that are most likely rare.
  static func pieces(of words: [[UInt8]], isCaseSensitive: Bool) -> [Needle] {
    let all = words.flatMap { $0.split { !isInTexts($0) } }
      .compactMap { Needle(Array($0), isCaseSensitive: isCaseSensitive) }
    return Array(all.sorted { $0.bytes.count > $1.bytes.count }.prefix(limit))
  }

  /// So many are looked for at once.
  static let limit = 4

  /// The signs that stand beside texts in sentences are not, nor is what JSON may write in another way.
  private static func isInTexts(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x27, 0x28, 0x29, 0x2c, 0x2e, 0x3a, 0x3b, 0x3f, 0x5c: false
    default: byte > 0x20 && byte < 0x7f
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  func isIn(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isIn($0.baseAddress, length: $0.count, slack: 0) }
  }

  /// Whether it is in some bytes.
  ///
  /// - Parameter slack: how many bytes after their end may be looked at, whatever they are.
  /// - Complexity: O(bytes), eight at a time where the slack is eight at least.
  func isIn(_ start: UnsafePointer<UInt8>?, length: Int, slack: Int) -> Bool {
    guard let start, length >= bytes.count else { return false }
    let count = length - bytes.count + 1
    let wide = slack >= 8 ? count : count - 8
    var place = 0
    while place < wide {
      let heads = UnsafeRawPointer(start + place).loadUnaligned(as: UInt64.self) | lowering
      let tails =
        UnsafeRawPointer(start + place + bytes.count - 1).loadUnaligned(as: UInt64.self) | lowering
      let differences = (heads ^ first) | (tails ^ last)
      let zeros = (differences &- 0x0101_0101_0101_0101) & ~differences & 0x8080_8080_8080_8080
      if zeros != 0, (place..<min(place + 8, count)).contains(where: { isAt(start + $0) }) { return true }
      place += 8
    }
    return (min(place, count)..<count).contains { isAt(start + $0) }
  }

  private func isAt(_ start: UnsafePointer<UInt8>) -> Bool {
    for place in bytes.indices {
      let byte = start[place]
      let isCapital = !isCaseSensitive && byte >= 65 && byte <= 90
      guard (isCapital ? byte + 32 : byte) == bytes[place] else { return false }
    }
    return true
  }
}
