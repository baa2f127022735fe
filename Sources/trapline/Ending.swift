import ArgumentParser

/// How the program can end, as documented in `trapline --help` and the README.
enum Ending: Int32, Error {
  /// An expectation was missed.
  case missed = 1
  /// The command line can't be understood.
  case usage = 64
  /// A scenario (or, later, a trace) can't be.
  case badInput = 65
  case noSuchFile = 66
  /// A fault of Trapline itself.
  case inside = 70
  case inputOutput = 74
  case interrupted = 130

  var exitCode: ExitCode { ExitCode(rawValue) }
}

/// Says on standard error why the program ends here, and ends it.
func end(_ ending: Ending, _ message: String) -> any Error {
  writeError("trapline: \(message)\n")
  return ending.exitCode
}
