import Testing

@testable import Traces

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Reading and writing are each other's way back.
struct RoundTripTests {
  @Test func `the golden file of every kind is read and written to the same bytes`() throws {
    let golden = try Self.golden()
    var written: [UInt8] = []
    var kinds: Set<String> = []
    for line in try Self.lines(of: golden) {
      written += Self.written(line)
      if case .record(let record) = line { kinds.insert(Self.kind(of: record.event)) }
    }
    #expect(String(decoding: written, as: UTF8.self) == String(decoding: golden, as: UTF8.self))
    #expect(kinds == Set(Nonsense.records(20_000, seed: 3).map { Self.kind(of: $0.event) }).union(Self.calm))
  }

  /// Kinds that nonsense has none of.
  private static let calm: Set = [
    "unpaused", "collected", "clockAdvanced", "loopReset", "taskPaused", "taskResumed", "generatorBegan",
    "generatorYielded", "sharedChanged", "dropped",
  ]

  @Test(arguments: 1...20)
  func `any records come back as they were`(seed: UInt64) throws {
    let writer = TraceWriter()
    let records = Nonsense.records(300, seed: seed)
    let bytes = records.reduce(into: [UInt8]()) { $0 += writer.line(for: $1) }
    #expect(try Self.lines(of: bytes) == records.map { .record($0) })
  }

  /// One byte changed, left out, doubled or cut off, anywhere: a fault or a record, never a crash.
  @Test(arguments: 1...4)
  func `a damaged line is read or refused`(seed: UInt64) throws {
    var dice = Dice(seed)
    let golden = try Self.golden()
    let lines = golden.split(separator: 0x0a).map(Array.init)
    var refused = 0
    for _ in 0..<Self.mutations {
      guard var line = lines.randomElement(using: &dice) else { return }
      for _ in 0..<Int.random(in: 1...3, using: &dice) { Self.damage(&line, &dice) }
      var reader = TraceReader()
      do { _ = try line.withUnsafeBufferPointer { try reader.read($0) } } catch { refused += 1 }
    }
    #expect(refused > Self.mutations / 10 && refused < Self.mutations)
  }

  /// `TRAPLINE_MUTATIONS` asks for more.
  private static let mutations = getenv("TRAPLINE_MUTATIONS").flatMap { Int(String(cString: $0)) } ?? 2_000

  @Test func `a file cut at any byte of any line is read as far as it goes`() throws {
    let lines = try Self.golden().split(separator: 0x0a, omittingEmptySubsequences: true)
    let header = Array(lines[0]) + [0x0a]
    for line in lines.dropFirst() {
      for count in 0..<line.count {
        let file = try TraceFile(header + line.prefix(count), name: "cut")
        while !file.isAtEnd { file.extend() }
        #expect(file.count == 0 && file.faults.isEmpty && file.fault != nil)
      }
    }
  }

  @Test func `who called is read as texts, in place or by number, and costs nothing where it is none`() throws
  {
    let lines = """
      {"trapline":1,"program":"p"}
      {"s":4,"text":"a.py:1 main"}
      {"t":0,"e":"born","f":0,"type":"T","stack":[4,"a.py:2 fetch"]}
      {"t":0,"e":"born","f":1,"type":"T","stack":"none"}
      {"t":0,"e":"made","d":0,"stack":[{}]}

      """
    let file = try TraceFile(Array(lines.utf8), name: "f")
    #expect(file.faults.isEmpty)
    #expect(file.allRecords.map(\.stack) == [["a.py:1 main", "a.py:2 fetch"], [], []])
    #expect(World(after: file.allRecords).failures[0].traceback == ["a.py:1 main", "a.py:2 fetch"])
  }

  @Test func `what a line is, its very first key tells`() throws {
    var reader = TraceReader()
    let line = Array(#"{"mine":1,"s":3,"text":"x"}"#.utf8)
    #expect(throws: TraceFault.self) { try line.withUnsafeBufferPointer { try reader.read($0) } }
  }

  // MARK: Parts

  private static func golden() throws -> [UInt8] { try bytes(of: "Golden/every-kind.trace.jsonl") }

  /// A file by its path from here.
  private static func bytes(of path: String) throws -> [UInt8] {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let file = try #require(fopen("/\(folder)/\(path)", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }

  private static func lines(of bytes: [UInt8]) throws -> [TraceLine] {
    var reader = TraceReader()
    return try bytes.split(separator: 0x0a).map { line in
      try Array(line).withUnsafeBufferPointer { try reader.read($0) }
    }
  }

  private static func written(_ line: TraceLine) -> [UInt8] {
    let writer = TraceWriter()
    return switch line {
    case .header(let header): writer.line(for: header)
    case .record(let record): writer.line(for: record)
    case .fault(let text): Array(writer.end(fault: text).split(separator: 0x0a)[0]) + [0x0a]
    case .closed(let why): writer.end(why: why)
    default: []
    }
  }

  private static func kind(of event: Event) -> String { String("\(event)".prefix { $0 != "(" }) }

  private static func damage(_ line: inout [UInt8], _ dice: inout Dice) {
    guard let place = line.indices.randomElement(using: &dice) else { return }
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: line[place] = UInt8.random(in: 0...255, using: &dice)
    case 1: line.remove(at: place)
    case 2: line.insert(line[place], at: place)
    case 3: line.removeSubrange(place...)
    default: line[place] = Array("{}[]\",:\\0-9e".utf8).randomElement(using: &dice) ?? 0
    }
  }
}
