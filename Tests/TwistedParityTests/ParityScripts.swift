import Foundation
import TestSupport

extension RealTwisted {
  static let testFolder = URL(filePath: #filePath).deletingLastPathComponent()

  /// Runs one of the scripts beside these tests.
  ///
  /// - Returns: what it printed on stderr; a scenario that Twisted has no answer to is named there.
  @discardableResult
  func run(_ script: String, _ arguments: [String]) throws -> String {
    let done = try OtherProgram.run(
      python, [Self.testFolder.appending(path: script).path] + arguments, seconds: 300)
    guard done.status == 0 else {
      throw OtherProgram.Failure("\(script) failed: \(done.lastLines)")
    }
    return done.said
  }
}
