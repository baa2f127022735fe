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

  /// Those after `start`, up to `end`, in order.
  func numbers(after start: Int, through end: Int) -> [Int] {
    var found: [Int] = []
    var number = start + 1
    while number <= end, number >> 6 < words.count {
      let rest = words[number >> 6] >> UInt64(number & 63)
      number = rest == 0 ? (number | 63) + 1 : number + rest.trailingZeroBitCount
      guard rest != 0, number <= end else { continue }
      found.append(number)
      number += 1
    }
    return found
  }

  @inline(__always)
  func contains(_ number: Int32) -> Bool {
    let word = Int(number) >> 6
    return number >= 0 && word < words.count && words[word] >> UInt64(number & 63) & 1 == 1
  }
}
