import Testing
import Traces

@testable import Explorer

#if canImport(Glibc)
  import Glibc
#endif

/// A search that tells only the records which may match finds the same as one that tells all of them.
@Suite struct SieveTests {
  private func matches(_ text: String, in source: any RecordSource, isSieved: Bool) throws -> [Int32] {
    let timeline = Timeline(source)
    while timeline.extend(budget: 100_000) {}
    var index = MatchIndex(try #require(Query(text)), isSieved: isSieved, toldAtFirst: 0)
    while !index.scan(timeline, budget: 100) {}
    return index.steps
  }

  private func agree(_ text: String, _ source: () throws -> any RecordSource) throws {
    let slow = try matches(text, in: source(), isSieved: false)
    #expect(try matches(text, in: source(), isSieved: true) == slow, "for \(text)")
  }

  /// Some words out of what is searched, whole and in pieces, in their own case and in lower case.
  private func words(_ source: any RecordSource, _ count: Int) -> [String] {
    let timeline = Timeline(source)
    while timeline.extend(budget: 100_000) {}
    var dice = Chance(7)
    return (0..<count).map { number in
      let step = Int.random(in: 1...timeline.count, using: &dice)
      let text = timeline.record(at: step).map { searchText(of: $0, in: timeline.frontier) } ?? ""
      let words = text.split(separator: " ").shuffled(using: &dice).prefix(1 + number % 2)
      let pieces = words.map { word in
        number % 3 == 0
          ? word : word.dropFirst(Int.random(in: 0..<word.count, using: &dice)).prefix(1 + number % 7)
      }
      let query = pieces.joined(separator: " ")
      return (number % 11 == 0 ? "!" : "") + (number % 4 == 0 ? query : query.lowercased())
    }.filter { Query($0) != nil }
  }

  private static let asked = [
    "trapped", "waits", "fired", "xyzzy", "!xyzzy", "!fired", "ValueError", "valueerror peer", "thread:main",
    "none", "'x'", "slot", "deferred 1", "0.5", "1000", "-100", "é", "\\", "a/b", "4711", "begins:", "ask's",
  ]

  private func agree(_ source: () throws -> any RecordSource, random: Int) throws {
    for text in try Self.asked + words(source(), random) { try agree(text, source) }
  }

  @Test func `in a trace of every kind of record`() throws {
    let bytes = try Files.everyKind()
    try agree({ try TraceFile(bytes, name: "g") }, random: 250)
  }

  @Test func `in the recorded shop`() throws {
    let bytes = try Files.shop()
    try agree({ try TraceFile(bytes, name: "s") }, random: 40)
  }

  @Test func `in several recordings in one file, and in several files`() throws {
    let golden = try Files.everyKind()
    try agree({ try TraceFile(golden + golden, name: "g") }, random: 60)
    try agree(
      { JoinedTraces([try TraceFile(golden, name: "a"), try TraceFile(golden, name: "b")]) }, random: 60)
  }

  @Test
  func `where letters are spelled as JSON need not spell them, and names begin with strange ones`() throws {
    let text = #"""
      {"trapline":1,"program":"p"}
      {"s":-3,"text":"\u0067amma"}
      {"t":0,"e":"made","d":0,"name":"\u0061lpha","line":1}
      {"t":0,"e":"made", "d":1,"name":"b\/eta"}
      {"t":0,"e":"born","f":0,"type":-3,"message":"delta"}
      {"t":0,"e":"trap","f":0,"types":["x",-3],"matched":-3}
      {"t":0,"e":"waits","d":1,"on":0,"i":0}
      {"t":0,"e":"call","kind":"timeline","name":"ßtrasse"}
      {"t":1500000,"e":"timer","timer":1234,"due":98765432,"name":"ılk"}
      {"t":2500000,"e":"clock"}
      {"t":2500000,"e":"stage","d":1,"i":0,"slot_of":0,"slot":777}
      {"t":2500000,"e":"entered","d":1,"i":0,"side":"errback","vf":0}
      {"t":2500000,"e":"entered","d":44,"i":123,"side":"callback","v":"v","th":-3}

      """#
    let asked = [
      "alpha", "eta", "b/eta", "gamma", "delta", "sstrasse", "trasse", "ilk", "lk", "98.765", "765432", "777",
      "1234", "500", "123", "callback 123", "deferred 44",
    ]
    for text in asked { #expect(Query(text) != nil) }
    for query in asked { try agree(query) { try TraceFile(Array(text.utf8), name: "t") } }
  }

  @Test func `a word that is told once is found without telling the others`() throws {
    let bytes = try Files.shop()
    let timeline = Timeline(try TraceFile(bytes, name: "s"))
    while timeline.extend(budget: 100_000) {}
    var sieve = try #require(Sieve([Array("xyzzy".utf8)], isCaseSensitive: false, in: timeline.source))
    sieve.mark(timeline.frontier, budget: .max)
    #expect(sieve.candidates(after: 0, through: timeline.count, in: timeline.frontier).isEmpty)
  }
}

/// Files of the repository.
private enum Files {
  static func everyKind() throws -> [UInt8] { try bytes("Tests/TracesTests/Golden/every-kind.trace.jsonl") }
  static func shop() throws -> [UInt8] { try bytes("Sources/trapline/Examples/shop.trace.jsonl") }

  private static func bytes(_ path: String) throws -> [UInt8] {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let file = try #require(fopen("/\(root)/\(path)", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes.prefix(count))
  }
}

/// The same numbers in every run.
private struct Chance: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 32 | state << 32
  }
}
