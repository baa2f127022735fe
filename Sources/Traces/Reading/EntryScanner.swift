/// Reads the lines of a trace straight into entries, without making a text of anything.
///
/// It knows lines as recorders write them: one flat object, keys in any order, no blanks. Whatever else a line is, the
/// scanner leaves it to ``TraceReader``, so it never says what is wrong with one. Both agree on every line.
///
/// - Complexity: O(bytes), one pass, nothing is allocated.
struct EntryScanner {
  /// What a field holds, by key.
  enum Class: UInt8 { case absent, number, text, texts, numbers, yes, no, other }

  /// So many bytes after the end of what is scanned must be there to be looked at, whatever they are.
  static let slack = 16

  /// By ``TraceKey``: what is there, and its number, or where its text begins and ends.
  let classes: UnsafeMutablePointer<Class>
  let numbers: UnsafeMutablePointer<Int64>
  let ends: UnsafeMutablePointer<Int64>
  let keys = SpellingTable(TraceKey.allCases.map { "\($0)" })
  private var base: UnsafePointer<UInt8>

  init() {
    let count = TraceKey.allCases.count
    classes = .allocate(capacity: count)
    classes.initialize(repeating: .absent, count: count)
    numbers = .allocate(capacity: count)
    numbers.initialize(repeating: 0, count: count)
    ends = .allocate(capacity: count)
    ends.initialize(repeating: 0, count: count)
    base = UnsafePointer(bitPattern: 1).unsafelyUnwrapped
  }

  func deallocate() {
    classes.deallocate()
    numbers.deallocate()
    ends.deallocate()
    keys.deallocate()
  }

  /// Goes over the line that begins at `start`.
  ///
  /// - Parameter end: the end of all bytes.
  /// - Returns: where the next line begins; nil where this one is for the other reader.
  mutating func scan(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    UnsafeMutableRawPointer(classes).initializeMemory(as: UInt8.self, repeating: 0, count: keys.count)
    base = start
    guard start < end, start.pointee == 0x7b else { return nil }
    var place = start + 1
    while place < end {
      guard let (key, afterKey) = key(place, end), afterKey < end, afterKey.pointee == 0x3a,
        let next = value(afterKey + 1, end, key), next < end
      else { return nil }
      if next.pointee == 0x2c {
        place = next + 1
      } else {
        guard next.pointee == 0x7d, next + 1 < end, next[1] == 0x0a else { return nil }
        return next + 2
      }
    }
    return nil
  }

