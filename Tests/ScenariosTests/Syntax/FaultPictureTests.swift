import Scenarios
import Testing

@Suite struct `A printed fault` {
  @Test func `has its place, the line, a caret under the place, and a hint`() {
    let text = file("deferreds:\n  poem:\n    chain:\n      - callback: {retrun: x}")
    #expect(
      faults(text) == """
        f.yaml:5:20: error: a handler has no key `retrun`
                - callback: {retrun: x}
                             ^
          hint: did you mean `return`?
        """)
  }

  @Test func `has its caret under the place behind wide characters and tabs`() {
    #expect(
      faults(file("deferreds: {日本: {chian: []}}\ntitel:\tx")) == """
        f.yaml:2:18: error: a Deferred has no key `chian`
          deferreds: {日本: {chian: []}}
                             ^
          hint: did you mean `chain`?
        f.yaml:3:1: error: a scenario has no key `titel`
          titel:  x
          ^
          hint: did you mean `title`?
        """)
  }

  @Test func `shows control and direction characters, and does not obey them`() throws {
    let text = faults("trapline: 1\n\u{202E}a: \"\u{200B}\"\n")
    #expect(text.contains("a scenario has no key `\\u{202E}a`"))
    #expect(!text.unicodeScalars.contains("\u{202E}") && !text.unicodeScalars.contains("\u{200B}"))
    let named = parseScenario(Array("x".utf8), file: "\u{1B}[31m.yaml")
    guard case .failure(let faults) = named else { return #expect(Bool(false)) }
    #expect(faults.description.hasPrefix("\u{241B}[31m.yaml:1:1: error: a scenario is a map"))
  }

  @Test func `of a very long line shows what stands around it`() throws {
    let padding = String(repeating: "[], ", count: 5000)
    let text = faults(file("deferreds: {a: {succeed: [\(padding) 1]}, b: {chian: []}}"))
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "f.yaml:2:20037: error: a Deferred has no key `chian`")
    #expect(lines[1].contains("…") && lines[1].contains("b: {chian: []}}") && lines[1].count < 120)
    #expect(lines[2].count - 1 == Array(lines[1]).count - "chian: []}}".count)
  }

  @Test func `is one of the first hundred, and the others are counted`() throws {
    let entries = (0..<250).map { "  - {fire: nobody\($0)}\n" }.joined()
    guard case .failure(let faults) = parseScenario(Array(file("timeline:\n\(entries)").utf8), file: "f")
    else { return #expect(Bool(false)) }
    #expect(faults.faults.count == 100)
    #expect(faults.faults.last?.line == 102)
    #expect(faults.unlisted == 150)
    #expect(faults.description.hasSuffix("… and 150 more"))
  }

  @Test func `can be a warning, which refuses nothing`() throws {
    let scenario = try scenario(file("deferreds: {d: {fail: ValuError bad}}"))
    #expect(
      scenario.warnings.map(\.message) == ["`ValuError` is a new type of its own, a child of Exception"])
    #expect(scenario.warnings.map(\.hint) == ["did you mean `ValueError`?"])
  }
}
