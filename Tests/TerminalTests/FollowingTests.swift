import Foundation
import TestSupport
import Testing

/// Traces that grow under the explorer.
@Suite(.serialized, .enabled(if: Tmux.canPlay, Tmux.reason))
struct FollowingTests {
  private func clock(_ times: Range<Int>) -> String {
    times.map { "{\"t\":\($0),\"e\":\"clock\"}\n" }.joined()
  }

  @Test func `what is written to a followed trace comes in by itself`() throws {
    let session = try TmuxSession()
    let file = session.file("a.trace.jsonl")
    try "{\"trapline\":1,\"program\":\"p\"}\n\(clock(0..<5))".write(
      to: file, atomically: false, encoding: .utf8)
    try session.explore("--follow \(quoted(file.path))")
    try session.waitToSee("of 5+")
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(clock(5..<30).utf8))
    try session.waitToSee("of 30+")
    try handle.write(contentsOf: Data("{\"e\":\"closed\"}\n".utf8))
    try session.waitForStep("the end is known") { $0.last == 30 }
    try session.press("q", until: "status 0")
  }

  @Test func `a trace that is not there yet is waited for on the screen, and opens when it comes`() throws {
    let session = try TmuxSession()
    let file = session.file("a.trace.jsonl")
    try session.run("cd \(quoted(file.deletingLastPathComponent().path)); clear")
    try session.explore("--follow a.trace.jsonl")
    try session.waitToSee("Waiting for a.trace.jsonl, which is not there yet.")
    try session.press("q", until: "status 0")
    try session.explore("--follow a.trace.jsonl")
    try "{\"trapline\":1,".write(to: file, atomically: false, encoding: .utf8)
    try session.waitToSee("Waiting for the first line of a.trace.jsonl.")
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("\"program\":\"p\"}\n\(clock(0..<5))".utf8))
    try session.waitToSee("of 5+")
    try session.press("q", until: "status 0")
    try session.run("clear; rm a.trace.jsonl")
    try session.explore("--follow a.trace.jsonl")
    try session.waitToSee("not there yet")
    try "no trace\n".write(to: file, atomically: false, encoding: .utf8)
    #expect(try session.waitForStatus().status == 65)
  }

  @Test func `what ends the following of a trace is said where one is`() throws {
    let session = try TmuxSession()
    let file = session.file("a.trace.jsonl")
    let header = "{\"trapline\":1,\"program\":\"p\"}\n"
    try header.write(to: file, atomically: false, encoding: .utf8)
    try session.explore("--follow \(quoted(file.path))")
    try session.waitToSee("nothing has come so far")
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(clock(0..<5).utf8))
    try session.waitToSee("of 5+")
    try handle.truncate(atOffset: 0)
    try session.waitToSee("it is shorter than it was")
    try handle.write(contentsOf: Data("\(header)\(clock(0..<7))".utf8))
    try session.press("r", until: "Read again")
    try FileManager.default.moveItem(at: file, to: session.file("before"))
    try "\(header)\(clock(0..<7))".write(to: file, atomically: false, encoding: .utf8)
    try session.waitToSee("the file was replaced by another one")
    try session.press("r", until: "Read again")
    try FileManager.default.removeItem(at: file)
    try session.waitToSee("the file was removed while it was followed")
    try session.press("q", until: "status 0")
  }

  @Test func `a slow pipe keeps no key waiting`() throws {
    let session = try TmuxSession()
    let pipe = session.file("pipe")
    try session.run("mkfifo \(quoted(pipe.path)); exec 9<>\(quoted(pipe.path))")
    try session.run(
      "printf '{\"trapline\":1,\"program\":\"p\"}\\n\(clock(0..<3).replacingOccurrences(of: "\n", with: "\\n"))' >&9"
    )
    try session.explore(quoted(pipe.path))
    try session.waitToSee("of 3+")
    try session.press("s", until: "step 1 of")
    try session.press("r", until: "can be read only once")
    try session.press("q", until: "status 0")
  }
}
