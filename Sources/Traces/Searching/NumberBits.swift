/// A set of small numbers, a bit each.
struct NumberBits {
  private var words: [UInt64] = []
  private(set) var isEmpty = true

  mutating func insert(_ number: Int32) {
    let word = Int(number) >> 6
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(number & 63)
    isEmpty = false
  }

  @inline(__always)
  func contains(_ number: Int32) -> Bool {
    let word = Int(number) >> 6
    return number >= 0 && word < words.count && words[word] >> UInt64(number & 63) & 1 == 1
  }
}
