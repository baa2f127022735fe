import Testing

@testable import Traces

/// One line, read on its own.
private func read(_ text: String, after earlier: [String] = []) throws -> TraceLine {
  var reader = TraceReader()
  for line in earlier { _ = try read(line, &reader) }
  return try read(text, &reader)
}

private func read(_ text: String, _ reader: inout TraceReader) throws -> TraceLine {
  try Array(text.utf8).withUnsafeBufferPointer { try reader.read($0) }
}

private func event(_ text: String, after earlier: [String] = []) throws -> Event? {
  guard case .record(let record) = try read(text, after: earlier) else { return nil }
  return record.event
}

private func opened(_ text: String) throws -> TraceFile {
  let file = try TraceFile(Array(text.utf8), name: "a.trace.jsonl")
  while !file.isAtEnd { file.extend() }
  return file
}

private let header = #"{"trapline":1,"program":"p"}"# + "\n"

/// Reading lines of a trace.
struct ReadingTests {
  @Test(arguments: [0, 1, 40]) func `records with long texts are found again, in any order and along any way`(
    recordsAfter: Int
  ) throws {
    func line(_ step: Int) -> String {
      let text = String(repeating: "x\(step) ", count: step % 3 == 0 ? 40_000 : 2)
      let event = #"{"t":\#(step),"e":"note","kind":"log","name":"n","text":"\#(text)"}"#
      return step % 5 == 0 ? #"{"s":\#(step),"text":"\#(text)"}"# + "\n" + event : event
    }
    let file = try opened(header + (1...(40 + recordsAfter)).map { line($0) + "\n" }.joined())
    let count = file.count
    #expect(count == 40 + recordsAfter)
    for step in (1...count).reversed() + [7, 39, 7, 1, count] {
      #expect(file.record(at: step).time == Int64(step))
      guard case .note(_, _, let text, _) = file.record(at: step).event else {
        throw TraceFault(line: step, column: 1, message: "no note")
      }
      #expect(text.hasPrefix("x\(step) ") && (text.utf8.count > 80_000) == (step % 3 == 0))
    }
    for start in [0, 1, 15, 16, 30] {
      for end in [start + 1, start + 9, count] {
        var times: [Int64] = []
        file.forEachEntry(after: start, through: end) { times.append($0.time) }
        #expect(times == ((start + 1)...end).map { Int64($0) })
      }
    }
  }

  @Test func `keys may come in any order, with blanks between, and others are passed over`() throws {
    let line = #" { "d" : 3 , "more" : {"a":[1,{}]}, "v" : "1", "e" : "fired" , "t" : -5 } "#
    #expect(try read(line) == .record(Record(time: -5, event: .fired(3, .value(ValueText("1"))))))
  }

