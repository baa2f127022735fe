import TestSupport

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
    try run("clear; \(before) \(quoted(BuiltProgram.path)) \(arguments); echo \"status $?\"")
    try waitForProgram()
  }

  /// Types keys, and waits for a text that they lead to.
  @discardableResult
  func press(_ keys: String..., until text: String) throws -> String {
    for key in keys { try type(key) }
    return try wait(for: text)
  }

  /// Where the explorer stands: `step 12 of 25`, once the whole run is known.
  struct Place {
    var screen: String
    var step: Int
    var last: Int
  }

  /// Waits until the explorer stands at such a step, and the screen has come to rest.
  @discardableResult
  func waitForStep(_ what: String = "a step", where isThere: (Place) -> Bool = { _ in true }) throws -> Place
  {
    func place(_ screen: String) -> Place? {
      guard let match = screen.firstMatch(of: /step ([0-9]+) of ([0-9]+)\b(?!\+)/),
        let step = Int(match.1), let last = Int(match.2)
      else { return nil }
      return Place(screen: screen, step: step, last: last)
    }
    let screen = try wait(for: what) { place($0).map(isThere) ?? false }
    return try place(screen) ?? { throw SessionFailure(description: "no step on\n\(screen)") }()
  }

  /// Waits until the explorer stands at this step.
  @discardableResult
  func waitForStep(_ step: Int) throws -> String {
    try waitForStep("step \(step)") { $0.step == step }.screen
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
func scenario(_ name: String) -> String { quoted(BuiltProgram.scenarios + "/" + name) }
