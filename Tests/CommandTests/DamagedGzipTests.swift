import Foundation
import Testing
import Traces

@testable import trapline

/// Compressed traces that were damaged at random: `TRAPLINE_MUTATIONS` asks for more, `TRAPLINE_SEED` for others.
@Suite struct DamagedGzipTests {
  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 32 | state << 32
    }
  }

  private let plain: [UInt8] = {
    let writer = TraceWriter()
    let records = (0..<300).map { number in
      Record(time: Int64(number), event: .note(kind: "log", who: "w", text: "\(number * 7919 % 3001)", nil))
    }
    return writer.line(for: TraceHeader(program: "p")) + records.flatMap { writer.line(for: $0) }
      + writer.end(fault: nil)
  }()

  /// In two members, as a recorder leaves them that was started twice; or in one.
  private func packed(_ dice: inout Dice) -> [UInt8] {
    let cut = Int.random(in: 0..<plain.count, using: &dice)
    var (first, second) = (Array(plain[..<cut]), Array(plain[cut...]))
    if dice.next() & 1 == 0 {
      var all = first + second
      return Deflater().take(&all, isLast: true)
    }
    return Deflater().take(&first, isLast: true) + Deflater().take(&second, isLast: true)
  }

  /// Another byte, one gone, one twice, a piece gone, moved or cut off.
  private func damage(_ bytes: inout [UInt8], _ dice: inout Dice) {
    guard bytes.count > 1 else { return }
    let place = Int.random(in: 0..<bytes.count, using: &dice)
    let end = min(bytes.count, place + Int.random(in: 1...64, using: &dice))
    switch Int.random(in: 0..<7, using: &dice) {
    case 0, 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &dice)
    case 2: bytes[place] = UInt8.random(in: 0...255, using: &dice)
    case 3: bytes.remove(at: place)
    case 4: bytes.insert(bytes[place], at: place)
    case 5: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0..<bytes.count, using: &dice))
    default: bytes.removeSubrange(place..<(dice.next() & 1 == 0 ? end : bytes.count))
    }
  }

  @Test func `whatever happens to its bytes, it is read to an end, and what is not as it was is told`() throws
  {
    let whole = try TraceFile(plain, name: "p")
    while !whole.isAtEnd { whole.extend() }
    let records = whole.allRecords
    var dice = Dice(state: UInt64(Self.number("TRAPLINE_SEED") ?? 0) << 8 | 9)
    let file = try TemporaryFile(named: "a.trace.jsonl.gz")
    var told = 0
    for _ in 0..<(Self.number("TRAPLINE_MUTATIONS") ?? 3_000) / 10 {
      var bytes = packed(&dice)
      for _ in 0..<Int.random(in: 1...3, using: &dice) { damage(&bytes, &dice) }
      try Data(bytes).write(to: URL(fileURLWithPath: file.path))
      let descriptor = open(file.path, O_RDONLY)
      // What does not even begin as a trace is refused.
      guard let input = try? readInput(descriptor, name: file.path, follows: false), let bytes = input.trace,
        let trace = try? TraceFile(reading: bytes, name: "a")
      else { continue }
      var slices = 0
      while !trace.isAtEnd, slices < 10_000 {
        trace.extend()
        slices += 1
      }
      #expect(trace.isAtEnd)
      if trace.allRecords != records { #expect(trace.fault != nil) }
      told += trace.fault == nil ? 0 : 1
    }
    #expect(told > 0)
  }
}
