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
    try session.press("Enter", until: "press s to step")
    #expect(try session.press("q", until: "→ 02") == chosen)
    try session.press("q", until: "status 0")
  }

  @Test func `a step and a step back show the same screen again`() throws {
    let session = try TmuxSession.exploring(trapped)
    try session.wait(for: "step 0 of 25 ")
    try session.type("1", "2", "s")
    let before = try session.wait(for: "step 12 of 25 ")
    let after = try session.press("s", until: "step 13 of 25 ")
    #expect(after != before)
    #expect(try session.press("S", until: "step 12 of 25 ") == before)
    #expect(try session.press("Right", until: "step 13 of 25 ") == after)
    #expect(try session.press("Left", until: "step 12 of 25 ") == before)
  }

  @Test func `the end and the start are a key away, and going beyond says so`() throws {
    let session = try TmuxSession.exploring(trapped)
    let start = try session.wait(for: "step 0 of 25 ")
    let end = try session.press("$", until: "step 25 of 25 ")
    #expect(end.contains("'a limerick!'"))
    try session.press("s", until: "This is the end: 25 steps.")
    #expect(try session.press("^", until: "step 0 of 25 ") == start)
    try session.press("S", until: "Already at the start.")
  }

  @Test func `Failures are gone through one event after the other`() throws {
    let session = try TmuxSession.exploring(trapped)
    try session.press("e", until: "A Failure is born in parse of poem")
    try session.press("e", until: "parse raises GibberishError: bad line 3")
    try session.press("E", until: "A Failure is born in parse of poem")
    try session.press("E", until: "Nothing happened to a Failure before this step.")
    try session.press("5", until: "will be trapped in poem.fall_back")
  }

  @Test func `a search and a filter narrow what is seen, and Esc lets go of both`() throws {
    let session = try TmuxSession.exploring(trapped)
    try session.wait(for: "step 0 of 25 ")
    try session.press("/", until: "/")
    try session.type(text: "limerick")
    try session.press("Enter", until: "returns 'a limerick'")
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
    try session.press("$", until: "ended early: ")
    #expect(try session.screen().contains("spin never stops"))
  }
}
