/// What a person searches or filters for: all of its words, in any order; `!` before them means none of that.
package struct Query: Equatable, Sendable {
  /// As it was typed.
  package let text: String
  package let isInverted: Bool
  /// A capital letter anywhere makes capitals count.
  package let isCaseSensitive: Bool
  let words: [[UInt8]]
  /// The words without the sign that inverts them.
  package var plainText: String { words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") }

  /// nil where nothing is asked for.
  package init?(_ text: String) {
    var rest = Substring(text)
    while let first = rest.first, first == " " { rest.removeFirst() }
    isInverted = rest.first == "!"
    if isInverted { rest.removeFirst() }
    isCaseSensitive = rest.contains { $0.isUppercase }
    words = rest.split(separator: " ").map { Array($0.utf8) }
    self.text = text
    if words.isEmpty { return nil }
  }

  /// Whether a text is what is asked for.
  ///
  /// - Complexity: O(text × words); letters beyond ASCII compare as they are.
  package func matches(_ text: String) -> Bool {
    var text = text
    let found = text.withUTF8 { bytes in words.allSatisfy { Self.contains(bytes, $0, isCaseSensitive) } }
    return found != isInverted
  }

  private static func contains(
    _ bytes: UnsafeBufferPointer<UInt8>, _ word: [UInt8], _ isCaseSensitive: Bool
  ) -> Bool {
    guard bytes.count >= word.count else { return false }
    search: for start in 0...(bytes.count - word.count) {
      for offset in word.indices {
        let byte = bytes[start + offset]
        guard (isCaseSensitive ? byte : lowered(byte)) == word[offset] else { continue search }
      }
      return true
    }
    return false
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte + 32 : byte }
}
