import Foundation
import Scenarios
import TestSupport
import Testing

/// Scenario files, run here and on real Twisted.
enum Comparison {
  static func scenarios(in folder: URL) throws -> [URL] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted().map { folder.appending(path: $0) }
    try #require(!files.isEmpty)
    return files
  }

  /// Records an issue for each scenario that is not observed the same.
  ///
  /// - Parameter files: no two of one name.
  /// - Returns: how many of the scenarios Twisted had an answer to.
  static func compare(_ files: [URL]) throws -> Int {
    let answers = try makeFolder()
    defer { try? FileManager.default.removeItem(at: answers) }
    try RealTwisted.found.get().run("run_on_twisted.py", ["--into", answers.path] + files.map(\.path))
    var compared = 0
    for file in files {
      let name = file.deletingPathExtension().lastPathComponent
      guard let there = try? String(contentsOf: answers.appending(path: "\(name).json"), encoding: .utf8)
      else { continue }
      compared += 1
      let source = try String(contentsOf: file, encoding: .utf8)
      let here = try observed(source, named: file.lastPathComponent)
      if let difference = firstDifference(there: there, here: here) {
        Issue.record("\(file.lastPathComponent): \(difference)\n\(source)")
      }
    }
    return compared
  }

  /// Checks files as an editor does that completes and checks by the JSON Schema.
  static func validate(_ files: [URL]) throws {
    let folder = try makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let schema = folder.appending(path: "schema.json")
    try Data(scenarioSchema().utf8).write(to: schema)
    try RealTwisted.found.get().run("check_schema.py", [schema.path] + files.map(\.path))
  }

  static func observed(_ source: String, named name: String) throws -> String {
    let run = try finishedRun(of: source, named: name, records: true)
    return run.fault.map { "the run ended early: \($0.message)" } ?? run.observed
  }

  static func finishedRun(of source: String, named name: String, records: Bool = false) throws -> ScenarioRun
  {
    let run = try ScenarioRun(parseScenario(Array(source.utf8), file: name).get(), records: records)
    run.setUp()
    while run.advance() {}
    run.finish()
    return run
  }

  /// Both are laid out alike, one call, log line and Deferred a line, so the first differing line tells it.
  static func firstDifference(there: String, here: String) -> String? {
    let expected = there.split(separator: "\n")
    let got = here.split(separator: "\n")
    for (one, other) in zip(expected, got) where one != other {
      return "\(one) on Twisted,\n\(other) here"
    }
    return expected.count == got.count ? nil : "\(expected.count) lines on Twisted, \(got.count) here"
  }

  static func makeFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "parity-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
