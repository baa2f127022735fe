/// What a person searches or filters for: all of its words, in any order; `!` before them means none of that.
///
/// A word may be a part of what it finds (`fire` finds `fired`), but a number is whole: `8` finds `Deferred 8` and
/// `08-lists.yaml`, and neither `process 8968` nor `0.8 s`.
/// `thread:` and `process:` find a part of the name that an event's thread or process has.
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
    let found = text.withUTF8 { bytes in
      words.allSatisfy { word in
        if let found = Self.isOnThread(bytes, word) { return found }
        return Self.contains(bytes, word: word, isCaseSensitive)
      }
    }
    return found != isInverted
  }

  private static func contains(
    _ bytes: UnsafeBufferPointer<UInt8>, word: [UInt8], _ isCaseSensitive: Bool
  ) -> Bool {
    isNumber(word) ? contains(bytes, number: word) : contains(bytes, word, isCaseSensitive)
  }

  // MARK: Threads and processes

  private static let thread = Array("thread:".utf8)
  private static let process = Array("process:".utf8)
  /// What stands between a process and its thread, where several recordings are joined.
  private static let betweenNames = Array(" · ".utf8)

  /// Whether a word asks for a thread or a process, by a part of its name.
  static func isAboutThreads(_ word: [UInt8]) -> Bool {
    let key = word.prefix(process.count).map(lowered)
    return key.starts(with: thread) || key.starts(with: process)
  }

  /// Whether the thread at the end of a text has the part that is asked for, capitals or not;
  /// nil where no thread is asked for or told.
  private static func isOnThread(_ bytes: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool? {
    guard isAboutThreads(word), var name = last(thread, in: bytes[...]).map({ bytes[$0.upperBound...] })
    else { return nil }
    let isThread = lowered(word[0]) == thread[0]
    let part = word.dropFirst(isThread ? thread.count : process.count).map(lowered)
    if !isThread, let dot = last(betweenNames, in: name) { name = name[..<dot.lowerBound] }
    return contains(UnsafeBufferPointer(rebasing: name), word: part, false)
  }

  private static func last(_ word: [UInt8], in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Range<Int>? {
    guard bytes.count >= word.count else { return nil }
    let start = (bytes.startIndex...(bytes.endIndex - word.count)).last {
      bytes[$0..<$0 + word.count].elementsEqual(word)
    }
    return start.map { $0..<$0 + word.count }
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
