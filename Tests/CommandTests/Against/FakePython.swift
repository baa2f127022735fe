import Foundation

/// A program that `trapline` takes for a Python: a shell script that says whatever a test wants.
struct FakePython {
  private let file: TemporaryFile
  var path: String { file.path }

  init(saying script: String) throws {
    file = try TemporaryFile("#!/bin/sh\n\(script)\n", named: "python")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file.path)
  }

  /// One that has Twisted, and answers with that observed object.
  init(answering observed: String, twisted: String = "26.10.0") throws {
    try self.init(
      saying: """
        echo '{"python": "3.12.0", "twisted": "\(twisted)"}'
        cat <<'END'
        \(observed)
        END
        """)
  }

  /// A folder to search, in which it is found as `python`.
  var folder: String { file.folder }

  /// The number of a process that the script wrote to the file `started` beside itself; waits until it is there.
  func started(within seconds: Double) -> Int32? {
    let end = Date(timeIntervalSinceNow: seconds)
    while true {
      let text = (try? String(contentsOfFile: folder + "/started", encoding: .utf8)) ?? ""
      if text.hasSuffix("\n") { return Int32(text.dropLast()) }
      guard Date() < end else { return nil }
      usleep(10_000)
    }
  }

  /// Waits until a process is gone: what was killed is so a moment later.
  static func hasEnded(_ process: Int32, within seconds: Double) -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    while lives(process) {
      guard Date() < end else { return false }
      usleep(10_000)
    }
    return true
  }

  /// Whether a process still runs; one that was killed may wait to be buried by whoever inherited it.
  private static func lives(_ process: Int32) -> Bool {
    guard let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return !state.contains(") Z ")
  }
}
