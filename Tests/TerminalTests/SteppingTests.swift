import Foundation
import Testing

/// Going forth and back, as a person does it.
@Suite(.serialized, .enabled(if: Tmux.canPlay, Tmux.reason))
struct SteppingTests {
  private let trapped = scenario("06-trapped-later.yaml")

  @Test func `a scenario opens from the gallery, and q comes back to it`() throws {
    let session = try TmuxSession.exploring()
    let gallery = try session.wait(for: "→ 01")
    let chosen = try session.press("j", until: "→ 02")
    #expect(chosen != gallery)
    try session.type("Enter")
    try session.waitForStep()
    #expect(try session.press("q", until: "→ 02") == chosen)
    try session.press("q", until: "status 0")
  }

  @Test func `a step and a step back show the same screen again`() throws {
    let session = try TmuxSession.exploring(trapped)
    let start = try session.waitForStep()
    try session.type("0", "3", "s")
    let before = try session.waitForStep(start.step + 3)
    try session.type("s")
    let after = try session.waitForStep(start.step + 4)
    #expect(after != before)
    for (key, screen) in [("S", before), ("Right", after), ("Left", before)] {
      try session.type(key)
      #expect(try session.waitForStep(start.step + (screen == before ? 3 : 4)) == screen)
    }
  }

  @Test func `the end and the start are a key away, and going beyond says so`() throws {
    let session = try TmuxSession.exploring(trapped)
    try session.waitForStep()
    try session.type("^")
    let start = try session.waitForStep(0)
    try session.type("$")
    let end = try session.waitForStep("the end") { $0.step == $0.last }
    #expect(end.screen.contains("'a limerick!'"))
    try session.press("s", until: "This is the end: \(end.last) steps.")
    try session.type("^")
    #expect(try session.waitForStep(0) == start)
    try session.press("S", until: "Already at the start.")
  }

  @Test func `Failures are gone through one event after the other`() throws {
    let session = try TmuxSession.exploring(trapped)
    try session.waitForStep()
    try session.type("e")
    let birth = try session.waitForStep("a birth") {
      $0.screen.contains("A Failure is born in parse of poem")
    }
    try session.type("e")
    try session.waitForStep("another event") { $0.step > birth.step }
    try session.type("E")
    #expect(try session.waitForStep(birth.step) == birth.screen)
    try session.press("E", until: "Nothing happened to a Failure before this step.")
    try session.press("5", until: "will be trapped in fall_back of")
  }

  @Test func `a search and a filter narrow what is seen, and Esc lets go of both`() throws {
    let session = try TmuxSession.exploring(trapped)
    try session.waitForStep()
    try session.press("/", until: "/")
    try session.type(text: "limerick")
    try session.press("Enter", until: "'a limerick': poem is back")
    try session.press("f", until: "filter")
    try session.type(text: "fires")
    try session.press("Enter", until: "Only events with fires are shown")
    try session.press("Escape", until: "All events are shown again.")
    try session.press("Escape", until: "The search is over.")
  }

  @Test func `a fault that ends a run early is told where the run ends`() throws {
    let session = try TmuxSession()
    let file = session.file("spin.yaml")
    let text = """
      trapline: 1
      loops: {spin: {every: 0, do: {log: again}}}
      timeline: [{start: spin}]
      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    try session.explore("--max-timer-calls 50 \(quoted(file.path))")
    try session.wait(for: "ends early")
    try session.press("$", until: "ended early:")
    #expect(try session.screen().contains("spin never stops"))
  }
}
