import ArgumentParser
import Scenarios

/// `trapline schema`: the format, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenario files, so that editors complete and check them.")

  func run() throws {
    var output = Output()
    try output.line(scenarioSchema())
    try output.flush()
  }
}
