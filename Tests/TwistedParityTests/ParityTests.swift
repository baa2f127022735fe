import Foundation
import Scenarios
import Testing

/// The same scenario here and on real Twisted: the same calls in the same order, with the same inputs and outcomes.
///
/// A difference is made small by `compare.py TRAPLINE --shrink FILE`.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct ParityTests {
  /// In each of the generated batches; four of them take about half a minute.
  static let scenariosInABatch = 100

  @Test func `every scenario of the gallery is observed as on Twisted`() throws {
    let files = try Self.scenarios(in: Self.gallery)
    #expect(try compare(files) == files.count)
  }

  /// What once was different, each as small as the shrinker made it.
  @Test func `what once differed from Twisted does so no more`() throws {
    let files = try Self.scenarios(in: RealTwisted.testFolder.appending(path: "Regressions"))
    #expect(try compare(files) == files.count)
  }

  @Test func `the gallery and the regressions are valid by the JSON Schema, as an editor reads it`() throws {
    let folder = try Self.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let schema = folder.appending(path: "schema.json")
    try Data(scenarioSchema().utf8).write(to: schema)
    let files =
      try Self.scenarios(in: Self.gallery)
      + Self.scenarios(in: RealTwisted.testFolder.appending(path: "Regressions"))
    try RealTwisted.found.get().run("check_schema.py", [schema.path] + files.map(\.path))
  }

  @Test(arguments: [1, 101, 201, 301])
  func `generated scenarios are observed as on Twisted`(firstSeed: Int) throws {
    let folder = try Self.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let last = firstSeed + Self.scenariosInABatch - 1
    try RealTwisted.found.get().run("generate.py", ["--into", folder.path, "\(firstSeed)", "\(last)"])
    let compared = try compare((firstSeed...last).map { folder.appending(path: "seed-\($0).yaml") })
    // A few go round in circles for ever, there as here: Twisted has no answer to compare with.
    #expect(compared >= Self.scenariosInABatch * 9 / 10)
  }

  @Test func `the comparison notices a difference`() throws {
    let here = try Self.observed("trapline: 1\ndeferreds: {a: {succeed: 1}}\n", named: "here.yaml")
    let there = here.replacing("\"result\": 1", with: "\"result\": true")
    #expect(
      Self.firstDifference(there: there, here: here) == "  \"a\": {\"called\": true, \"paused\": 0, "
        + "\"result\": true, \"waiting\": null} on Twisted,\n  \"a\": {\"called\": true, \"paused\": 0, "
        + "\"result\": 1, \"waiting\": null} here")
  }

  private static let gallery = RealTwisted.package.appending(path: "scenarios")

  private static func scenarios(in folder: URL) throws -> [URL] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted().map { folder.appending(path: $0) }
    try #require(!files.isEmpty)
    return files
  }

  /// - Returns: how many of the scenarios Twisted had an answer to.
  private func compare(_ files: [URL]) throws -> Int {
    let answers = try Self.makeFolder()
    defer { try? FileManager.default.removeItem(at: answers) }
    try RealTwisted.found.get().run("run_on_twisted.py", ["--into", answers.path] + files.map(\.path))
    var compared = 0
    for file in files {
      let name = file.deletingPathExtension().lastPathComponent
      guard let there = try? String(contentsOf: answers.appending(path: "\(name).json"), encoding: .utf8)
      else { continue }
      compared += 1
      let source = try String(contentsOf: file, encoding: .utf8)
      let here = try Self.observed(source, named: file.lastPathComponent)
      if let difference = Self.firstDifference(there: there, here: here) {
        Issue.record("\(file.lastPathComponent): \(difference)\n\(source)")
      }
    }
    return compared
  }

  private static func observed(_ source: String, named name: String) throws -> String {
    let scenario = try parseScenario(Array(source.utf8), file: name).get()
    let run = ScenarioRun(scenario, records: true)
    run.setUp()
    while run.advance() {}
    run.finish()
    if let fault = run.fault { return "the run ended early: \(fault.message)" }
    return run.observed
  }

  /// Both are laid out alike, one call, log line and Deferred a line, so the first differing line tells it.
  private static func firstDifference(there: String, here: String) -> String? {
    let expected = there.split(separator: "\n")
    let got = here.split(separator: "\n")
    for (one, other) in zip(expected, got) where one != other {
      return "\(one) on Twisted,\n\(other) here"
    }
    return expected.count == got.count ? nil : "\(expected.count) lines on Twisted, \(got.count) here"
  }

  private static func makeFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "parity-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
