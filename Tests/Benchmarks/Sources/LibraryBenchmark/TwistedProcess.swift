import Foundation

/// A Python process with Twisted that does one piece of work when it is told to.
final class TwistedProcess {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  init(python: String) throws {
    let script = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "twisted_benchmark.py")
    process.executableURL = URL(filePath: python)
    process.arguments = [script.path]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// Nanoseconds an operation took in one sample of `name`; nil if there is no such work.
  func sample(_ name: String) throws -> Double? {
    try input.fileHandleForWriting.write(contentsOf: Data("\(name)\n".utf8))
    var line = Data()
    while let byte = try output.fileHandleForReading.read(upToCount: 1), byte != Data("\n".utf8) {
      if byte.isEmpty { return nil }
      line += byte
    }
    return Double(String(decoding: line, as: UTF8.self))
  }

  func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
