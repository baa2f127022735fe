import Foundation

/// A Python with the Twisted that this library is measured against, in an environment of its own under `.build`.
///
/// It is made when first asked for. `TRAPLINE_PYTHON` names another interpreter that has what is needed. Where
/// there is neither a network nor such an interpreter, nothing is compared, and stderr says so.
package struct RealTwisted: Sendable {
  package static let version = "26.10.0"
  package static let found: Result<RealTwisted, Missing> = find()

  /// Why there is nothing to compare with.
  package struct Missing: Error, CustomStringConvertible {
    package var description: String
  }

  package let python: String

  /// Why the tests are skipped, said on stderr too: a run without the comparison must not look like one with it.
  package static let isThere: Bool = {
    guard case .failure(let missing) = found else { return true }
    let line = "SKIPPED: nothing was compared with Twisted or recorded from it: \(missing)\n"
    FileHandle.standardError.write(Data(line.utf8))
    return false
  }()

  private static func find() -> Result<RealTwisted, Missing> {
    if let named = ProcessInfo.processInfo.environment["TRAPLINE_PYTHON"], !named.isEmpty {
      let lack = whatIsMissing(named)
      return lack.map { .failure(Missing(description: "TRAPLINE_PYTHON: \($0)")) }
        ?? .success(RealTwisted(python: named))
    }
    return made(version, whatIsMissing(_:))
  }

  /// A Python with another Twisted, in an environment of its own, which is made if need be.
  ///
  /// - Returns: nil where none can be had, which stderr says.
  package static func other(_ version: String) -> RealTwisted? {
    let made = made(version) { python in
      lack(python, "import twisted; assert twisted.__version__ == '\(version)'")
    }
    guard case .failure(let missing) = made else { return try? made.get() }
    let line = "SKIPPED: nothing was recorded from Twisted \(version): \(missing)\n"
    FileHandle.standardError.write(Data(line.utf8))
    return nil
  }

  private static func made(
    _ version: String, _ whatIsMissing: (String) -> String?
  ) -> Result<RealTwisted, Missing> {
    let environment = BuiltProgram.package.appending(path: ".build/twisted-\(version)")
    let python = environment.appending(path: "bin/python").path
    if whatIsMissing(python) == nil { return .success(RealTwisted(python: python)) }
    do {
      try make(environment, python, version)
      if let lack = whatIsMissing(python) { throw Missing(description: lack) }
      return .success(RealTwisted(python: python))
    } catch {
      return .failure(Missing(description: "\(error)"))
    }
  }

  /// Makes the environment; each step has so long and no longer, since a network can also be silent.
  private static func make(_ environment: URL, _ python: String, _ version: String) throws {
    let venv = try OtherProgram.run(
      "/usr/bin/env", ["python3", "-m", "venv", "--clear", environment.path], seconds: 60)
    guard venv.status == 0 else {
      throw Missing(
        description: "python3 -m venv failed (are python3 and python3-venv installed?): \(venv.lastLines)")
    }
    let pip = try OtherProgram.run(
      python,
      ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        + ["--retries", "1", "--timeout", "10", "twisted==\(version)", "pyyaml", "jsonschema"],
      seconds: 180)
    guard pip.status == 0 else {
      throw Missing(
        description: "pip could not install Twisted \(version) (is there a network?): \(pip.lastLines)")
    }
  }

  /// - Returns: nil if this interpreter has all that is needed.
  private static func whatIsMissing(_ python: String) -> String? {
    lack(
      python,
      """
      import jsonschema, yaml, twisted
      assert twisted.__version__ == '\(version)', 'Twisted ' + twisted.__version__ + ' is not \(version)'
      """)
  }

  /// - Returns: why the interpreter can't run these lines; nil if it can.
  private static func lack(_ python: String, _ question: String) -> String? {
    do {
      let done = try OtherProgram.run(python, ["-c", question], seconds: 60)
      return done.status == 0 ? nil : "\(python): \(done.lastLines)"
    } catch {
      return "\(error)"
    }
  }
}
