import ArgumentParser
import Screen

/// The command line: `trapline` opens the gallery, `trapline FILE` the explorer, the rest are subcommands.
@main struct Trapline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trapline",
    abstract: "Step through Deferred chains, forward and back, in the terminal.",
    usage: """
      trapline [<file> …]
      trapline <subcommand> …
      """,
    discussion: """
      With no argument the gallery opens; with a file, that scenario or trace. Scenarios run on a virtual clock, \
      so a run is the same each time, and every step can be taken back. Press ? for the keys; \
      `trapline help explore` tells of --color, --ascii, --follow and more.

      Exit status:
        0    fine
        1    an expectation was missed, Twisted does something else, or there is
             no such Failure
        3    nothing to compare: on Twisted it never ends
        64   wrong usage
        65   a bad scenario or trace, or a scenario that never ends
        66   no such file
        69   no Python with Twisted
        74   a file or the terminal failed
        130  interrupted
      trapline record ends as its command does.

      Completion: trapline --generate-completion-script bash (or zsh, fish).
      """,
    version: "0.1.0",
    subcommands: [
      ExploreCommand.self, RunCommand.self, CheckCommand.self, TestCommand.self, ListCommand.self,
      SchemaCommand.self, WhyCommand.self, StatsCommand.self, RecordCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)

  static func main() {
    onDeepStack {
      do {
        var command = try parseAsRoot()
        try command.run()
      } catch { exit(withError: told(error)) }
    }
  }

  /// Tells what the argument parser has to say, which it would print itself, but without a look at what is in
  /// it or at whether it could be written.
  ///
  /// - Returns: the status to end with.
  private static func told(_ error: any Error) -> ExitCode {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    guard !message.isEmpty else { return code }
    guard code == .success else {
      // A stray argument is quoted in it.
      for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
        writeError(cleaned(line) + "\n")
      }
      return code
    }
    do {
      var output = Output()
      try output.line(message)
      try output.flush()
      return code
    } catch { return exitCode(for: error) }
  }
}
