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
    return made(version) { whatIsMissing($0) ?? lack($0, "import hamcrest, hypothesis") }
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

  /// Pythons of other versions that stand here, 3.8 and newer, each in an environment of its own with the newest
  /// Twisted that there is for it; stderr says which can't be had.
  package static let ofOtherPythons: [RealTwisted] = {
    let found = otherInterpreters.compactMap { version, interpreter -> RealTwisted? in
      let made = made("python-\(version)", interpreter, ["twisted", "pyhamcrest", "hypothesis"]) { python in
        lack(python, "import hamcrest, hypothesis, twisted")
      }
      guard case .failure(let missing) = made else { return try? made.get() }
      say("SKIPPED: nothing was recorded on Python \(version): \(missing)")
      return nil
    }
    if found.isEmpty { say("SKIPPED: there is no other Python to record on") }
    return found
  }()

  /// The oldest Python that stands here with the oldest Twisted; nil where none can be had, which stderr says.
  package static func oldest(_ twisted: String) -> RealTwisted? {
    guard let (version, interpreter) = otherInterpreters.first else { return nil }
    let made = made("python-\(version)-twisted-\(twisted)", interpreter, ["twisted==\(twisted)"]) { python in
      lack(python, "import twisted; assert twisted.__version__ == '\(twisted)'")
    }
    guard case .failure(let missing) = made else { return try? made.get() }
    say("SKIPPED: nothing was recorded from Twisted \(twisted) on Python \(version): \(missing)")
    return nil
  }

  /// By version, the interpreters of the PATH and those that pyenv installed, but for the usual one's version.
  private static var otherInterpreters: [(version: String, path: String)] {
    let environment = ProcessInfo.processInfo.environment
    let root = environment["PYENV_ROOT"] ?? "\(environment["HOME"] ?? "")/.pyenv"
    let installed = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/versions")) ?? []
    let folders = (environment["PATH"] ?? "").split(separator: ":").filter { !$0.contains("/shims") }
    return (8...14).compactMap { minor in
      let name = "python3.\(minor)"
      let places =
        folders.map { "\($0)/\(name)" }
        + installed.sorted().filter { $0.hasPrefix("3.\(minor).") }.map {
          "\(root)/versions/\($0)/bin/\(name)"
        }
      guard let path = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }),
        let python = try? found.get().python,
        lack(python, "import sys; assert sys.version_info[:2] != (3, \(minor))") == nil
      else { return nil }
      return ("3.\(minor)", path)
    }
  }

  private static func say(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }

  private static func made(
    _ version: String, _ whatIsMissing: (String) -> String?
  ) -> Result<RealTwisted, Missing> {
    made(
      "twisted-\(version)", "python3",
      ["twisted==\(version)", "pyyaml", "jsonschema", "pyhamcrest", "hypothesis"], whatIsMissing)
  }

  private static func made(
    _ name: String, _ interpreter: String, _ packages: [String], _ whatIsMissing: (String) -> String?
  ) -> Result<RealTwisted, Missing> {
    let environment = BuiltProgram.package.appending(path: ".build/\(name)")
    let python = environment.appending(path: "bin/python").path
    if whatIsMissing(python) == nil { return .success(RealTwisted(python: python)) }
    do {
      try make(environment, python, interpreter, packages)
      if let lack = whatIsMissing(python) { throw Missing(description: lack) }
      return .success(RealTwisted(python: python))
    } catch {
      return .failure(Missing(description: "\(error)"))
    }
  }

  /// Makes the environment; each step has so long and no longer, since a network can also be silent.
  private static func make(
    _ environment: URL, _ python: String, _ interpreter: String, _ packages: [String]
  ) throws {
    let venv = try OtherProgram.run(
      "/usr/bin/env", [interpreter, "-m", "venv", "--clear", environment.path], seconds: 60)
    guard venv.status == 0 else {
      throw Missing(
        description: "python3 -m venv failed (are python3 and python3-venv installed?): \(venv.lastLines)")
    }
    let pip = try OtherProgram.run(
      python,
      ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        + ["--retries", "1", "--timeout", "10"] + packages,
      seconds: 180)
    guard pip.status == 0 else {
      throw Missing(
        description: "pip could not install \(packages[0]) (is there a network?): \(pip.lastLines)")
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
