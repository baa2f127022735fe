import Foundation

/// A Python with the Twisted that this library is measured against, in an environment of its own under `.build`.
///
/// It is made when first asked for. `TRAPLINE_PYTHON` names another interpreter that has what is needed.
struct RealTwisted: Sendable {
  static let version = "26.10.0"
  static let found: Result<RealTwisted, Missing> = find()

  /// Why there is nothing to compare with.
  struct Missing: Error, CustomStringConvertible {
    var description: String
  }

  let python: String

  static let testFolder = URL(filePath: #filePath).deletingLastPathComponent()
  static let package = testFolder.deletingLastPathComponent().deletingLastPathComponent()

  /// Why the tests are skipped, said on stderr too: a run without the comparison must not look like one with it.
  static var isThere: Bool {
    if case .failure(let missing) = found {
      let line = "TwistedParityTests SKIPPED, nothing was compared with Twisted: \(missing)\n"
      FileHandle.standardError.write(Data(line.utf8))
      return false
    }
    return true
  }

  /// Runs one of the scripts beside this file.
  ///
  /// - Returns: what it printed on stderr; a scenario that Twisted has no answer to is named there.
  @discardableResult
  func run(_ script: String, _ arguments: [String]) throws -> String {
    try Self.run(python, [Self.testFolder.appending(path: script).path] + arguments)
  }

  private static func find() -> Result<RealTwisted, Missing> {
    let folder = package.appending(path: ".build/twisted-\(version)")
    let python =
      ProcessInfo.processInfo.environment["TRAPLINE_PYTHON"] ?? folder.appending(path: "bin/python").path
    if isUsable(python) { return .success(RealTwisted(python: python)) }
    do {
      try run("/usr/bin/env", ["python3", "-m", "venv", "--clear", folder.path])
      try run(python, ["-m", "pip", "install", "--quiet", "twisted==\(version)", "pyyaml"])
    } catch {
      return .failure(Missing(description: "\(error)"))
    }
    guard isUsable(python) else {
      return .failure(Missing(description: "\(python) has no Twisted \(version)"))
    }
    return .success(RealTwisted(python: python))
  }

  private static func isUsable(_ python: String) -> Bool {
    let question = "import yaml, twisted; raise SystemExit(twisted.__version__ != '\(version)')"
    return (try? run(python, ["-c", question])) != nil
  }

  @discardableResult
  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Missing(description: "there is no \(program)")
    }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Missing(
        description: "\(program) \(arguments.prefix(3).joined(separator: " ")): \(said.suffix(400))")
    }
    return said
  }
}
