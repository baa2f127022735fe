/// What a person searches or filters for: all of its words, in any order; `!` before them means none of that.
///
/// A word may be a part of what it finds (`fire` finds `fired`), but a number is whole: `8` finds `Deferred 8` and
/// `08-lists.yaml`, and neither `process 8968` nor `0.8 s`. What stands between quotes is one word, with its blanks.
/// `thread:` and `process:` find a part of the name that an event's thread or process has: `thread:"main thread"`.
package struct Query: Equatable, Sendable {
  /// As it was typed.
  package let text: String
  package let isInverted: Bool
  /// A capital letter anywhere makes capitals count.
  package let isCaseSensitive: Bool
  private let words: [Word]
  /// What was typed without the sign that inverts it.
  package let plainText: String

  private enum Word: Equatable {
    case text([UInt8])
    /// In lower case; and as it was typed, for texts that have no thread.
    case thread([UInt8], typed: [UInt8])
    case process([UInt8], typed: [UInt8])
  }

  /// Where something happened: the names of its thread and its process.
  package struct Origin {
    package var thread: String
    package var process: String
  }

  /// nil where nothing is asked for.
  package init?(_ text: String) {
    var rest = Substring(text)
    while let first = rest.first, first == " " { rest.removeFirst() }
    isInverted = rest.first == "!"
    if isInverted { rest.removeFirst() }
    isCaseSensitive = rest.contains { $0.isUppercase }
    words = Self.words(in: rest)
    plainText = rest.split(separator: " ").joined(separator: " ")
    self.text = text
    if words.isEmpty { return nil }
  }

  /// The words that are looked for in texts.
  var texts: [[UInt8]] { words.compactMap { if case .text(let word) = $0 { word } else { nil } } }

  /// Whether a thread or a process is asked for.
  var asksForOrigin: Bool {
    words.contains { if case .text = $0 { false } else { true } }
  }

  // MARK: Reading

  /// A quote begins a name where a word begins, or the name in `thread:`; without its end it goes on to the end.
  private static func words(in text: Substring) -> [Word] {
    var words: [Word] = []
    var rest = text.drop { $0 == " " }
    while !rest.isEmpty {
      let start = rest
      let key = keys.first { rest.lowercased().hasPrefix($0) } ?? ""
      let isQuoted = rest.dropFirst(key.count).first == "\""
      rest = isQuoted ? rest.dropFirst(key.count + 1) : rest.dropFirst(key.count)
      let name = rest.prefix { $0 != (isQuoted ? "\"" : " ") }
      rest = rest.dropFirst(name.count)
      if isQuoted { rest = rest.dropFirst() }
      let typed = Array(start[..<rest.startIndex].utf8)
      rest = rest.drop { $0 == " " }
      switch key {
      case "" where name.isEmpty: continue
      case "": words.append(.text(Array(name.utf8)))
      case keys[0]: words.append(.thread(name.utf8.map(lowered), typed: typed))
      default: words.append(.process(name.utf8.map(lowered), typed: typed))
      }
    }
    return words
  }

  private static let keys = ["thread:", "process:"]

  // MARK: Matching

  /// Whether a text is what is asked for.
  ///
  /// - Parameter origin: where what it tells of happened; of a text without one, `thread:` is a word like others.
  /// - Complexity: O(text × words); letters beyond ASCII compare as they are.
  package func matches(_ text: String, from origin: Origin? = nil) -> Bool {
    var text = text
    let found = text.withUTF8 { bytes in
      words.allSatisfy { word in
        switch word {
        case .text(let word): Self.contains(bytes, word: word, isCaseSensitive)
        case .thread(let part, let typed):
          origin.map { Self.contains($0.thread, part) } ?? Self.contains(bytes, typed, isCaseSensitive)
        case .process(let part, let typed):
          origin.map { Self.contains($0.process, part) } ?? Self.contains(bytes, typed, isCaseSensitive)
        }
      }
    }
    return found != isInverted
  }

  /// Whether a name has a part, capitals or not.
  private static func contains(_ name: String, _ part: [UInt8]) -> Bool {
    var name = name
    return name.withUTF8 { contains($0, word: part, false) }
  }

  private static func contains(
    _ bytes: UnsafeBufferPointer<UInt8>, word: [UInt8], _ isCaseSensitive: Bool
  ) -> Bool {
    isNumber(word) ? contains(bytes, number: word) : contains(bytes, word, isCaseSensitive)
  }

  // MARK: Numbers

  private static let point = UInt8(ascii: ".")
  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Whether a word is a number: digits, and points between them.
  private static func isNumber(_ word: [UInt8]) -> Bool {
    word.first.map(isDigit) == true && word.last.map(isDigit) == true
      && word.allSatisfy { isDigit($0) || $0 == point }
  }

  /// Whether one of the numbers in a text is this one, whatever zeros it begins with.
  private static func contains(_ bytes: UnsafeBufferPointer<UInt8>, number: [UInt8]) -> Bool {
    var place = 0
    while place < bytes.count {
      guard isDigit(bytes[place]) else {
        place += 1
        continue
      }
      var start = place
      while place < bytes.count, isDigit(bytes[place]) || isPointInside(bytes, place) { place += 1 }
      while place - start > number.count, bytes[start] == 0x30 { start += 1 }
      if place - start == number.count, bytes[start..<place].elementsEqual(number) { return true }
    }
    return false
  }

  /// Whether a point stands between digits; one that ends a sentence does not.
  private static func isPointInside(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    bytes[place] == point && place + 1 < bytes.count && isDigit(bytes[place + 1])
  }

  // MARK: Other words

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
