import Foundation
import TestSupport
import Traces

/// A Python program, recorded by the built `trapline`.
struct Recorded {
  var traces: [TraceFile]
  /// All events of the first process's file.
  var events: [Event] { traces.first?.allRecords.map(\.event) ?? [] }
  /// After the last event of that file.
  var world = World(after: [])
  var output: String
  var errors: String
  var status: Int32
  /// The permissions of the files.
  var modes: [Int]
  /// The first file as text.
  var text: String

  /// - Parameters:
  ///   - arguments: what Python runs; a name without a slash is one of `Programs`.
  ///   - options: those of `trapline record`.
  ///   - twisted: the Python that runs them; nil for the usual one.
  init(
    _ arguments: String..., options: [String] = [], python: [String] = [], twisted: RealTwisted? = nil
  ) throws {
    var words = arguments
    if words[0].hasSuffix(".py") { words[0] = Self.programs.appending(path: words[0]).path }
    let command = python + [try (twisted ?? RealTwisted.found.get()).python] + words
    try self.init(command: command, options: options)
  }

  /// - Parameter command: what is run, in a folder of its own.
  init(command: [String], options: [String] = []) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trapline-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.trace.jsonl").path
    let ended = try run(BuiltProgram.path, ["record", "-o", path] + options + ["--"] + command, in: folder)
    (output, errors, status) = (ended.output, ended.errors, ended.status)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".trace.jsonl")
    }.sorted { $0.count < $1.count }
    let files = names.map { folder.appending(path: $0) }
    modes = try files.map { file in
      try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int ?? 0
    }
    text = try files.first.map { try String(contentsOf: $0, encoding: .utf8) } ?? ""
    traces = try files.map { file in try TraceFile([UInt8](Data(contentsOf: file)), name: "a") }
    for trace in traces { while !trace.isAtEnd { trace.extend() } }
    world = World(after: traces.first?.allRecords ?? [])
  }

  static let programs = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Programs")
}

/// Runs a program to its end, and gives what it wrote; that goes to files of this run alone, outside of `folder`.
func run(_ path: String, _ arguments: [String], in folder: URL) throws -> (
  output: String, errors: String, status: Int32
) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  process.currentDirectoryURL = folder
  let written = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: written, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: written) }
  let files = ["out", "err"].map { written.appending(path: $0) }
  for file in files { try Data().write(to: file) }
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = try FileHandle(forWritingTo: files[0])
  process.standardError = try FileHandle(forWritingTo: files[1])
  try process.run()
  process.waitUntilExit()
  let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
  return (texts[0], texts[1], process.terminationStatus)
}
