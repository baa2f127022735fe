/// Which of some needles a line of a trace may tell, in itself or by the numbers of texts.
///
/// It errs on one side only: a line that tells a needle is never missed.
final class LineSearch {
  /// A set of needles, a bit each.
  typealias Mask = UInt8

  let needles: [Needle]
  let everything: Mask
  /// The needles in the texts that have been given numbers, for small ones by number.
  private var small: [Mask] = []
  private var large: [Int64: Mask] = [:]
  private(set) var inNumbers: Mask = 0
  /// The needles that are digits.
  let numeric: Mask
  /// How many texts of each table have been looked at.
  private var seen: [ObjectIdentifier: Int] = [:]

  private var memory: [UInt8] = []

  private static let smallLimit: Int64 = 1 << 16

  init(_ needles: [Needle]) {
    self.needles = needles
    everything = Mask(truncatingIfNeeded: (1 << needles.count) - 1)
    numeric = needles.indices.reduce(0) { $0 | (needles[$1].isNumeric ? 1 << Mask($1) : 0) }
  }

  /// Looks at the texts that have been given numbers since the last time.
  func learn(_ texts: TextTable) {
    let table = ObjectIdentifier(texts)
    for place in seen[table, default: 0]..<texts.given.count {
      let (number, text) = texts.given[place]
      let mask = mask(of: text)
      guard mask != 0 else { continue }
      inNumbers |= mask
      if number >= 0, number < Self.smallLimit {
        while small.count <= number { small.append(0) }
        small[Int(number)] |= mask
      } else {
        large[number, default: 0] |= mask
      }
    }
    seen[table] = texts.given.count
  }

  /// Whether the bytes from one place of a trace to another may spell a needle.
  func mayTell(_ bytes: any TraceBytes, from start: Int, to end: Int) -> Bool {
    let length = max(0, end - start)
    if memory.count < length + EntryScanner.slack {
      memory = [UInt8](repeating: 0, count: length + EntryScanner.slack)
    }
    return memory.withUnsafeMutableBytes { memory in
      var read = 0
      while read < length {
        let count = bytes.read(
          at: start + read, into: UnsafeMutableRawBufferPointer(rebasing: memory[read..<length]))
        // What is gone may have been anything.
        if count == 0 { return true }
        read += count
      }
      guard let start = memory.baseAddress else { return false }
      return mask(UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), length: length) != 0
    }
  }

  func mask(of text: String) -> Mask {
    needles.indices.reduce(0) { $0 | (needles[$1].isIn(text) ? 1 << Mask($1) : 0) }
  }

  private func mask(ofNumber number: Int64) -> Mask {
    if number >= 0, number < small.count { return small[Int(number)] }
    return large.isEmpty ? 0 : large[number] ?? 0
  }

  /// Whether all that lines tell is what their bytes spell.
  var isPlain: Bool { inNumbers | numeric == 0 }

  /// The needles that the bytes of a line, or of several, may spell.
  func mask(_ start: UnsafePointer<UInt8>, length: Int) -> Mask {
    var mask: Mask = 0
    for (place, needle) in needles.enumerated()
    where needle.isIn(start, length: length, slack: EntryScanner.slack) {
      mask |= 1 << Mask(place)
    }
    if mask != everything, mayHideLetters(start, length) { return everything }
    return mask
  }

  /// Whether there are letters that are spelled as JSON need not spell them: `\u0041`, `\/`.
  private func mayHideLetters(_ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    var place = 0
    while place < length {
      let word = UInt64(littleEndian: UnsafeRawPointer(start + place).loadUnaligned(as: UInt64.self))
      let marks = (word ^ 0x5c5c_5c5c_5c5c_5c5c)
      let zeros = (marks &- 0x0101_0101_0101_0101) & ~marks & 0x8080_8080_8080_8080
      guard zeros != 0 else {
        place += 8
        continue
      }
      place += zeros.trailingZeroBitCount >> 3
      guard place + 1 < length else { return false }
      if start[place + 1] == 0x2f { return true }
      if start[place + 1] == 0x75, place + 5 < length, start[place + 2] == 0x30, start[place + 3] == 0x30,
        start[place + 4] >= 0x32, start[place + 4] < 0x38
      {
        return true
      }
      place += 2
    }
    return false
  }

  /// The needles in what a line that nobody has scanned may tell by numbers.
  func maskOfUnknown(length: Int) -> Mask { inNumbers | (length > 200 ? numeric : 0) }

  /// The needles in the texts whose numbers the fields of a line have.
  func mask(_ fields: EntryScanner) -> Mask {
    var mask: Mask = 0
    for key in Self.textKeys where fields.has(key, .number) {
      mask |= self.mask(ofNumber: fields.number(key))
    }
    if fields.has(.types, .texts) || fields.has(.types, .numbers) {
      mask |= self.mask(ofList: fields.bytes(.types))
    }
    return mask
  }

  private func mask(ofList bytes: UnsafeBufferPointer<UInt8>) -> Mask {
    // Of a long list it is told how many more there are; what is written in an unusual way is not read here.
    var mask = bytes.count > 200 ? numeric : 0
    if bytes.contains(0x5c) || bytes.contains(0x2d) { mask |= inNumbers }
    var (number, isNumber, isInText): (Int64, Bool, Bool) = (0, false, false)
    for byte in bytes {
      if byte == 0x22 { isInText.toggle() }
      if !isInText, byte >= 0x30, byte <= 0x39 {
        (number, isNumber) = (number &* 10 &+ Int64(byte - 0x30), true)
      } else if isNumber {
        mask |= self.mask(ofNumber: number)
        (number, isNumber) = (0, false)
      }
    }
    return isNumber ? mask | self.mask(ofNumber: number) : mask
  }

  /// The fields that hold texts which are told.
  private static let textKeys: [TraceKey] = [
    .v, .origin, .name, .callback, .errback, .type, .message, .matched, .kind, .text, .cooperator, .library,
    .th, .e, .side, .end,
  ]
}
