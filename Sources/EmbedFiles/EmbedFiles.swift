import Foundation
import PackagePlugin

/// Embeds files of the package in the binary, so that the program works alone and from any directory: the
/// scenarios of the gallery, and the Python that runs a scenario on real Twisted.
@main struct EmbedFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let package = context.package.directoryURL
    let scenarios = try files(in: package.appending(path: "scenarios")) { $0.hasSuffix(".yaml") }
    // Those very files prove in the tests that both engines do the same.
    let runner = try files(in: package.appending(path: "Tests/TwistedParityTests")) { name in
      name.hasSuffix(".py")
        && (name.hasPrefix("scenario_") || ["answer_trapline.py", "run_on_twisted.py"].contains(name))
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(scenarios.count) scenarios and the runner on Twisted",
        executable: try context.tool(named: "FileEmbedder").url,
        arguments: [output.path] + ["--list", "embeddedScenarios"] + scenarios.map(\.path)
          + ["--list", "embeddedTwistedRunner"] + runner.map(\.path),
        inputFiles: scenarios + runner, outputFiles: [output])
    ]
  }

  /// In the order of their names.
  private func files(in folder: URL, where isWanted: (String) -> Bool) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { isWanted($0.lastPathComponent) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
