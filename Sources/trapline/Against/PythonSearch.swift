#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Where a Python that has Twisted may be.
struct PythonSearch {
  /// Paths of interpreters, the likeliest first.
  private(set) var candidates: [String]
  /// What names the only one to try; nil where the usual places are searched.
  private(set) var namedBy: String?

  /// More are not tried: each that hangs takes its time.
  private static let mostCandidates = 8

  /// What is named, by the option or else by `TRAPLINE_PYTHON`; or else what the environment and the working
  /// directory have, then the `python3` and `python` of the `PATH`.
  init(named option: String?) {
    if let option {
      (candidates, namedBy) = ([Self.resolved(option)], "--python")
    } else if let variable = environment("TRAPLINE_PYTHON") {
      (candidates, namedBy) = ([Self.resolved(variable)], "TRAPLINE_PYTHON")
    } else {
      let environments = [environment("VIRTUAL_ENV"), ".venv"].compactMap { $0.map { $0 + "/bin/python" } }
      candidates = Array(
        Self.usable(environments + Self.onPath(["python3", "python"])).prefix(Self.mostCandidates))
    }
  }

  /// The path itself, or where the `PATH` has a program of that name.
  static func resolved(_ name: String) -> String {
    name.contains("/") ? name : usable(onPath([name])).first ?? name
  }

  /// Where programs of these names would be: all of the first name, then all of the next.
  private static func onPath(_ names: [String]) -> [String] {
    // A relative folder of the PATH, or an empty one, is wherever one happens to be.
    let folders = (environment("PATH") ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
    return names.flatMap { name in folders.map { "\($0)/\(name)" } }
  }

  /// Those that can be run, each once. A link counts as what it is: a virtual environment's Python is one.
  private static func usable(_ paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.filter { path in
      guard access(path, X_OK) == 0, let slash = path.lastIndex(of: "/") else { return false }
      guard let folder = realpath(String(path[..<slash]), nil) else { return true }
      defer { free(folder) }
      return seen.insert(String(cString: folder) + path[slash...]).inserted
    }
  }
}

/// A variable of the environment that is set and not empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
  return value
}
