import Foundation
import TestSupport
import Testing

/// Programs that others wrote, recorded: the quickest of those that `RealPrograms/record.py` knows.
@Suite(.enabled(if: RealPrograms.areThere, "the program can't be installed"))
struct RealProgramTests {
  /// A Klein server whose treq clients are refused, time out, are cancelled and get a 500: record.py looks for each
  /// of those Failures in the trace, and has `trapline check` read every line of it.
  @Test func `a Klein server and its treq clients are recorded with all that goes wrong`() throws {
    let ended = try RealPrograms.record("--rounds", "1")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("\n| shop | 1 | "), "\(ended.output)")
  }
}

private enum RealPrograms {
  /// They are installed when first asked for; a run without them must not look like one with them.
  static let areThere: Bool = {
    let ended = try? record("--prepare")
    if ended?.status == 0 { return true }
    let line = "SKIPPED: no real program was recorded: \(ended?.errors ?? "there is no python3")\n"
    FileHandle.standardError.write(Data(line.utf8))
    return false
  }()

  static func record(_ options: String...) throws -> (output: String, errors: String, status: Int32) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = BuiltProgram.package.appending(path: "Tests/RecorderTests/RealPrograms/record.py").path
    let words = ["python3", script, BuiltProgram.path, "--only", "shop"]
    return try run("/usr/bin/env", words + options, in: folder)
  }
}
