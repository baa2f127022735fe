import Foundation
import PackagePlugin

/// Embeds files of the package in the binary, so that the program works alone and from any directory: the scenarios
/// and traces of the gallery, the Python that runs a scenario on real Twisted, and the recorder for Twisted programs.
@main struct EmbedFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let package = context.package.directoryURL
    let scenarios = try files(in: package.appending(path: "scenarios")) { $0.hasSuffix(".yaml") }
    let traces = try files(in: package.appending(path: "Sources/trapline/Examples")) {
      $0.hasSuffix(".trace.jsonl")
    }
    // Those very files prove in the tests that both engines do the same.
    let runner = try files(in: package.appending(path: "Tests/TwistedParityTests")) { name in
      name.hasSuffix(".py")
        && (name.hasPrefix("scenario_") || ["answer_trapline.py", "run_on_twisted.py"].contains(name))
    }
    var recorder: [URL] = []
    for folder in ["inject", "trapline_recorder"] {
      let place = package.appending(path: "Sources/TwistedRecorder").appending(path: folder)
      recorder += try files(in: place) { $0.hasSuffix(".py") }
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName:
          "Embedding \(scenarios.count) scenarios, recorded examples, the runner on Twisted and the recorder",
        executable: try context.tool(named: "FileEmbedder").url,
        arguments: [output.path] + list("embeddedScenarios", scenarios) + list("embeddedTraces", traces)
          + list("embeddedTwistedRunner", runner) + list("embeddedTwistedRecorder", recorder),
        inputFiles: scenarios + traces + runner + recorder, outputFiles: [output])
    ]
  }

  private func list(_ name: String, _ files: [URL]) -> [String] { ["--list", name] + files.map(\.path) }

  /// In the order of their names.
  private func files(in folder: URL, where isWanted: (String) -> Bool) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { isWanted($0.lastPathComponent) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
