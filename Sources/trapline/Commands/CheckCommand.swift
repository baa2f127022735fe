import ArgumentParser
import Scenarios
import Screen

/// `trapline check`: every fault of every file, without running anything.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Report every fault of scenario files, with its place and a hint.")

  @Argument(help: scenarioHelp, completion: .file(extensions: ["yaml", "yml"])) var files: [String]

  func run() throws {
    var output = Output()
    var worst: Ending?
    for file in files {
      switch Result(catching: { () throws(OpenFailure) in try readScenario(file) }) {
      case .success(let scenario):
        for warning in scenario.warnings { try output.line(warning.rendered) }
        try output.line("\(cleaned(file)): no faults")
      case .failure(let failure):
        // Faults are what was asked for; that there is no such file is not.
        if failure.ending == .badInput { try output.write(failure.lines) } else { _ = failure.told() }
        worst = worst ?? failure.ending
      }
    }
    try output.flush()
    if let worst { throw worst.exitCode }
  }
}
