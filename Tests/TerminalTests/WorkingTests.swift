import Foundation
import TestSupport
import Testing

/// Long runs, and files that change under the explorer.
@Suite(.serialized, .enabled(if: Tmux.canPlay, Tmux.reason))
struct WorkingTests {
  @Test func `one ^C stops a long drive, and the next one quits`() throws {
    let session = try TmuxSession()
    let file = session.file("poll.yaml")
    let text = """
      trapline: 1
      loops: {poll: {every: 1, do: {log: tick}}}
      timeline: [{start: poll}]
      until: 1000000000
      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    // Nobody's machine comes to the end of this before the key does.
    try session.explore("--max-timer-calls 1000000000 --max-handler-calls 1000000000 \(quoted(file.path))")
    try session.type("$")
    try session.waitToSee("^C stops it.")
    try session.press("C-c", until: "Stopped: driving to the end.")
    try session.press("C-c", until: "status 0")
  }

  @Test func `reading the file again keeps the place, and a file with a fault changes nothing`() throws {
    let session = try TmuxSession()
    let file = session.file("poem.yaml")
    let source = URL(fileURLWithPath: BuiltProgram.scenarios + "/06-trapped-later.yaml")
    let text = try String(contentsOf: source, encoding: .utf8)
    func write(_ text: String) throws { try text.write(to: file, atomically: true, encoding: .utf8) }
    try write(text)
    try session.explore(quoted(file.path))
    try session.waitForStep()
    try session.type(text: ":#12")
    try session.type("Enter")
    try session.waitForStep(12)
    try session.press("r", until: "Read again: this is the same step.")
    try write(text.replacingOccurrences(of: "roses are red", with: "violets are blue"))
    try session.press("r", until: "Read again: it runs differently before this step.")
    let other = try session.waitForStep(12)
    #expect(other.contains("violets are blue"))
    try write(text + "\ncolour: red\n")
    try session.press("r", until: "a scenario has no key")
    try FileManager.default.removeItem(at: file)
    try session.press("r", until: "Not read again: no such file")
    #expect(try session.screen().contains("violets are blue"))
  }
}
