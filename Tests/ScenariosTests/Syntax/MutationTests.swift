import Foundation
import Scenarios
import Testing

/// A generator whose numbers are the same in every run.
private struct SplitMix {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}

/// Whatever the bytes are, there is an answer, and one that a person can read.
private func check(_ bytes: [UInt8]) {
  guard case .failure(let faults) = parseScenario(bytes, file: "f.yaml") else { return }
  #expect(!faults.faults.isEmpty && faults.faults.count <= 100)
  let isPlaced = faults.faults.allSatisfy { $0.line >= 1 && $0.column >= 1 && !$0.message.isEmpty }
  #expect(isPlaced && faults.description.utf8.count < 200_000)
}

@Suite struct `A damaged file` {
  @Test func `is answered wherever it is cut off`() {
    let bytes = Array(largeExample.utf8)
    for end in bytes.indices { check(Array(bytes[..<end])) }
  }

  /// `TRAPLINE_MUTATIONS` sets how many are tried.
  @Test func `is answered whatever bytes are changed, doubled, moved or lost`() {
    let wanted = ProcessInfo.processInfo.environment["TRAPLINE_MUTATIONS"].flatMap { Int($0) } ?? 1000
    let original = Array(largeExample.utf8)
    let signs = Array("{}[]:,-#&*!|>'\"%@`?<\n \t~0.1ex".utf8)
    var random = SplitMix(state: 2026)
    for _ in 0..<wanted {
      var bytes = original
      for _ in 0...random.next(below: 4) {
        let place = random.next(below: bytes.count)
        switch random.next(below: 6) {
        case 0: bytes[place] = UInt8(random.next(below: 256))
        case 1: bytes[place] = signs[random.next(below: signs.count)]
        case 2: bytes.insert(signs[random.next(below: signs.count)], at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 9)))
        case 4:
          let piece = bytes[place..<min(bytes.count, place + random.next(below: 60))]
          bytes.insert(contentsOf: piece, at: random.next(below: bytes.count))
        default: bytes.swapAt(place, random.next(below: bytes.count))
        }
        if bytes.isEmpty { bytes = original }
      }
      check(bytes)
    }
  }
}
