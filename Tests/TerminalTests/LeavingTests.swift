import Foundation
import TestSupport
import Testing

/// However the explorer ends, the terminal is left as it was found.
@Suite(.serialized, .enabled(if: Tmux.canPlay, Tmux.reason))
struct LeavingTests {
  /// Starts the explorer between two looks at the terminal's modes.
  private func explorer(_ environment: [String: String] = [:]) throws -> TmuxSession {
    let session = try TmuxSession(environment: environment)
    let program = quoted(BuiltProgram.path)
    let scenario = quoted(BuiltProgram.scenarios + "/01-nothing-connected.yaml")
    let (before, after) = (session.file("before").path, session.file("after").path)
    try session.run("clear; stty -a >\(before); echo \"shell $$\"")
    try session.wait(for: "shell ")
    try session.run(
      "\(program) \(scenario); echo \"status $?\"; stty -a >\(after).part; mv \(after).part \(after)")
    try session.waitForProgram()
    return session
  }

  private func pid(in session: TmuxSession) throws -> pid_t {
    let shell = try session.state("pane_pid")
    let children = try output(of: ["pgrep", "-P", shell])
    return try #require(pid_t(children.split(separator: "\n").first ?? ""))
  }

  private func expectAsBefore(_ session: TmuxSession) throws {
    #expect(try session.contents(of: "after") == session.contents(of: "before"))
    #expect(try session.state("alternate_on") == "0")
    #expect(try session.state("mouse_any_flag") == "0")
    #expect(try session.state("cursor_flag") == "1")
    // The prompt stands where the shell left off.
    #expect(try session.screen().contains("shell "))
  }

  @Test func `when it is quit`() throws {
    let session = try explorer()
    try session.type("Q")
    try session.wait(for: "status 0")
    try expectAsBefore(session)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE])
  func `when it is killed, and the status tells by what`(signal: Int32) throws {
    let session = try explorer()
    kill(try pid(in: session), signal)
    try session.wait(for: "status \(128 + signal)")
    try expectAsBefore(session)
  }

  @Test func `when it is suspended, and it comes back with its screen`() throws {
    let session = try explorer()
    let shown = try session.waitForProgram()
    try session.type("C-z")
    try session.wait(for: "status 148")
    try expectAsBefore(session)
    try session.run("fg")
    #expect(try session.waitForProgram() == shown)
    try session.type("Q")
    try session.wait(for: "shell ")
    #expect(try session.state("alternate_on") == "0")
  }

  @Test func `when it is stopped from outside while nobody types`() throws {
    let session = try explorer()
    let shown = try session.waitForProgram()
    kill(try pid(in: session), SIGTSTP)
    try session.wait(for: "status 148")
    try expectAsBefore(session)
    try session.run("fg")
    #expect(try session.waitForProgram() == shown)
  }

  @Test func `when the window became tiny and large again`() throws {
    let session = try explorer()
    let shown = try session.waitForProgram()
    try session.resize(width: 1, height: 1)
    try session.wait(for: "a tiny screen") { $0.count <= 2 }
    try session.resize(width: 80, height: 24)
    try session.wait(for: "the screen as it was") { $0 == shown }
    try session.type("Q")
    try session.wait(for: "status 0")
    try expectAsBefore(session)
  }
}
