import Foundation
import TestSupport
import Testing

/// Where no explorer can be shown, one line says why and nothing is drawn.
@Suite(.serialized, .enabled(if: Tmux.canPlay, Tmux.reason))
struct RefusalTests {
  private let program =
    "\(quoted(BuiltProgram.path)) \(quoted(BuiltProgram.scenarios + "/01-nothing-connected.yaml"))"

  @Test(arguments: [
    ("TERM=dumb", "dumb"), ("TERM=nonsense", "nonsense"), ("-u TERM", "TERM is not set"),
  ])
  func `a terminal that cannot show it is refused by name`(environment: String, reason: String) throws {
    let session = try TmuxSession(width: 120)
    try session.run("clear; stty -a >\(session.file("before").path)")
    try session.run(
      "env \(environment) \(program); echo \"status $?\"; stty -a >\(session.file("after").path)")
    let (screen, status) = try session.waitForStatus()
    #expect(screen.contains(reason))
    #expect(status != 0)
    #expect(try session.contents(of: "after") == session.contents(of: "before"))
  }

  @Test func `a pipe gets no escape sequences`() throws {
    let session = try TmuxSession(width: 120)
    let printed = session.file("printed").path
    try session.run("clear; \(program) >\(printed) </dev/null; echo \"status $?\"")
    _ = try session.waitForStatus()
    #expect(try !session.contents(of: "printed").contains("\u{1B}"))
  }
}
