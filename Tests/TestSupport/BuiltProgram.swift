package import Foundation

/// The `trapline` that was built along with the tests.
package enum BuiltProgram {
  /// Its path, found beside the test bundle.
  package static let path: String = {
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

  /// The folder of the package.
  package static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The path of the scenarios in the source tree.
  package static let scenarios = package.appending(path: "scenarios").path
}
