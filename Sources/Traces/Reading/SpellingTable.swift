/// Finds which of some words bytes spell: a table by what a multiplication makes of their first seven and their length.
struct SpellingTable {
  /// How many words there are.
  let count: Int
  /// By place: a word's first seven bytes and its length; its last eight bytes, and the eight behind the first seven,
  /// if it is as long.
  private let words: UnsafeMutablePointer<UInt64>
  private let tails: UnsafeMutablePointer<UInt64>
  private let middles: UnsafeMutablePointer<UInt64>
  /// The number of the word; -1 where there is none.
  private let places: UnsafeMutablePointer<Int8>
  private let multiplier: UInt64

  private static let bits: UInt64 = 10

  /// A longer word would not be looked at whole.
  private static let longest = 23

  /// - Parameter all: the words, which differ in their first seven bytes or in length.
  init(_ all: [String]) {
    let spellings = all.map { Array($0.utf8) }
    precondition(spellings.allSatisfy { $0.count <= Self.longest })
    count = all.count
    words = .allocate(capacity: 1 << Int(Self.bits))
    words.initialize(repeating: 0, count: 1 << Int(Self.bits))
    tails = .allocate(capacity: 1 << Int(Self.bits))
    tails.initialize(repeating: 0, count: 1 << Int(Self.bits))
    middles = .allocate(capacity: 1 << Int(Self.bits))
    middles.initialize(repeating: 0, count: 1 << Int(Self.bits))
    places = .allocate(capacity: 1 << Int(Self.bits))
    places.initialize(repeating: -1, count: 1 << Int(Self.bits))
    let keys = spellings.map { Self.word($0) }
    multiplier = Self.multiplier(for: keys)
    for (key, word) in keys.enumerated() {
      let place = Int((word &* multiplier) >> (64 - Self.bits))
      words[place] = word
      tails[place] = Self.tail(spellings[key])
      middles[place] = Self.tail(Array(spellings[key].prefix(15)))
      places[place] = Int8(key)
    }
  }

  func deallocate() {
    words.deallocate()
    tails.deallocate()
    middles.deallocate()
    places.deallocate()
  }

  /// The first that gives each key a place of its own: with ten times as many places as keys it is found soon.
  private static func multiplier(for keys: [UInt64]) -> UInt64 {
    var multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15
    while true {
      var taken = Set<UInt64>()
      if keys.allSatisfy({ taken.insert(($0 &* multiplier) >> (64 - bits)).inserted }) { return multiplier }
      multiplier = multiplier &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 | 1
    }
  }

  /// Keys are told apart by their first seven bytes and their length.
  private static func word(_ bytes: [UInt8]) -> UInt64 {
    var word: UInt64 = 0
    for (place, byte) in bytes.prefix(7).enumerated() { word |= UInt64(byte) << UInt64(place * 8) }
    return word | UInt64(bytes.count) << 56
  }

  private static func tail(_ bytes: [UInt8]) -> UInt64 {
    guard bytes.count > 7 else { return 0 }
    return bytes.suffix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64($1.offset * 8) }
  }

  /// The number of the word; -1 where it is none. Eight bytes from `start` on must be there.
  @inline(__always)
  func find(_ start: UnsafePointer<UInt8>, length: Int) -> Int {
    guard length > 0, length <= Self.longest else { return -1 }
    var word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    word &= length < 7 ? 1 << UInt64(length * 8) - 1 : 1 << 56 - 1
    word |= UInt64(length) << 56
    let place = Int((word &* multiplier) >> (64 - Self.bits))
    guard words[place] == word, places[place] >= 0 else { return -1 }
    if length > 7 {
      guard tails[place] == Self.eight(start + length - 8) else { return -1 }
      if length > 15 { guard middles[place] == Self.eight(start + 7) else { return -1 } }
    }
    return Int(places[place])
  }

  @inline(__always)
  private static func eight(_ start: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
  }
}
