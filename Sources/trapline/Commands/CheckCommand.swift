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
      do throws(OpenFailure) {
        let scenario = try readScenario(file)
        for warning in scenario.warnings { writeError(warning.rendered) }
        try? output.line("\(cleaned(file)): no faults")
      } catch {
        _ = error.told()
        worst = worst ?? error.ending
      }
    }
    try output.flush()
    if let worst { throw worst.exitCode }
  }
}
