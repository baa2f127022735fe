/// A persistent set of small numbers (ids), in order.
///
/// - Complexity: inserting, removing and asking are O(log n); finding the k-th is O(largest / 64), which is
///   microseconds for a million ids; copying is O(1).
public struct NumberSet: Sendable, Equatable {
  /// Bit i of word w stands for 64 w + i.
  private var words = Shelf<UInt64>()
  public private(set) var count = 0

  public init() {}

  public var isEmpty: Bool { count == 0 }

  /// Whether a number is in the set; negative ones never are. O(log n).
  public func contains(_ number: Int) -> Bool {
    guard number >= 0, let word = words.at(number >> 6) else { return false }
    return word & Self.bit(number) != 0
  }

  private static func bit(_ number: Int) -> UInt64 { 1 << UInt64(number & 63) }

  /// Callers bound `number`: the set takes number / 64 words.
  mutating func insert(_ number: Int) {
    guard number >= 0, !contains(number) else { return }
    while words.count <= number >> 6 { words.append(0) }
    words[number >> 6] |= Self.bit(number)
    count += 1
  }

  mutating func remove(_ number: Int) {
    guard contains(number) else { return }
    words[number >> 6] &= ~Self.bit(number)
    count -= 1
  }

  mutating func set(_ number: Int, _ isIn: Bool) {
    if isIn { insert(number) } else { remove(number) }
  }

  /// The least number in the set that is at least `number`.
  public func next(from number: Int) -> Int? {
    var place = Swift.max(number, 0)
    while let word = words.at(place >> 6) {
      let rest = word >> UInt64(place & 63)
      if rest != 0 { return place + rest.trailingZeroBitCount }
      place = (place | 63) + 1
    }
    return nil
  }

  /// The greatest number in the set that is at most `number`.
  public func previous(from number: Int) -> Int? {
    var place = Swift.min(number, words.count * 64 - 1)
    while place >= 0, let word = words.at(place >> 6) {
      let rest = word << UInt64(63 - (place & 63))
      if rest != 0 { return place - rest.leadingZeroBitCount }
      place = (place & ~63) - 1
    }
    return nil
  }

  /// The number in the set that has `rank` smaller ones in the set.
  public func number(atRank rank: Int) -> Int? {
    guard rank >= 0, rank < count else { return nil }
    var left = rank
    for place in words.indices {
      var word = words[place]
      let here = word.nonzeroBitCount
      if left >= here {
        left -= here
        continue
      }
      for _ in 0..<left { word &= word - 1 }
      return place * 64 + word.trailingZeroBitCount
    }
    return nil
  }

  /// How many numbers in the set are smaller than `number`.
  public func rank(of number: Int) -> Int {
    guard number > 0 else { return 0 }
    var rank = 0
    for place in 0..<Swift.min(number >> 6, words.count) { rank += words[place].nonzeroBitCount }
    if let word = words.at(number >> 6) { rank += (word & (Self.bit(number) - 1)).nonzeroBitCount }
    return rank
  }
}

extension NumberSet: Sequence {
  public struct Iterator: IteratorProtocol {
    let set: NumberSet
    var place = 0

    public mutating func next() -> Int? {
      guard let number = set.next(from: place) else { return nil }
      place = number + 1
      return number
    }
  }

  public func makeIterator() -> Iterator { Iterator(set: self) }
  public var underestimatedCount: Int { count }
}
