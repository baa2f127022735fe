import Deferreds
import Foundation
import Testing

private struct GibberishError: Error {}
private struct ParseError: Error {}
private struct Poem {
  static let empty = Poem()
}

/// The Swift examples that people copy: each stands here as it stands on its page.
@Suite struct `Documented Swift` {
  @Test func `of the README runs`() throws {
    var shown: [String] = []
    func print(_ text: String) { shown.append(text) }
    // README.md
    struct GibberishError: Error {}
    func parse(_ text: String) throws -> String { throw GibberishError() }
    let clock = VirtualClock()
    let poem = Deferred<String>()
    poem.addCallback { try parse($0) }
      .addErrback { failure in
        try failure.trap(GibberishError.self)
        return "original"
      }
      .addCallback { print($0) }
    clock.callLater(after: .seconds(1)) { try poem.callback("roses") }
    try clock.advance(by: .seconds(1))
    // end
    #expect(shown == ["original"])
  }

  @Test func `of the landing page runs`() throws {
    var shown: [Poem] = []
    func parse(_ text: String) throws -> Poem { throw ParseError() }
    func print(_ poem: Poem) { shown.append(poem) }
    // Sources/Deferreds/Deferreds.docc/Deferreds.md
    let clock = VirtualClock()
    let poem = clock.deferLater(after: .seconds(1)) { "roses" }
    poem
      .addCallback(named: "parse") { text in try parse(text) }
      .addErrback(named: "fall back") { failure in
        try failure.trap(ParseError.self)
        return Poem.empty
      }
      .addCallback(named: "show") { print($0) }
    try clock.advance(by: .seconds(1))
    // end
    #expect(shown.count == 1)
  }

  @Test func `of the page for those who come from Twisted runs`() throws {
    let fetched = Deferred<String>()
    // Sources/Deferreds/Deferreds.docc/ComingFromTwisted.md
    let body = Deferred {
      do {
        return try await fetched.value
      } catch let failure as Failure where failure.check(CancelledError.self) != nil {
        return "nothing"
      }
    }
    // end
    try body.cancel()
    #expect(body.shown == "nothing")
  }

  @Test(arguments: [
    "README.md", "Sources/Deferreds/Deferreds.docc/Deferreds.md",
    "Sources/Deferreds/Deferreds.docc/ComingFromTwisted.md",
  ])
  func `stands here as on its page`(page: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    let onPage = try lines(from: "```swift", to: "```", of: root.appendingPathComponent(page))
    let here = try lines(from: "// \(page)", to: "// end", of: URL(fileURLWithPath: #filePath))
    #expect(onPage == ["import Deferreds"] + here)
  }

  /// What stands between the first two of these lines, without indentation and empty lines.
  private func lines(from first: String, to last: String, of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .drop { $0 != first }.dropFirst().prefix { $0 != last }.filter { !$0.isEmpty }
  }
}
