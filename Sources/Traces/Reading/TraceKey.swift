/// The keys that a line of a trace may have; any other key is passed over.
enum TraceKey: Int, CaseIterable {
  case trapline, program, clock, unit, scenario, title, summary, source, opening, argv, cwd, pid, parent
  case run, started, filter
  case recorder, python, twisted, swift
  case s, text
  case t, e, d, i, f, v, vf, vd, cut, depth, file, line, n, say, th, stack
  case origin, name, canceller, callback, errback, side, end, count, on, from, empties, type, parents
  case message, types, matched, to, raised, kind, timer, due, actor, interval, now, number, skipped
  case cooperator, members, held, waiting, total, timeout, chain_to, slot_of, slot, resumes, library, why

  /// The key spelled by these bytes.
  ///
  /// - Complexity: O(1): a table of hashes, built once.
  init?(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    guard bytes.count <= Self.longest else { return nil }
    var place = Self.hash(bytes) & Self.mask
    while true {
      let key = Self.table[place]
      guard key >= 0 else { return nil }
      if Self.spellings[Int(key)].elementsEqual(bytes) {
        self = Self.allCases[Int(key)]
        return
      }
      place = (place + 1) & Self.mask
    }
  }

  private static let spellings = allCases.map { Array("\($0)".utf8) }
  private static let longest = spellings.map(\.count).max() ?? 0
  private static let mask = 255

  private static let table: [Int16] = {
    var table = [Int16](repeating: -1, count: mask + 1)
    for (key, spelling) in spellings.enumerated() {
      var place = hash(spelling) & mask
      while table[place] >= 0 { place = (place + 1) & mask }
      table[place] = Int16(key)
    }
    return table
  }()

  private static func hash(_ bytes: some Collection<UInt8>) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash ^ hash >> 15)
  }
}
