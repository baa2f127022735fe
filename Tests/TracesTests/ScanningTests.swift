import Testing

@testable import Traces

/// What the scanner makes of a trace is what reading it line by line makes of it.
@Suite struct ScanningTests {
  /// A trace, read line by line without the scanner.
  private struct Plain {
    var entries: [Entry] = []
    var records: [Record] = []
    var faults: [TraceFault] = []
    var unknown = 0

    init(_ bytes: [UInt8]) {
      let sites = Sites()
      var threads = ThreadNames()
      var reader = TraceReader()
      var recordings = Recordings()
      let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() {
        // What is torn off at the end is no fault.
        let isTorn = number == lines.count - 1
        if isTorn, line.isEmpty { break }
        do {
          switch try Array(line).withUnsafeBufferPointer({ try reader.read($0) }) {
          case .record(let record):
            records.append(record)
            let thread = record.thread.map { threads.number(of: $0) } ?? 0
            let entry = Entry(record, thread: thread, sites: sites)
            if recordings.note(entry) { recordings.hear(of: entry) { _ in record.event.members } }
            entries.append(recordings.renumbered(entry, at: entries.count + 1) { $2 })
          case .header(let header): if entries.isEmpty { recordings.beginFirst(header) }
          case .unknown: unknown += 1
          default: break
          }
        } catch let fault as TraceFault {
          if !isTorn { faults.append(fault) }
        } catch { Issue.record(error) }
      }
      records = records.enumerated().map { recordings.renumbered($1, at: $0 + 1) }
    }
  }

  private func agree(_ bytes: [UInt8]) throws {
    let plain = Plain(bytes)
    if let first = plain.faults.first, first.line == 1 { return }
    let file = try TraceFile(bytes, name: "a")
    var early: [Entry] = []
    file.forEachEntry(after: 0, through: file.count) { early.append($0) }
    while !file.isAtEnd {
      let known = file.count
      file.extend()
      file.forEachEntry(after: known, through: file.count) { early.append($0) }
    }
    #expect(early == plain.entries)
    #expect(file.faults == Array(plain.faults.prefix(TraceFile.faultLimit)))
    #expect(file.unknownLines == plain.unknown)
    var again: [Entry] = []
    file.forEachEntry(after: 0, through: file.count) { again.append($0) }
    #expect(again == plain.entries)
    guard file.count == plain.records.count else { return }
    var dice = Dice(UInt64(bytes.count))
    for _ in 0..<min(50, file.count) {
      let step = Int.random(in: 1...file.count, using: &dice)
      #expect(file.record(at: step) == plain.records[step - 1])
    }
  }

  @Test func `of every kind of record`() throws { try agree(try Golden.everyKind()) }

  @Test(arguments: 0..<8) func `of nonsense in many slices`(seed: UInt64) throws {
    let writer = TraceWriter()
    var bytes = writer.line(for: TraceHeader(program: "nonsense"))
    for (number, record) in Nonsense.records(6000, seed: seed).enumerated() {
      var record = record
      if number % 7 == 0 { record.thread = "pool \(number % 3)" }
      if number % 3 == 0 { record.place = Place(file: "a\(number % 2).py", line: number % 11) }
      bytes += writer.line(for: record)
    }
    try agree(bytes)
  }

