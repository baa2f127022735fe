#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A line in the folder of a Python's packages that starts the recorder there, for as long as the command runs.
///
/// A Python that was started with `-E` or `-I`, or with an environment that the program made, does not look into
/// `PYTHONPATH`, but it does look there.
struct PthFile {
  let path: String

  struct Failure: Error {
    var ending: Ending
    var reason: String
  }

  /// How long a Python may take to say where its packages are.
  private static let patience_s = 20

  /// Puts the file there.
  ///
  /// - Parameters:
  ///   - python: the interpreter, by path or by a name of the `PATH`.
  ///   - settings: what is asked for, as `NAME=value`, for those whose environment does not tell.
  init(python: String, _ folder: RecorderFolder, settings: [[UInt8]]) throws(Failure) {
    let packages = try Self.packages(of: python)
    path = "\(packages)/trapline-record-\(getpid()).pth"
    let all = settings + ["TRAPLINE_PROCESS=\(getpid())", "TRAPLINE_PTH=\(path)"].map { Array($0.utf8) }
    // What a killed trapline with this number left.
    unlink(path)
    do throws(RecorderFolder.Failure) {
      try RecorderFolder.write(Array(all.joined(separator: [0])), to: folder.path + "/settings")
      let line = Self.line(starting: folder.path + "/trapline_recorder/outside.py")
      try RecorderFolder.write(Array(line.utf8), to: path)
    } catch {
      throw Failure(ending: .inputOutput, reason: error.reason)
    }
    // Who runs as somebody else must be able to look, and to find that it is not meant.
    chmod(path, 0o644)
  }

  func remove() { unlink(path) }

  private static func packages(of python: String) throws(Failure) -> String {
    let code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    let asked: ChildProcess
    do throws(ChildProcess.StartFailure) {
      asked = try ChildProcess(
        PythonSearch.resolved(python), ["-I", "-c", code], input: [], seconds: patience_s)
    } catch {
      throw Failure(ending: .unavailable, reason: "can't run \(python): \(error.reason)")
    }
    let answer = String(decoding: asked.output, as: UTF8.self).split(separator: "\n").first.map(String.init)
    guard asked.ending == .exited(0), let answer, answer.hasPrefix("/") else {
      throw Failure(ending: .unavailable, reason: "\(python) does not say where its packages are")
    }
    return answer
  }

  /// One line, since Python runs only those that begin with `import`; nothing where the folder is gone.
  static func line(starting file: String) -> String {
    let name = literal(file)
    return "import os; os.path.exists(\(name)) and exec(compile(open(\(name)).read(), \(name), 'exec'), "
      + "{'__name__': 'trapline_outside', '__file__': \(name)})\n"
  }

  /// A text as Python reads it, in ASCII.
  private static func literal(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      switch scalar {
      case "'", "\\": "\\\(scalar)"
      case " "..."~": String(scalar)
      default: "\\U" + String(repeating: "0", count: 8 - hex(scalar).count) + hex(scalar)
      }
    }
    return "'\(scalars.joined())'"
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16) }
}
