import Testing

@testable import Traces

/// Traces that have lost their beginning, or some of their middle: their numbers skip what went with it.
@Suite struct MidLifeTests {
  private static let header = #"{"trapline":1,"program":"p"}"#

  private func world(_ lines: [String]) throws -> World {
    let file = try TraceFile(Array(([Self.header] + lines).joined(separator: "\n").utf8) + [0x0a], name: "m")
    while !file.isAtEnd { file.extend() }
    #expect(file.faults.isEmpty)
    var world = World(reading: file)
    world.advance(to: file.count)
    return world
  }

  @Test(arguments: [1, 99, 5000, 1_000_000, Int(Int32.max) - 1])
  func `only Failures that are told of are there, whatever their numbers`(number: Int) throws {
    let world = try world([
      #"{"t":0,"e":"made","d":0,"name":"a"}"#, #"{"t":1,"e":"fired","d":0,"vf":\#(number)}"#,
      #"{"t":2,"e":"unhandled","d":0,"f":\#(number)}"#,
    ])
    #expect(world.failures.map(\.fate) == [.unhandled(0)])
    #expect(world.deferreds.count == 1 && world.deferreds[0].firedWith == .failure(0))
  }

  @Test func `the end of a long recording tells of what it tells of`() throws {
    let world = try world(
      (18..<53).flatMap { number in
        [
          #"{"t":1,"e":"unhandled","d":\#(number * 100),"f":\#(number * 100)}"#,
          #"{"t":2,"e":"collected","d":\#(number * 100)}"#,
        ]
      })
    #expect(world.failures.map(\.fate) == (0..<35).map { .unhandled($0) })
    #expect(world.deferreds.count == 35)
    #expect(world.deferreds.allSatisfy { $0.isCollected && $0.madeAt == 0 })
  }

  @Test func `what keeps its number keeps it where others are skipped later`() throws {
    let world = try world([
      #"{"t":0,"e":"made","d":0,"name":"first"}"#, #"{"t":1,"e":"dropped","count":9}"#,
      #"{"t":2,"e":"made","d":700,"name":"late"}"#, #"{"t":3,"e":"made","d":701,"name":"later"}"#,
      #"{"t":4,"e":"named","d":0,"name":"again"}"#, #"{"t":5,"e":"fired","d":700,"vd":0}"#,
      #"{"t":6,"e":"made","d":3,"name":"old"}"#,
    ])
    #expect(world.deferreds.map(\.name) == ["first", "late", "later", "old"])
    #expect(world.deferreds[0].otherNames == ["again"])
    #expect(world.deferreds[1].firedWith == .deferred(0))
  }

  @Test func `the members of a group are heard of by it alone, and keep their numbers`() throws {
    let world = try world([
      #"{"t":0,"e":"group","d":0,"kind":"list","members":[2,1]}"#, #"{"t":1,"e":"made","d":3}"#,
      #"{"t":2,"e":"group","d":90,"kind":"list","members":[40,50,1]}"#,
      #"{"t":3,"e":"fired","d":50,"v":"1"}"#,
    ])
    #expect(world.deferreds.count == 7)
    #expect(world.deferreds[0].group?.members == [2, 1])
    // In the order of their numbers: 40, 50, 90.
    #expect(world.deferreds[6].group?.members == [4, 5, 1])
    #expect(world.deferreds.filter(\.isFired).map(\.id) == [5])
  }

  @Test func `a large group names as many as it has, also where nothing else was told of them`() throws {
    let members = (1...5000).map { "\($0)" }.joined(separator: ",")
    let world = try world([
      #"{"t":0,"e":"group","d":0,"kind":"list","members":[\#(members)]}"#,
      #"{"t":1,"e":"made","d":9000,"name":"late"}"#, #"{"t":1,"e":"born","f":0,"type":"E"}"#,
      #"{"t":2,"e":"fired","d":9000,"vf":0}"#, #"{"t":3,"e":"unhandled","d":9000,"f":0}"#,
    ])
    #expect(world.deferreds[0].group?.members.count == 5000)
    #expect(world.deferreds.last?.name == "late" && world.failures[0].fate == .unhandled(5001))
  }

  @Test func `two that are new in one event skip nothing`() throws {
    let world = try world([
      #"{"t":0,"e":"waits","d":1,"on":0,"i":0}"#, #"{"t":1,"e":"made","d":2,"name":"c"}"#,
    ])
    #expect(world.deferreds[1].waitsOn == 0 && world.deferreds.count == 3)
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `records and entries that are read again agree with what came first`(seed: UInt64) throws {
    let writer = TraceWriter()
    var bytes = writer.line(for: TraceHeader(program: "p"))
    // Most of the beginning is lost.
    for record in Nonsense.records(12_000, seed: seed).suffix(4000) { bytes += writer.line(for: record) }
    let file = try TraceFile(bytes, name: "f")
    var (first, again): ([Entry], [Entry]) = ([], [])
    file.forEachEntry(after: 0, through: file.count) { first.append($0) }
    while !file.isAtEnd {
      let known = file.count
      file.extend()
      file.forEachEntry(after: known, through: file.count) { first.append($0) }
    }
    file.forEachEntry(after: 0, through: file.count) { again.append($0) }
    #expect(first == again && first.count == 4000)
    let sites = Sites()
    for step in 1...file.count {
      var entry = Entry(file.record(at: step), thread: first[step - 1].thread, sites: sites)
      if entry.kind == .made { entry.other = first[step - 1].other }
      #expect(entry == first[step - 1])
    }
  }
}