  @Test func `of texts that are numbered, and numbered anew`() throws {
    try agree(
      Array(
        #"""
        {"trapline":1,"program":"p"}
        {"s":0,"text":"a.py"}
        {"s":1,"text":"none"}
        {"t":0,"e":"made","d":0,"file":0,"line":3}
        {"t":0,"e":"fired","d":0,"v":1}
        {"t":0,"e":"made","d":1,"name":1,"file":0,"line":3,"th":0}
        {"s":0,"text":"b.py"}
        {"t":1,"e":"made","d":2,"file":0,"line":3,"th":0}
        {"s":0,"text":"c.py"}
        {"t":1,"e":"made","d":4,"origin":"later","file":0,"line":3,"th":0}
        {"t":1,"e":"stage","d":4,"i":0,"library":"coroutine"}
        {"t":1,"e":"stage","d":4,"i":1,"library":0}
        {"e":"closed"}

        """#.utf8))
  }

  @Test(arguments: [
    #"{"t":0,"e":"fired","d":1,"v":"\u006eone"}"#, #"{"t":0,"e":"fired","d":1,"v":"none","cut":true}"#,
    #"{"t":0,"e":"fired","d":1,"v":"none","cut":false}"#, #"{"t":0,"e":"fired","d":1,"v":"a\"b\\"}"#,
    #"{"t":0,"e":"fired","d":1,"vf":null,"v":"x"}"#, #"{"t":0,"e":"fired","d":9999999999,"v":"x"}"#,
    #"{"t":0,"e":"fired","d":1,"d":2,"v":"x"}"#, #"{"t":0,"e":"fired","d":1,"v":"x"} "#,
    #"{"t":0,"e":"fi\u0072ed","d":1,"v":"x"}"#, #"{"t":0,"e":"fired","d":1,"cancellor":1,"v":"x"}"#,
    #"{"t":0,"e":"made","d":1,"canceller":true}"#, #"{"t":0,"e":"made","d":1,"cancelled":true}"#,
    #"{"t":0,"e":"made","d":1,"canceller":1}"#, #"{"t":-0,"e":"clock"}"#, #"{"t":00,"e":"clock"}"#,
    #"{"t":0,"e":"clock","s":1}"#, #"{"e":"clock","t":1e3}"#,
    #"{"t":0,"e":"group","d":0,"kind":"list","members":[]}"#,
    #"{"t":0,"e":"group","d":0,"kind":"list","members":["a"]}"#, #"{"t":0,"e":"trap","f":0,"types":[[]]}"#,
    #"{"t":0,"e":"entered","d":0,"i":0,"side":"callback","v":"1","depth":-3}"#, "{}", "{\"t\":0", "",
    #"{"t":0,"e":"left","d":0,"i":0,"side":"errback","end":"raised","v":"1"}"#,
    #"{"t":0,"e":"left","d":0,"i":0,"side":"errback","end":"gone","v":"1"}"#,
  ])
  func `of a line that is written in an unusual way`(line: String) throws {
    try agree(Array(("{\"trapline\":1,\"program\":\"p\"}\n" + line + "\n{\"t\":5,\"e\":\"clock\"}\n").utf8))
  }

  @Test func `of a trace that was damaged in many places`() throws {
    let golden = try Golden.everyKind()
    var dice = Dice(Mutations.seed + 4)
    for _ in 0..<Mutations.count / 20 {
      var bytes = golden
      for _ in 0..<20 { Damage.once(&bytes, &dice) }
      try agree(bytes)
    }
  }
}

extension Event {
  /// Those of a group.
  fileprivate var members: [Int] { if case .groupMade(_, _, let members) = self { members } else { [] } }
}

/// What happens to files.
enum Damage {
  /// Changes one place of `bytes`: another byte, one gone, one twice, a line doubled, moved or cut.
  static func once(_ bytes: inout [UInt8], _ dice: inout Dice) {
    guard let place = bytes.indices.randomElement(using: &dice) else { return }
    let lineEnd = bytes[place...].firstIndex(of: 0x0a) ?? bytes.count
    switch Int.random(in: 0..<8, using: &dice) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(bytes[place], at: place)
    case 3: bytes.removeSubrange(place..<lineEnd)
    case 4: bytes.insert(contentsOf: bytes[place..<lineEnd], at: lineEnd)
    case 5: bytes.insert(contentsOf: "\"\\u00".utf8, at: place)
    default: bytes[place] = Array("{}[]\",:\\0-9e\n ".utf8).randomElement(using: &dice) ?? 0
    }
  }
}
