import Foundation
import TestSupport
import Testing

/// Recordings of real programs on a real terminal.
@Suite(.serialized, .enabled(if: Tmux.canPlay, Tmux.reason))
struct RecordingTests {
  private func process(_ pid: Int, in session: TmuxSession) throws -> String {
    let file = session.file("p\(pid).trace.jsonl")
    let text = """
      {"trapline":1,"program":"shop","clock":"monotonic","pid":\(pid),"started":"2026-11-23T03:45:2\(pid)Z"}
      {"t":0,"e":"made","d":0,"name":"order \(pid)"}
      {"t":0,"e":"stage","d":0,"i":0,"callback":"price"}
      {"t":1,"e":"fired","d":0,"v":"'eggs'"}
      {"t":1,"e":"entered","d":0,"i":0,"side":"callback","v":"'eggs'","depth":1}
      {"t":1,"e":"born","f":0,"type":"KeyError","message":"in \(pid)","depth":2}
      {"t":1,"e":"left","d":0,"i":0,"side":"callback","end":"raised","vf":0,"depth":1}
      {"t":1,"e":"settled","d":0,"vf":0,"depth":1}
      {"t":2,"e":"collected","d":0}
      {"t":2,"e":"unhandled","d":0,"f":0}
      {"e":"closed"}

      """
    try text.write(to: file, atomically: false, encoding: .utf8)
    return quoted(file.path)
  }

  @Test func `it opens where the Failure is born that nobody handles, and the start is a key away`() throws {
    let session = try TmuxSession()
    try session.explore(try process(1, in: session))
    let screen = try session.waitForStep(5)
    #expect(screen.contains("Failure 1 is born here, which nobody handles"))
    #expect(screen.contains("order 1") && screen.contains("price"))
    try session.type("^")
    try session.waitForStep(0)
    try session.press("q", until: "status 0")
  }

  @Test func `several files open as one, each process with its threads and Failures`() throws {
    let session = try TmuxSession(width: 120, height: 40)
    let files = [try process(1, in: session), try process(2, in: session)]
    try session.explore(files.joined(separator: " "))
    let screen = try session.waitForStep("the first Failure") { $0.last == 20 }.screen
    #expect(screen.contains("shop and 1 more"))
    try session.type("$")
    let end = try session.waitForStep("the end") { $0.step == $0.last }.screen
    #expect(end.contains("order 2"))
    try session.press("5", "+", until: "KeyError")
    try session.press("q", until: "status 0")
  }
}
