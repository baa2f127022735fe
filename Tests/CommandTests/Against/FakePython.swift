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
}
