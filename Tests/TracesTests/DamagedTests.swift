import Testing

@testable import Traces

#if canImport(Glibc)
  import Glibc
#endif

/// Whatever happens to a trace, all that looks at one goes on: the fold, the way back, stories, sentences.
@Suite struct DamagedTests {
  /// Goes through a trace as the explorer does, and sees that it agrees with itself.
  private func live(with bytes: [UInt8], _ dice: inout Dice) {
    guard let file = try? TraceFile(bytes, name: "d") else { return }
    live(with: file, &dice)
    #expect(file.faults.count <= TraceFile.faultLimit)
    #expect(file.isClosed || file.fault != nil)
  }

  private func live(with source: any RecordSource, _ dice: inout Dice) {
    let timeline = Timeline(source)
    var slices = 0
    while timeline.extend(budget: 500) {
      slices += 1
      #expect(slices < 1000)
      if slices >= 1000 { return }
    }
    let stories = timeline.stories
    for state in stories.world.failures.prefix(20) {
      _ = (stories.why(state.id), stories.chain(from: state.id))
    }
    _ = (stories.kin, stories.stalls)
    let narrator = Narrator()
    for _ in 0..<min(12, timeline.count) {
      timeline.seek(to: Int.random(in: 0...timeline.count, using: &dice))
      if let record = timeline.current { _ = narrator.sentence(for: record, in: timeline.world) }
      for state in timeline.world.deferreds.prefix(8) {
        _ = (
          state.name, state.origin, state.stages.count, state.madePlace, state.firedWith, state.result,
          state.group, state.generator
        )
      }
      _ = (timeline.world.frames, narrator.running(in: timeline.world), timeline.world.runningDeferreds)
      timeline.back()
    }
    timeline.seek(to: timeline.count)
    #expect(timeline.world == timeline.frontier)
  }

  @Test func `cut at every byte`() throws {
    let golden = try Golden.everyKind()
    var dice = Dice(Mutations.seed + 1)
    for length in stride(from: 0, through: golden.count, by: Mutations.count > 10_000 ? 1 : 3) {
      live(with: Array(golden.prefix(length)), &dice)
    }
  }

  @Test func `lines shuffled, doubled, and left out`() throws {
    let lines = try Golden.everyKind().split(separator: 0x0a)
    var dice = Dice(Mutations.seed + 2)
    for round in 0..<Mutations.count / 40 {
      var some = Array(lines.dropFirst(round % 3 == 0 ? 0 : 1))
      some.shuffle(using: &dice)
      some += some.prefix(Int.random(in: 0...some.count, using: &dice))
      some.removeFirst(Int.random(in: 0..<some.count, using: &dice))
      live(with: Array(some.joined(separator: [0x0a])), &dice)
    }
  }

  @Test func `damaged in many places`() throws {
    let golden = try Golden.everyKind()
    var dice = Dice(Mutations.seed + 6)
    for _ in 0..<Mutations.count / 20 {
      var bytes = golden
      for _ in 0..<20 { Damage.once(&bytes, &dice) }
      live(with: bytes, &dice)
    }
  }

  @Test func `numbers and texts in places of each other, ids that never were`() throws {
    let lines = try Golden.everyKind().split(separator: 0x0a)
    let values = [
      "-1", "0", "99", "2147483647", "9223372036854775807", "-9223372036854775808", "\"x\"", "true", "null",
      "[]", "[1,2]", "[\"a\"]", "\"\\u001b[31m\"", "\"\\ud800\"", "1e99", "{}", "\"\"",
    ].map { Array($0.utf8) }
    var dice = Dice(Mutations.seed + 3)
    for _ in 0..<Mutations.count / 20 {
      var bytes = lines.map { Array($0) }
      for _ in 0..<20 {
        let place = Int.random(in: 1..<bytes.count, using: &dice)
        Damage.value(&bytes[place], values.randomElement(using: &dice) ?? [], &dice)
      }
      live(with: Array(bytes.joined(separator: [0x0a])) + [0x0a], &dice)
    }
  }

