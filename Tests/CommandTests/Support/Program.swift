import Foundation
import TestSupport

/// The built `trapline`, run as a person would run it.
enum Program {
  struct Ended {
    var output: String
    var errors: String
    var status: Int32
    var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
  }

  /// Runs it to its end with those arguments and that standard input; it has no terminal.
  ///
  /// - Parameter environment: all of its environment; nil for that of the tests.
  static func run(
    _ arguments: String..., input: String = "", in folder: String? = nil, environment: [String: String]? = nil
  ) throws -> Ended {
    try run(arguments, input: input, in: folder, environment: environment)
  }

  /// The same.
  ///
  /// - Parameters:
  ///   - outputPath: a file that is there already, to write to: then the output is not read.
  ///   - preparation: what a shell does before it becomes the program.
  static func run(
    _ arguments: [String], input: String = "", in folder: String? = nil,
    environment: [String: String]? = nil, outputPath: String? = nil, after preparation: String? = nil
  ) throws -> Ended {
    let process = Process()
    if let environment { process.environment = environment }
    if let preparation {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", preparation + #" && exec "$0" "$@""#, BuiltProgram.path] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
      process.arguments = arguments
    }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let files = try (0..<3).map { _ in try TemporaryFile() }
    try input.write(toFile: files[0].path, atomically: false, encoding: .utf8)
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: files[0].path))
    process.standardOutput = try FileHandle(
      forWritingTo: URL(fileURLWithPath: outputPath ?? files[1].path))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: files[2].path))
    try process.run()
    process.waitUntilExit()
    return Ended(
      output: try files[1].text(), errors: try files[2].text(), status: process.terminationStatus)
  }
}

/// A file that goes away with its owner.
final class TemporaryFile {
  let path: String

  init(_ text: String = "", named name: String = "file.yaml") throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "trapline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent(name).path
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

  func text() throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}
