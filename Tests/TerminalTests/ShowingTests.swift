import Foundation
import TestSupport
import Testing

/// What a real terminal shows, by its locale and its colours.
@Suite(.serialized, .enabled(if: Tmux.canPlay, Tmux.reason))
struct ShowingTests {
  private func explorer(_ environment: [String: String]) throws -> TmuxSession {
    let session = try TmuxSession(environment: environment)
    let scenario = BuiltProgram.scenarios + "/01-nothing-connected.yaml"
    try session.run("clear; \(quoted(BuiltProgram.path)) \(quoted(scenario))")
    try session.waitForProgram()
    return session
  }

  @Test func `lines are drawn with their own characters where the locale has them`() throws {
    let session = try explorer([:])
    #expect(try session.screen().contains("─"))
  }

  @Test func `the C locale gets ASCII alone`() throws {
    let session = try explorer(["LC_ALL": "C"])
    let screen = try session.screen()
    #expect(screen.allSatisfy { $0.isASCII })
    #expect(screen.contains("--"))
  }

  @Test func `NO_COLOR is heeded, and attributes are not colours`() throws {
    let session = try explorer(["NO_COLOR": "1"])
    // 39 and 49 are the terminal's own.
    let colors = try session.styledScreen().matches(of: /\u{1B}\[[0-9;]*[34][0-8][0-9;]*m/)
    #expect(colors.isEmpty)
  }

  @Test(arguments: [["NO_COLOR": "1"], ["LC_ALL": "C", "NO_COLOR": "1"], ["LC_ALL": "C", "TERM": "vt100"]])
  func `states are told apart by words and signs where there are no colours`(
    environment: [String: String]
  ) throws {
    let session = try TmuxSession(width: 80, height: 40, environment: environment)
    // Without `explore`: a vt100 has no alternate screen.
    try session.run("clear; \(quoted(BuiltProgram.path)) \(scenario("06-trapped-later.yaml"))")
    try session.waitForStep()
    try session.type("$")
    let screen = try session.waitForStep("the end") { $0.step == $0.last }.screen
    for state in ["RAISE", "skipped", "passed through", "TRAP", "RETURN"] {
      #expect(screen.contains(state))
    }
    let focused = environment["LC_ALL"] == "C" ? "= 1 Chain" : "━ 1 Chain"
    #expect(screen.contains(focused))
  }

  @Test func `a terminal with 256 colours gets the tones of the palette`() throws {
    let session = try explorer(["TERM": "tmux-256color"])
    #expect(try session.styledScreen().contains("38;5;"))
  }

  @Test func `the picture in the README is what a terminal of 80 columns shows`() throws {
    let session = try TmuxSession()
    try session.run("clear; \(quoted(BuiltProgram.path)) 6")
    try session.waitForProgram()
    for key in [":#19", "Enter", "+"] { try session.type(key) }
    let screen = try session.wait(for: "step 19, and no other panel") {
      $0.contains("step 19 of 23") && !$0.contains("2 Deferreds")
    }
    // Without the empty rows, and the keys below.
    let rows = screen.split(separator: "\n").filter { $0.contains { $0 != " " } }.dropLast()
    let readme = try String(contentsOf: BuiltProgram.package.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.contains("```\n" + rows.joined(separator: "\n") + "\n```\n"))
  }

  @Test func `exported LINES and COLUMNS do not freeze the size`() throws {
    let session = try explorer(["LINES": "10", "COLUMNS": "20"])
    let lines = try session.screen().split(separator: "\n")
    #expect(lines.contains { $0.count > 20 })
  }
}
