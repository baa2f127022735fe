import ArgumentParser
import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What a run is held against, and by which Python.
struct AgainstOptions: ParsableArguments {
  enum Engine: String, CaseIterable, ExpressibleByArgument { case twisted }

  @Option(help: "Run it on real Twisted too, and print the first difference side by side.")
  var against: Engine?

  @Option(
    help: ArgumentHelp(
      "The Python that has Twisted, and needs nothing else.",
      discussion: """
        By default $TRAPLINE_PYTHON; without it the first that can import Twisted of $VIRTUAL_ENV/bin/python, \
        .venv/bin/python, and the python3 and python of the PATH.
        """,
      valueName: "path"),
    completion: .file())
  var python: String?

  @Option(
    help: ArgumentHelp(
      "End a Python that has not answered after so many seconds (default: \(defaultPatience_s)).",
      valueName: "seconds"))
  var patience: Int?

  private static let defaultPatience_s = 20

  var patience_s: Int { patience ?? Self.defaultPatience_s }

  func validate() throws {
    if against == nil, python != nil || patience != nil {
      throw ValidationError("--python and --patience go with --against twisted.")
    }
    guard (1...86_400).contains(patience_s) else {
      throw ValidationError("--patience must be a whole number of seconds, from 1 to 86400.")
    }
  }
}

/// What printed text may look like where it goes.
struct Paper {
  var columns: Int
  var glyphs: Glyphs

  /// In a pipe and in a file, where nothing says how wide it is.
  private static let columnsOfFile = 100

  /// What standard output is: as wide as its terminal, and in ASCII unless the locale is of UTF-8.
  static func ofStandardOutput() -> Paper {
    var size = winsize()
    let isTerminal = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    setlocale(LC_CTYPE, "")
    let isUTF8 = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } == "UTF-8"
    return Paper(
      columns: isTerminal ? Int(size.ws_col) : columnsOfFile, glyphs: isUTF8 ? .unicode : .ascii)
  }
}
