/// A piece of a trace in memory, from the beginning of a line on.
final class LineWindow {
  private let bytes: any TraceBytes
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes are looked at, where no line asks for more.
  private let usual: Int
  private var limit: Int
  /// Where in the trace it begins, and how many bytes it has.
  private(set) var offset = 0
  private(set) var length = 0

  /// A longer line is passed over.
  static let longestLine = 64 << 20

  init(_ bytes: any TraceBytes, capacity: Int) {
    self.bytes = bytes
    self.capacity = capacity
    (usual, limit) = (capacity, capacity)
    memory = .allocate(capacity: capacity + EntryScanner.slack)
    memory.initialize(repeating: 0, count: capacity + EntryScanner.slack)
  }

  deinit { memory.deallocate() }

  var start: UnsafePointer<UInt8> { UnsafePointer(memory) }
  /// Whether it is full: more may follow.
  var isFull: Bool { length == limit }

  /// Looks at the trace from `offset` on.
  func move(to offset: Int) {
    limit = usual
    self.offset = offset
    length = 0
    fill()
  }

  private func fill() {
    while length < limit {
      let rest = UnsafeMutableRawBufferPointer(start: memory + length, count: limit - length)
      let count = bytes.read(at: offset + length, into: rest)
      if count == 0 { return }
      length += count
    }
  }

  /// Looks at more from the same place on; false where the longest line has been reached.
  func grow() -> Bool {
    guard limit < Self.longestLine else { return false }
    limit *= 4
    if limit > capacity {
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: limit + EntryScanner.slack)
      larger.initialize(repeating: 0, count: limit + EntryScanner.slack)
      larger.update(from: memory, count: length)
      memory.deallocate()
      (memory, capacity) = (larger, limit)
    }
    fill()
    return true
  }

  /// Whether the line that begins at `offset` of the trace is in it from its beginning on.
  func holds(_ offset: Int) -> Bool { offset >= self.offset && offset < self.offset + length }

  /// Behind the last line that is there to its end.
  var linesEnd: Int {
    var place = length
    while place > 0, memory[place - 1] != 0x0a { place -= 1 }
    return place
  }

  /// Where the line ends that begins at `place`: at its newline, or at the end of what is there.
  ///
  /// - Complexity: O(bytes), eight at a time.
  func lineEnd(from place: Int) -> Int {
    var here = place
    while here < length {
      // Up to seven bytes beyond the end are looked at: there is slack for them.
      let word = UInt64(littleEndian: UnsafeRawPointer(memory + here).loadUnaligned(as: UInt64.self))
      let marks = word ^ 0x0a0a_0a0a_0a0a_0a0a
      let zeros = (marks &- 0x0101_0101_0101_0101) & ~marks & 0x8080_8080_8080_8080
      if zeros != 0 { return min(length, here + zeros.trailingZeroBitCount >> 3) }
      here += 8
    }
    return length
  }

  /// The bytes from one place to another.
  func line(_ from: Int, _ to: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: memory + from, count: to - from)
  }
}