  /// The number of the key that begins with the quote at `start`, and what is behind it.
  @inline(__always)
  private func key(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> (Int, UnsafePointer<UInt8>)?
  {
    let word = UInt64(littleEndian: UnsafeRawPointer(start + 1).loadUnaligned(as: UInt64.self))
    let quotes = Self.zeros(word ^ 0x2222_2222_2222_2222)
    if quotes != 0, start.pointee == 0x22 {
      let length = quotes.trailingZeroBitCount >> 3
      let key = keys.find(start + 1, length: length)
      // One that is known has nothing in it that must be looked at.
      if key >= 0 { return (key, start + length + 2) }
    }
    guard let after = Self.textEnd(start, end) else { return nil }
    return (keys.find(start + 1, length: after - start - 2), after)
  }

  /// The bytes of a text, between its quotes; of a list, between its brackets.
  @inline(__always)
  func bytes(_ key: TraceKey) -> UnsafeBufferPointer<UInt8> {
    let start = Int(numbers[key.rawValue])
    return UnsafeBufferPointer(start: base + start, count: Int(ends[key.rawValue]) - start)
  }

  // MARK: Values

  @inline(__always)
  private mutating func value(_ place: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ key: Int)
    -> UnsafePointer<UInt8>?
  {
    switch place.pointee {
    case 0x22:
      guard let after = Self.textEnd(place, end) else { return nil }
      set(key, .text, Int64(place + 1 - base), Int64(after - 1 - base))
      return after
    case 0x2d, 0x30...0x39:
      guard let (number, after) = Self.number(place, end) else { return nil }
      set(key, .number, number)
      return after
    case 0x5b: return list(place + 1, end, key)
    case 0x74 where Self.word(place, 4, end) == 0x6575_7274:
      set(key, .yes)
      return place + 4
    case 0x66 where Self.word(place, 5, end) == 0x65_736c_6166:
      set(key, .no)
      return place + 5
    case 0x6e where Self.word(place, 4, end) == 0x6c6c_756e:
      set(key, .absent)
      return place + 4
    default: return nil
    }
  }

  @inline(__always)
  private func set(_ key: Int, _ what: Class, _ number: Int64 = 0, _ end: Int64 = 0) {
    guard key >= 0 else { return }
    classes[key] = what
    numbers[key] = number
    ends[key] = end
  }

  /// A list of texts and numbers; any other is for the other reader.
  private mutating func list(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ key: Int)
    -> UnsafePointer<UInt8>?
  {
    var (place, what) = (start, Class.numbers)
    if place < end, place.pointee == 0x5d {
      set(key, .numbers, Int64(start - base), Int64(start - base))
      return place + 1
    }
    while place < end {
      if place.pointee == 0x22 {
        guard let after = Self.textEnd(place, end) else { return nil }
        (place, what) = (after, .texts)
      } else {
        guard let (_, after) = Self.number(place, end) else { return nil }
        place = after
      }
      guard place < end else { return nil }
      if place.pointee == 0x5d {
        set(key, what, Int64(start - base), Int64(place - base))
        return place + 1
      }
      guard place.pointee == 0x2c else { return nil }
      place += 1
    }
    return nil
  }

  /// `count` bytes as a number, the first one lowest; 0 where the end is before them.
  @inline(__always)
  private static func word(_ place: UnsafePointer<UInt8>, _ count: Int, _ end: UnsafePointer<UInt8>) -> UInt64
  {
    guard end - place >= count else { return 0 }
    let bytes = UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
    return bytes & (1 << UInt64(count * 8) - 1)
  }

  /// A whole number of up to 18 digits, and where it ends.
  @inline(__always)
  private static func number(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>)
    -> (Int64, UnsafePointer<UInt8>)?
  {
    // Most are short: eight bytes at once tell how many of them are digits.
    let digits =
      UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
      ^ 0x3030_3030_3030_3030
    let others = (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080
    let count = others.trailingZeroBitCount >> 3
    guard count > 0, count < 8 else { return longNumber(start, end) }
    let place = start + count
    guard place < end, place.pointee == 0x2c || place.pointee == 0x7d || place.pointee == 0x5d else {
      return nil
    }
    var sum = digits << UInt64(64 - 8 * count)
    sum = (sum &* 2561) >> 8 & 0x00ff_00ff_00ff_00ff
    sum = (sum &* 6_553_601) >> 16 & 0x0000_ffff_0000_ffff
    return (Int64((sum &* 42_949_672_960_001) >> 32), place)
  }

  /// One that is negative, or has eight digits or more.
  private static func longNumber(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> (
    Int64, UnsafePointer<UInt8>
  )? {
    let isNegative = start.pointee == 0x2d
    var place = isNegative ? start + 1 : start
    let first = place
    var sum: Int64 = 0
    while place < end, place.pointee &- 0x30 < 10 {
      sum = sum &* 10 &+ Int64(place.pointee &- 0x30)
      place += 1
    }
    guard place > first, place - first <= 18, place < end else { return nil }
    switch place.pointee {
    case 0x2c, 0x7d, 0x5d: return (isNegative ? -sum : sum, place)
    default: return nil
    }
  }

  /// Behind the quote that ends the text which begins with the quote at `start`; nil where the line ends before.
  @inline(__always)
  private static func textEnd(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafePointer<
    UInt8
  >? {
    guard start < end, start.pointee == 0x22 else { return nil }
    var place = start + 1
    while place < end {
      let word = UInt64(littleEndian: UnsafeRawPointer(place).loadUnaligned(as: UInt64.self))
      let marks =
        zeros(word ^ 0x2222_2222_2222_2222) | zeros(word ^ 0x5c5c_5c5c_5c5c_5c5c)
        | zeros(word ^ 0x0a0a_0a0a_0a0a_0a0a)
      guard marks != 0 else {
        place += 8
        continue
      }
      place += marks.trailingZeroBitCount >> 3
      guard place < end else { return nil }
      switch place.pointee {
      case 0x22: return place + 1
      case 0x5c:
        guard place + 1 < end, place[1] != 0x0a else { return nil }
        place += 2
      default: return nil
      }
    }
    return nil
  }

  /// The high bit of the lowest byte that is zero; bits above it may be wrong.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }
}
