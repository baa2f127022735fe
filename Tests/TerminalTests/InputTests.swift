import Foundation
import Testing

/// What reaches the explorer besides keys: the mouse, pastes, a new size, a scenario through a pipe.
@Suite(.serialized, .enabled(if: Tmux.canPlay, Tmux.reason))
struct InputTests {
  private func explorer() throws -> TmuxSession {
    let session = try TmuxSession.exploring(scenario("06-trapped-later.yaml"))
    try session.type("^")
    try session.waitForStep(0)
    return session
  }

  @Test func `a click focuses a panel and selects the row under it, a second goes there`() throws {
    let session = try explorer()
    let row = try #require(try session.row(of: " 3  0.000 poem gets stage 1"))
    try session.click(x: 50, y: row)
    let clicked = try session.wait(for: "→ 3  0.000")
    #expect(clicked.contains("━ 4 Events ━"))
    #expect(clicked.contains("step 0 of "))
    // Whatever time the two presses are apart, two of three that come at once are a pair.
    for _ in 0..<2 { try session.click(x: 50, y: row) }
    try session.waitForStep(3)
  }

  @Test func `the wheel moves in the panel under it`() throws {
    let session = try explorer()
    let row = try #require(try session.row(of: " 3  0.000 poem gets stage 1"))
    try session.type(text: "\u{1B}[<65;51;\(row + 1)M")
    try session.wait(for: "→ 3  0.000")
  }

  @Test func `a paste goes into the prompt, and is no command anywhere else`() throws {
    let session = try explorer()
    try session.paste("Q$")
    try session.wait(for: "Pasting works after :, / and f.")
    try session.press(":", until: ":")
    try session.paste("#12")
    try session.wait(for: ":#12")
    try session.type("Enter")
    try session.waitForStep(12)
  }

  @Test func `it plays on while the window changes its size`() throws {
    let session = try explorer()
    for _ in 0..<4 { try session.type(">") }
    try session.type("Space")
    for (width, height) in [(40, 10), (1, 1), (200, 60), (20, 5), (80, 24)] {
      try session.resize(width: width, height: height)
    }
    let screen = try session.wait(for: "This is the end: playing stops.")
    #expect(screen.contains(" 100%"))
    #expect(screen.contains("─ 2 Deferreds ─"))
  }

  @Test func `a scenario comes through a pipe, and keys from the terminal`() throws {
    let session = try TmuxSession()
    try session.explore("-", after: "cat \(scenario("06-trapped-later.yaml")) |")
    try session.type("$")
    try session.waitForStep("the end") { $0.step == $0.last }
    try session.press("r", until: "Not read again: standard input can be read only once")
    try session.press("q", until: "status 0")
  }
}
