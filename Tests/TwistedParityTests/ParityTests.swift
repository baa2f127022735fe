import Foundation
import TestSupport
import Testing

/// The same scenario here and on real Twisted: the same calls in the same order, with the same inputs and outcomes.
///
/// A difference is made small by `compare.py TRAPLINE --shrink FILE`.
@Suite(.enabled(if: RealTwisted.isThere, "there is no Python with Twisted \(RealTwisted.version)"))
struct ParityTests {
  /// In each of the generated batches; four of them take about half a minute.
  static let scenariosInABatch = 100

  /// Where each batch begins: 400 seeds in all, or as many as `TRAPLINE_SEEDS` says.
  static let firstSeeds: [Int] = {
    let asked = ProcessInfo.processInfo.environment["TRAPLINE_SEEDS"].flatMap { Int($0) }
    return Array(stride(from: 1, through: asked ?? 400, by: scenariosInABatch))
  }()

  @Test func `every scenario of the gallery is observed as on Twisted`() throws {
    let files = try Comparison.scenarios(in: Self.gallery)
    #expect(try Comparison.compare(files) == files.count)
  }

  /// What once was different, each as small as the shrinker made it.
  @Test func `what once differed from Twisted does so no more`() throws {
    let files = try Comparison.scenarios(in: RealTwisted.testFolder.appending(path: "Regressions"))
    #expect(try Comparison.compare(files) == files.count)
  }

  @Test func `the gallery and the regressions are valid by the JSON Schema, as an editor reads it`() throws {
    try Comparison.validate(
      Comparison.scenarios(in: Self.gallery)
        + Comparison.scenarios(in: RealTwisted.testFolder.appending(path: "Regressions")))
  }

  @Test(arguments: firstSeeds)
  func `generated scenarios are observed as on Twisted`(firstSeed: Int) throws {
    let folder = try Comparison.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let last = firstSeed + Self.scenariosInABatch - 1
    try RealTwisted.found.get().run("generate.py", ["--into", folder.path, "\(firstSeed)", "\(last)"])
    let compared = try Comparison.compare(
      (firstSeed...last).map { folder.appending(path: "seed-\($0).yaml") })
    // A few go round in circles for ever, there as here: Twisted has no answer to compare with.
    #expect(compared >= Self.scenariosInABatch * 9 / 10)
  }

  @Test func `the comparison notices a difference`() throws {
    let here = try Comparison.observed("trapline: 1\ndeferreds: {a: {succeed: 1}}\n", named: "here.yaml")
    let there = here.replacing("\"result\": 1", with: "\"result\": true")
    #expect(
      Comparison.firstDifference(there: there, here: here) == "  \"a\": {\"called\": true, \"paused\": 0, "
        + "\"result\": true, \"waiting\": null} on Twisted,\n  \"a\": {\"called\": true, \"paused\": 0, "
        + "\"result\": 1, \"waiting\": null} here")
  }

  /// A trapline that misspells one error differs in every scenario that has it.
  @Test func `a difference is made as small as it can be, and written to a file of its seed's name`() throws {
    let folder = try Comparison.makeFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let misspelling = folder.appending(path: "misspelling")
    try "#!/bin/sh\n'\(BuiltProgram.path)' \"$@\" | sed s/CancelledError/CanceledError/g\n"
      .write(to: misspelling, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: misspelling.path)
    let compare = RealTwisted.testFolder.appending(path: "compare.py").path
    let ended = try OtherProgram.run(
      RealTwisted.found.get().python,
      [compare, misspelling.path, "--seeds", "30001", "30001", "--into", folder.path], seconds: 300)
    #expect(ended.status == 1, "\(ended.lastLines)")
    let found = try String(contentsOf: folder.appending(path: "seed-30001.yaml"), encoding: .utf8)
    #expect(
      found == """
        # $.final.d0.result.failure: "CancelledError" on Twisted, "CanceledError" on trapline
        trapline: 1
        deferreds:
          d0: {}
        timeline:
        - {cancel: d0}

        """)
  }

  private static let gallery = BuiltProgram.package.appending(path: "scenarios")
}
