/// Sessions that begin with the explorer on the screen.
extension TmuxSession {
  /// Opens a terminal and starts `trapline` with these words of a shell; `status N` follows when it ends.
  static func exploring(
    _ arguments: String = "", width: Int = 80, height: Int = 24, environment: [String: String] = [:]
  ) throws -> TmuxSession {
    let session = try TmuxSession(width: width, height: height, environment: environment)
    try session.explore(arguments)
    return session
  }

  /// Starts `trapline` at the prompt, and waits for its screen.
  ///
  /// - Parameter before: what comes before it on the line, such as `cat FILE |`.
  func explore(_ arguments: String, after before: String = "") throws {
    try run("clear; \(before) \(quoted(ProgramUnderTest.path)) \(arguments); echo \"status $?\"")
    try waitForProgram()
  }

  /// Types keys, and waits for a text that they lead to.
  @discardableResult
  func press(_ keys: String..., until text: String) throws -> String {
    for key in keys { try type(key) }
    return try wait(for: text)
  }

  /// Presses and lets go of the left button at a cell, counted from 0 as in a screen.
  func click(x: Int, y: Int) throws {
    for end in ["M", "m"] { try type(text: "\u{1B}[<0;\(x + 1);\(y + 1)\(end)") }
  }

  /// The row of the screen, from 0, that shows a text.
  func row(of text: String) throws -> Int? {
    try screen().split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(text) }
  }
}

/// A scenario of the source tree as a word for a shell.
func scenario(_ name: String) -> String { quoted(ProgramUnderTest.scenarios + "/" + name) }
