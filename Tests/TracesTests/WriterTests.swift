import Testing

@testable import Traces

private func line(_ event: Event, time: Int64 = 0, step: Int? = nil, sentence: String? = nil) -> String {
  let record = Record(time: time, depth: 0, event: event)
  return String(decoding: TraceWriter().line(for: record, step: step, sentence: sentence), as: UTF8.self)
}

@Test func `a record is one flat object on a line`() {
  #expect(
    line(.fired(3, .text("'x'")), time: 1_000_000, step: 7, sentence: "d is fired.")
      == #"{"n":7,"t":1000000,"e":"fired","d":3,"v":"'x'","say":"d is fired."}"# + "\n")
  #expect(
    line(.left(0, stage: 1, .errback, .raised(2)))
      == #"{"t":0,"e":"left","d":0,"i":1,"side":"errback","end":"raised","vf":2}"# + "\n")
}

@Test func `depth and place are written where there are any`() {
  let record = Record(time: -5, depth: 2, place: Place(file: "a.yaml", line: 9), event: .clockAdvanced)
  #expect(
    String(decoding: TraceWriter().line(for: record), as: UTF8.self)
      == #"{"t":-5,"e":"clock","depth":2,"file":"a.yaml","line":9}"# + "\n")
}

@Test(arguments: [
  ("\"", #"\""#), ("\\", #"\\"#), ("a\nb\r\t", #"a\nb\r\t"#), ("\u{1b}[31m", #"\u001b[31m"#),
  ("\u{0}\u{7f}", #"\u0000\u007f"#), ("é漢", "é漢"), ("", ""),
  ("a\u{9b}31mb\u{a0}", #"a\u009b31mb"# + "\u{a0}"), ("\u{202e}é\u{2066}", #"\u202eé\u2066"#),
  ("\u{feff}漢\u{2028}", #"\ufeff漢\u2028"#), ("\u{e0041}😀", #"\udb40\udc41😀"#),
])
func `strings are escaped as JSON asks, and where a terminal would obey them`(text: String, written: String) {
  #expect(line(.named(0, text)) == #"{"t":0,"e":"named","d":0,"name":""# + written + "\"}\n")
}

@Test func `the largest numbers are written whole`() {
  #expect(
    line(.timerMade(.max, due: .min, name: nil)).contains(
      "\"timer\":9223372036854775807,\"due\":-9223372036854775808"))
}

@Test func `every kind of record has its own name`() {
  var names: Set<String> = []
  var kinds: Set<String> = []
  for record in Nonsense.records(5000, seed: 3) {
    let text = String(decoding: TraceWriter().line(for: record), as: UTF8.self)
    guard let start = text.firstRange(of: "\"e\":\"")?.upperBound else {
      Issue.record("no kind in \(text)")
      continue
    }
    names.insert(String(text[start...].prefix { $0 != "\"" }))
    kinds.insert(String("\(record.event)".prefix { $0 != "(" }))
  }
  #expect(names.count == kinds.count && kinds.count > 35)
}

@Test func `the header says what the lines are`() {
  #expect(
    String(decoding: TraceWriter().line(for: TraceHeader(program: "poem", scenario: "a.yaml")), as: UTF8.self)
      == #"{"trapline":1,"program":"poem","clock":"virtual","unit":"us","scenario":"a.yaml"}"# + "\n")
}
