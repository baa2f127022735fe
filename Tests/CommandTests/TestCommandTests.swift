import Foundation
import Testing

/// `trapline test`: readable, TAP and JUnit results, and how it ends.
@Suite struct TestCommandTests {
  private func scenario(expecting value: String) -> String {
    """
    trapline: 1
    title: One value
    deferreds:
      d: {}
    timeline:
      - {at: 1, fire: d, with: x}
    expect:
      - {at: end, result: {d: \(value)}, pending: []}

    """
  }

  @Test func `every embedded scenario does what it expects`() throws {
    let listed = try Program.run("list").lines.map { String($0.prefix { $0 != " " }) }
    let names = listed.filter { $0.hasSuffix(".yaml") }
    #expect(names.count >= 20)
    for name in names {
      let ended = try Program.run("test", name)
      #expect(ended.status == 0, "\(ended.output)")
    }
  }

  @Test(arguments: ["2", "02", "02-one-callback"])
  func `an embedded scenario is reported by its file name`(name: String) throws {
    let ended = try Program.run("test", "--format", "tap", name)
    #expect(ended.output.contains("ok 1 - 02-one-callback.yaml"), "\(ended.output)")
  }

  @Test func `a file that is not there ends it as such, also beside others`() throws {
    #expect(try Program.run("test", "01", "/nowhere/at-all.yaml").status == 66)
    #expect(try Program.run("test", "/nowhere/at-all.yaml").status == 66)
  }

  @Test func `what is missed is told with what was expected, what came and when`() throws {
    let file = try TemporaryFile(scenario(expecting: "y"))
    let ended = try Program.run("test", file.path)
    #expect(ended.status == 1)
    #expect(ended.output.contains("FAIL  \(file.path)"))
    #expect(ended.output.contains("\(file.path):8:"))
    #expect(ended.output.contains("'y'"))
    #expect(ended.output.contains("'x'"))
    #expect(ended.output.contains("step "))
    #expect(ended.output.hasSuffix("0 passed, 1 failed\n"))
  }

  @Test func `a folder stands for the scenarios in it, and an empty one is an error`() throws {
    let good = try TemporaryFile(scenario(expecting: "x"))
    let ended = try Program.run("test", good.folder)
    #expect(ended.status == 0)
    #expect(ended.output.hasSuffix("1 passed, 0 failed\n"))
    let other = try TemporaryFile("", named: "notes.txt")
    #expect(try Program.run("test", other.folder).status == 66)
  }

  @Test func `a file with faults fails with its report, and the others still run`() throws {
    let bad = try TemporaryFile("trapline: 1\ntitel: x\n")
    let good = try TemporaryFile(scenario(expecting: "x"))
    let ended = try Program.run("test", bad.path, good.path)
    #expect(ended.status == 65)
    #expect(ended.output.contains("title"))
    #expect(ended.output.hasSuffix("1 passed, 1 failed\n"))
  }

  @Test func `tap gives a test point a file and a diagnostic a miss`() throws {
    let good = try TemporaryFile(scenario(expecting: "x"))
    let bad = try TemporaryFile(scenario(expecting: "y"))
    let ended = try Program.run("test", "--format", "tap", good.path, bad.path)
    #expect(ended.status == 1)
    #expect(ended.lines.prefix(3) == ["TAP version 14", "1..2", "ok 1 - \(good.path)"])
    #expect(ended.lines[3] == "not ok 2 - \(bad.path)")
    #expect(ended.lines[4].hasPrefix("# "))
  }

  @Test func `junit gives a suite a file and a case an expectation, in XML that parses`() throws {
    let bad = try TemporaryFile(scenario(expecting: "\"<&y\""))
    let ended = try Program.run("test", "--format", "junit", bad.path)
    let document = ended.output
    #expect(document.contains(#"<testsuites tests="1" failures="1" errors="0">"#))
    #expect(document.contains("&lt;&amp;y"))
    #expect(!document.contains("<&y"))
  }
}
