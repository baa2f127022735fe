import ArgumentParser

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
