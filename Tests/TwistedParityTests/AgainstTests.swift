import Foundation
import Scenarios
import TestSupport
import Testing

@testable import trapline

/// `trapline run --against twisted` on the real thing; what it does without is tested beside the other commands.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct AgainstTests {
  /// Every seventh of the gallery, each in a Python of its own.
  static let someOfTheGallery = stride(from: 0, to: embeddedScenarios.count, by: 7).map {
    embeddedScenarios[$0].name
  }

  private func verdict(on text: String, bounds: Bounds = Bounds(), changing: (String) -> String = { $0 })
    throws
    -> Verdict
  {
    let bytes = Array(text.utf8)
    let source = ScenarioSource(
      try parseScenario(bytes, file: "it.yaml").get(), bounds: bounds, keepsObservations: true)
    source.runToEnd()
    let python = try RealTwisted.found.get().python
    let request = TwistedRequest(bytes: bytes, bounds: bounds, patience_s: 60)
    let answer = request.answer(from: PythonSearch(named: python))
    return Verdict.of(changing(source.run.observed), fault: source.fault, answer)
  }

  @Test(arguments: someOfTheGallery)
  func `a scenario that is handed over by the program is observed as on Twisted`(name: String) throws {
    let text = String(decoding: try #require(embeddedScenario(named: name)).bytes, as: UTF8.self)
    guard case .same(let run, let python) = try verdict(on: text) else {
      Issue.record("not the same")
      return
    }
    #expect(!run[.calls].isEmpty)
    #expect(python.twisted == TwistedPython.proven)
  }

  @Test func `a difference is told by its place and its kind`() throws {
    let text = "trapline: 1\ndeferreds: {a: {succeed: 1, chain: [{callback: {name: h, return: 0.5}}]}}\n"
    let verdict = try verdict(on: text) { $0.replacing("\"out\": 0.5", with: "\"out\": true") }
    guard case .different(let difference, _, _, _) = verdict else {
      Issue.record("no difference")
      return
    }
    #expect(difference.words == "the call of a.h (callback) has another outcome: true here, 0.5 on Twisted")
  }

  @Test func `a scenario that never ends is given up on both sides, by the bounds that are asked for`() throws
  {
    let text = "trapline: 1\nloops: {poll: {every: 1, do: {return: ok}}}\ntimeline: [{start: poll}]\n"
    guard case .endlessHere(let here, let there, _) = try verdict(on: text, bounds: Bounds(timerCalls: 50))
    else {
      Issue.record("it has an end")
      return
    }
    #expect(here.contains("poll never stops"))
    #expect(there == "more than 50 timer calls: poll never stops")
  }

  /// The parser of the program is no part of the proof: in the other tests PyYAML reads the files.
  @Test func `what is handed over is what PyYAML reads`() throws {
    let folder = try Comparison.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let scalars = folder.appending(path: "scalars.yaml")
    try Self.scalars.write(to: scalars, atomically: false, encoding: .utf8)
    let files =
      try Comparison.scenarios(in: BuiltProgram.package.appending(path: "scenarios"))
      + Comparison.scenarios(in: RealTwisted.testFolder.appending(path: "Regressions")) + [scalars]
    for file in files {
      let tree = try #require(scenarioTree(Array(Data(contentsOf: file))))
      let name = file.deletingPathExtension().lastPathComponent + ".json"
      try tree.write(to: folder.appending(path: name), atomically: false, encoding: .utf8)
    }
    try RealTwisted.found.get().run("check_tree.py", [folder.path] + files.map(\.path))
  }

  private static let scalars = #"""
    empty:
    nulls: [~, null, Null, none, "none", 'null']
    truth: [true, TRUE, "true", yes]
    whole: [0, -0, +7, 0x1F, 0o17, 017, 9223372036854775807]
    floats: [.5, 1., -0.0, 00.10, 1e3, +1.5E-7, 0.1234565, 123456789012345678.123456789012345678]
    texts: ["a\u202eb\t\x1b", 'é', "𝄞", plain text, "of two\nlines"]
    1: one
    shared: &shared [1, {again: &map {a: 1}}]
    aliases: [*shared, *shared, *map, [1, {again: {a: 1}}]]
    """#
}