  @Test func `two that are joined, each damaged`() throws {
    let golden = try Golden.everyKind()
    var dice = Dice(Mutations.seed + 5)
    for _ in 0..<Mutations.count / 100 {
      var copies = [golden, golden]
      for _ in 0..<20 { Damage.once(&copies[Int.random(in: 0...1, using: &dice)], &dice) }
      live(with: copies[0] + [0x0a] + copies[1], &dice)
      let files = copies.compactMap { try? TraceFile($0, name: "d") }
      if files.count == 2 { live(with: JoinedTraces(files), &dice) }
    }
  }

  @Test func `a line of many megabytes is a record like another, and a longer one is told`() throws {
    let header = Array("{\"trapline\":1,\"program\":\"p\"}\n".utf8)
    let before = Array("{\"t\":1,\"e\":\"note\",\"kind\":\"log\",\"name\":\"w\",\"text\":\"".utf8)
    func line(_ size: Int) -> [UInt8] { before + [UInt8](repeating: 0x78, count: size) + Array("\"}\n".utf8) }
    let clock = Array("{\"t\":2,\"e\":\"clock\"}\n".utf8)
    let long = try TraceFile(header + line(10 << 20) + clock, name: "l")
    while !long.isAtEnd { long.extend() }
    #expect(long.count == 2 && long.faults.isEmpty)
    guard case .note(_, _, let text, _) = long.record(at: 1).event else {
      throw TraceFault(line: 0, column: 0, message: "")
    }
    #expect(text.utf8.count == 10 << 20)
    let longer = try TraceFile(header + line(65 << 20) + clock, name: "l")
    while !longer.isAtEnd { longer.extend() }
    #expect(longer.count == 1 && longer.faults.map(\.line) == [2])
  }

  @Test func `a newer version is told, and read as far as it goes`() throws {
    let text = """
      {"trapline":2,"program":"p","colour":"red"}
      {"t":0,"e":"made","d":0,"origin":"deferred","flavour":[{"a":1}]}
      {"t":0,"e":"danced","d":0}
      {"e":"closed"}

      """
    let file = try TraceFile(Array(text.utf8), name: "n")
    #expect(file.count == 1 && file.unknownLines == 1)
    #expect(file.fault?.hasPrefix("it is of version 2 of the format, and 1 is known here") == true)
  }

  @Test func `bytes that are no UTF-8 become a sign, and nothing is lost around them`() throws {
    var bytes = Array(
      "{\"trapline\":1,\"program\":\"p\"}\n{\"t\":1,\"e\":\"named\",\"d\":0,\"name\":\"a".utf8)
    bytes += [0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]
    bytes += Array("b\"}\n{\"e\":\"closed\"}\n".utf8)
    let file = try TraceFile(bytes, name: "u")
    guard case .named(0, let name) = file.record(at: 1).event else {
      throw TraceFault(line: 0, column: 0, message: "")
    }
    #expect(name.hasPrefix("a\u{fffd}") && name.hasSuffix("\u{fffd}b") && file.fault == nil)
  }

  @Test func `an empty file is an empty trace, and said to be empty`() throws {
    let file = try TraceFile([], name: "e")
    #expect(file.isAtEnd && file.count == 0 && file.fault?.hasPrefix("the file is empty") == true)
  }
}

/// How much is tried: `TRAPLINE_MUTATIONS` asks for more, `TRAPLINE_SEED` for others.
enum Mutations {
  static let count = number("TRAPLINE_MUTATIONS") ?? 1_000
  static let seed = UInt64(number("TRAPLINE_SEED") ?? 0) << 8
  private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}

extension Damage {
  /// Puts another value in place of one of a line.
  static func value(_ line: inout [UInt8], _ value: [UInt8], _ dice: inout Dice) {
    let colons = line.indices.filter { line[$0] == UInt8(ascii: ":") }
    guard let colon = colons.randomElement(using: &dice) else { return }
    let end = line[colon...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? line.count
    line.replaceSubrange(colon + 1..<end, with: value)
  }
}

/// The golden files.
enum Golden {
  /// A trace with every kind of record.
  static func everyKind() throws -> [UInt8] {
    try bytes(of: "Tests/TracesTests/Golden/every-kind.trace.jsonl")
  }

  /// A source file of ours, by its path in Sources without its ending.
  static func source(_ path: String) throws -> String {
    String(decoding: try bytes(of: "Sources/\(path).swift"), as: UTF8.self)
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let file = try #require(fopen("/\(root)/\(path)", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }
}
