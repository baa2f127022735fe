import ArgumentParser
@main struct Trapline: ParsableCommand {
  func run() throws { print(embeddedScenarios.map(\.name)) }
}
