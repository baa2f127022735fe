import Foundation
import Testing

/// The `trapline` that was built along with these tests.
enum ProgramUnderTest {
  /// Its path, found beside the test bundle.
  static let path: String = {
    var directory = URL(fileURLWithPath: CommandLine.arguments[0]).standardizedFileURL
    while directory.path != "/" {
      directory.deleteLastPathComponent()
      let candidate = directory.appendingPathComponent("trapline").path
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isDirectory), !isDirectory.boolValue
      {
        return candidate
      }
    }
    return "trapline"
  }()

  /// The folder of the scenarios in the source tree.
  static let scenarios: String = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../../../scenarios").standardizedFileURL.path
}

/// Whether real sessions can be played here. In CI they must: a missing tmux fails there instead of passing
/// for tests that were run.
enum Tmux {
  static let canPlay: Bool = {
    if (try? output(of: ["tmux", "-V"])) != nil { return true }
    return ProcessInfo.processInfo.environment["CI"] == "true"
  }()

  static let reason: Comment = "tmux is not installed: no real terminal session was tested"
}
