import ArgumentParser
import Scenarios
import Screen

/// `trapline test`: runs scenarios and holds them to their own expectations.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run scenario files, or all in a folder, and check what each of them expects.",
    discussion:
      "Exit status 1 when an expectation was missed; when a file could not be run at all, 65, or 66 if there is none."
  )

  @Option(help: "How to print the results.") var format = TestReport.text
  @OptionGroup var limits: BoundOptions
  @Argument(
    help: "Scenario files, folders to search for *.yaml, or names of embedded scenarios.",
    completion: .file())
  var paths: [String]

  func run() throws {
    var results: [TestResult] = []
    for path in paths {
      for file in try scenarioFiles(under: path) { results.append(result(of: file)) }
    }
    var output = Output()
    try output.write(format.text(of: results))
    try output.flush()
    // What could not be run at all weighs more than what was missed.
    let endings = results.compactMap(\.ending)
    if let ending = endings.first(where: { $0 != .missed }) ?? endings.first { throw ending.exitCode }
  }

  private func result(of file: String) -> TestResult {
    var shown = cleaned(file)
    do throws(OpenFailure) {
      let source = ScenarioSource(try readScenario(file), bounds: limits.bounds)
      // An embedded scenario that was given by its number is reported by its name.
      shown = cleaned(source.scenario.file)
      source.runToEnd()
      if let fault = source.fault {
        return TestResult(file: shown, outcome: .failed(reason: fault, .badInput))
      }
      return TestResult(file: shown, outcome: .ran(source.run.expectationResults.map(TestResult.Check.init)))
    } catch {
      return TestResult(file: shown, outcome: .failed(reason: error.report, error.ending))
    }
  }
}
