import ArgumentParser

/// How a command can end, as documented in `trapline --help` and the README.
///
/// What is missing here is not ours to say: 64 is the argument parser's, 130 the shell's word for ^C.
enum Ending: Int32, Error {
  /// An expectation was missed, Twisted does something else, or there is no such Failure.
  case missed = 1
  /// Twisted has no answer to compare with: the scenario never ends there.
  case nothingToCompare = 3
  /// A scenario or a trace can't be.
  case badInput = 65
  case noSuchFile = 66
  /// There is no Python that has Twisted.
  case unavailable = 69
  case inputOutput = 74

  var exitCode: ExitCode { ExitCode(rawValue) }
}

/// Says on standard error why the program ends here, and ends it.
func end(_ ending: Ending, _ message: String) -> any Error {
  writeError("trapline: \(message)\n")
  return ending.exitCode
}
