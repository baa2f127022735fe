import Foundation

/// Another program, run to its end or for so long.
package enum OtherProgram {
  package struct Done {
    package var status: Int32
    /// On stderr.
    package var said: String

    /// The end of what it said, in one line: where programs say what went wrong.
    package var lastLines: String {
      let lines = said.split(separator: "\n").suffix(2).joined(separator: " ")
      return lines.isEmpty ? "exit \(status), without a word" : String(lines.suffix(300))
    }
  }

  /// Why it could not be run to its end.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
  }

  /// Runs a program without stdin and stdout.
  ///
  /// Its stderr goes to a file: of a pipe, a grandchild that lives on would keep the other end open.
  ///
  /// - Parameter seconds: it is killed, with all that it started, when it takes longer.
  package static func run(_ path: String, _ arguments: [String], seconds: Int) throws -> Done {
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Failure("there is no \(path)")
    }
    let errors = FileManager.default.temporaryDirectory.appending(path: "parity-\(UUID().uuidString).stderr")
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    if ended.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
      kill(-process.processIdentifier, SIGKILL)
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
      throw RealTwisted.Missing(
        description: "\(path) \(arguments.prefix(3).joined(separator: " ")) took longer than \(seconds) s")
    }
    let said = try String(decoding: Data(contentsOf: errors), as: UTF8.self)
    return Done(status: process.terminationStatus, said: said)
  }
}