  @Test(arguments: [
    (#"a\nb\t\"\\\/"#, "a\nb\t\"\\/"), (#"é漢😀"#, "é漢😀"), (#"\ud83d x"#, "\u{FFFD} x"),
    (#"\ude00"#, "\u{FFFD}"), (#"\u12"#, "\u{FFFD}12"), ("漢", "漢"),
  ])
  func `texts are unescaped`(written: String, text: String) throws {
    #expect(try event(#"{"t":0,"e":"named","d":0,"name":""# + written + "\"}") == .named(0, text))
  }

  @Test func `bytes that are no UTF-8 are replaced, not obeyed`() throws {
    let bytes = Array(#"{"t":0,"e":"named","d":0,"name":""#.utf8) + [0xff, 0xc3] + Array("\"}".utf8)
    var reader = TraceReader()
    let line = try bytes.withUnsafeBufferPointer { try reader.read($0) }
    #expect(line == .record(Record(time: 0, event: .named(0, "\u{FFFD}\u{FFFD}"))))
  }

  @Test func `a text may be the number of one that an earlier line gave`() throws {
    let texts = [#"{"s":3,"text":"parse"}"#, #"{"s":4,"text":"ValueError"}"#]
    #expect(
      try event(#"{"t":0,"e":"stage","d":0,"i":0,"callback":3}"#, after: texts)
        == .stageAdded(0, index: 0, .handlers, callback: "parse", errback: nil))
    #expect(
      try event(#"{"t":0,"e":"trap","f":0,"types":[4,"E"]}"#, after: texts)
        == .trapAsked(0, types: ["ValueError", "E"], matched: nil))
  }

  @Test func `a number whose text is missing is shown as that`() throws {
    #expect(try event(#"{"t":0,"e":"named","d":0,"name":7}"#) == .named(0, "?7"))
    // Another file, joined to this one, numbers its own.
    let earlier = [#"{"s":7,"text":"old"}"#, #"{"trapline":1,"program":"p"}"#]
    #expect(try event(#"{"t":0,"e":"named","d":0,"name":7}"#, after: earlier) == .named(0, "?7"))
  }

  @Test func `kinds that are not known are told, not refused`() throws {
    #expect(try read(#"{"t":0,"e":"teleported","d":0}"#) == .unknown("teleported"))
    #expect(try read("  ") == .blank)
  }

  @Test(arguments: [
    ("[1]", 1, "a line of a trace is a JSON object"),
    (#"{"t":0,"e":"fired","d":"x","v":"1"}"#, 24, "`d` is a whole number"),
    (#"{"t":0,"e":"fired","v":"1"}"#, 1, "`d` is missing: a whole number"),
    (#"{"t":1.5,"e":"clock"}"#, 6, "`t` is a whole number"),
    (#"{"t":99999999999999999999,"e":"clock"}"#, 6, "`t` is a whole number"),
    (#"{"t":0,"e":"passed","d":0,"i":0,"side":"left"}"#, 40, "`side` is `callback` or `errback`"),
    (#"{"t":0,"e":"clo"#, 16, "the line ends inside of a string"),
    (#"{"t":0 "e":"clock"}"#, 8, "an object goes on with `,` or ends with `}`"),
    (#"{"t":0,"e":"clock"} x"#, 21, "something follows the object"),
    (#"{"t":tru}"#, 6, "this is no JSON"),
  ])
  func `what is wrong is told with its column`(line: String, column: Int, message: String) {
    #expect(throws: TraceFault(line: 1, column: column, message: message)) { try read(line) }
  }

  @Test func `values inside of values are bounded`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: TraceFault.self) { try read(#"{"x":"# + deep) }
  }
}

/// A whole trace.
struct TraceFileTests {
  @Test func `a source says what its header says`() throws {
    let file = try opened(
      #"{"trapline":1,"program":"A poem","summary":"s","scenario":"a.yaml","opening":4,"source":"x: 1\ny: 2"}"#
        + "\n" + #"{"e":"closed"}"#)
    #expect((file.title, file.summary, file.openingStep) == ("A poem", "s", 4))
    #expect(file.sourceText?.lines == ["x: 1", "y: 2"])
    #expect(file.fault == nil)
  }

  @Test func `without a header, records are read all the same`() throws {
    let file = try opened(#"{"t":0,"e":"clock"}"# + "\n")
    #expect(file.count == 1)
    #expect(file.title == "a.trace.jsonl")
  }

  @Test(arguments: ["", "\n", "hello\n", "[1]\n", "\u{0}\u{1}", "trapline: 1\n"])
  func `what is no trace is refused, or empty`(text: String) throws {
    #expect(!TraceFile.isTrace(Array(text.utf8)))
    guard !text.allSatisfy(\.isNewline) else { return }
    #expect(throws: TraceFault.self) { try opened(text) }
  }

  @Test func `a torn last line is told by the missing close, other bad lines by their number`() throws {
    let torn = try opened(header + #"{"t":0,"e":"clock"}"# + "\n" + #"{"t":1,"e":"clo"#)
    #expect(torn.count == 1)
    #expect(torn.faults.isEmpty)
    #expect(torn.fault == "the trace was not closed: its program was stopped, or still runs")
    let bad = try opened(header + "oops\n" + #"{"t":0,"e":"clock"}"# + "\n" + #"{"e":"closed"}"# + "\n")
    #expect(bad.count == 1)
    #expect(bad.faults.map(\.line) == [2])
    #expect(
      bad.fault == "1 line could not be read, the first is line 2: a line of a trace is a JSON object")
  }

  @Test func `what was dropped is a step of its own`() throws {
    let file = try opened(header + #"{"t":0,"e":"dropped","count":12}"# + "\n")
    #expect(file.allRecords.map(\.event) == [.dropped(12)])
  }
}
