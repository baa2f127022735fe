import Testing

@testable import Traces

/// A trace that is still written to, seen whenever somebody looks: also when a line is there in part.
private final class GrowingBytes: TraceBytes {
  var bytes: [UInt8] = []

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    MemoryBytes(bytes).read(at: offset, into: buffer)
  }
  var expectedSize: Int? { bytes.count }
  var isComplete: Bool { false }
  var fault: String? { nil }
}

/// Reading a trace while it grows.
struct GrowingTests {
  private static func line(_ step: Int) -> [UInt8] {
    Array(#"{"t":\#(step),"e":"note","kind":"log","name":"n","text":"number \#(step)"}"#.utf8) + [0x0a]
  }

  private static func text(_ record: Record) -> String? {
    if case .note(_, _, let text, _) = record.event { text } else { nil }
  }

  @Test func `a line that was there in part when its neighbours were looked at is read whole later`() throws {
    let bytes = GrowingBytes()
    bytes.bytes =
      Array(#"{"trapline":1,"program":"p"}"#.utf8) + [0x0a] + Self.line(1) + Self.line(2).prefix(20)
    let file = try TraceFile(reading: bytes, name: "p", isFollowed: true)
    file.extend()
    #expect(file.count == 1 && Self.text(file.record(at: 1)) == "number 1")
    bytes.bytes += Self.line(2).dropFirst(20)
    file.extend()
    #expect(file.count == 2 && Self.text(file.record(at: 2)) == "number 2")
  }

  @Test(arguments: [1, 7, 40])
  func `however its lines come, records and entries are those that it has in the end`(
    size: Int
  ) throws {
    let whole = Array(#"{"trapline":1,"program":"p"}"#.utf8) + [0x0a] + (1...50).flatMap { Self.line($0) }
    let bytes = GrowingBytes()
    bytes.bytes = Array(whole.prefix(40))
    let file = try TraceFile(reading: bytes, name: "p", isFollowed: true)
    while bytes.bytes.count < whole.count {
      let there = bytes.bytes.count
      bytes.bytes += whole[there..<min(whole.count, there + size)]
      file.extend()
      for step in max(1, file.count - 2)..<(file.count + 1) {
        #expect(Self.text(file.record(at: step)) == "number \(step)")
      }
      var times: [Int64] = []
      file.forEachEntry(after: 0, through: file.count) { times.append($0.time) }
      #expect(times == (0..<file.count).map { Int64($0 + 1) })
    }
    #expect(file.count == 50)
  }
}
