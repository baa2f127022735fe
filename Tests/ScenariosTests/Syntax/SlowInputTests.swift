import Scenarios
import Testing

/// The first fault of a file, as "line:column message", and how many more there are.
private func answer(_ text: String) -> (first: String, count: Int) {
  guard case .failure(let faults) = parseScenario(Array(text.utf8), file: "f.yaml") else {
    return ("none", 0)
  }
  let first = faults.faults.first.map { "\($0.line):\($0.column) \($0.message)" } ?? "none"
  return (first, faults.faults.count + faults.unlisted)
}

/// Files whose work once grew with the square of their size, at sizes at which that would take minutes.
@Suite struct `A large hostile file is answered at once` {
  @Test func `of tag directives`() {
    let text = (0..<300_000).map { "%TAG !a\($0)! x\n" }.joined() + "--- x\n"
    #expect(answer(text).first == "100:1 this file has a hundred `%TAG` directives")
  }

  @Test func `of aliases that nothing names`() {
    let anchors = (0..<30_000).map { "&a\($0) x" }.joined(separator: ", ")
    let aliases = (0..<30_000).map { "*b\($0)" }.joined(separator: ", ")
    let found = answer("trapline: 1\ntags: [\(anchors)]\nlocks: [\(aliases)]\n")
    #expect(found.first == "3:9 there is no anchor `&b0` above this")
    #expect(found.count == 30_000)
  }

  @Test(arguments: ["{valu}", "{valu", "{v}}", "{a}{b}{c}"])
  func `of braces`(braces: String) {
    let text = String(repeating: braces, count: 300_000)
    #expect(answer(file("timeline: [{log: '\(text)'}]")).first.hasPrefix("2:"))
  }

  @Test func `of combining marks`() {
    let marks = String(repeating: "\u{301}", count: 400_000)
    #expect(answer(file("timeline: [{log: e\(marks)}]")).first == "none")
    #expect(answer(file("timeline: [{fire\(marks): 1}]")).first.hasPrefix("2:"))
  }

  @Test func `of error types that descend from one another`() {
    let row = (0..<50_000).map { "E\($0 + 1): E\($0)" }.joined(separator: ", ")
    #expect(answer(file("errors: {\(row)}")).first == "2:981 `E100` has more than 100 ancestors")
    let circle = (0..<50_000).map { "E\($0): E\(($0 + 1) % 50_000)" }.joined(separator: ", ")
    #expect(answer(file("errors: {\(circle)}")).first == "2:10 `E0` has more than 100 ancestors")
  }

  @Test func `of names that nothing makes`() {
    let deferreds = (0..<5_000).map { "  d\($0): {chain: [{callback: {await: e\($0)}}]}\n" }.joined()
    #expect(answer(file("deferreds:\n" + deferreds)).first == "3:35 nothing ever makes `e0`")
  }
}
