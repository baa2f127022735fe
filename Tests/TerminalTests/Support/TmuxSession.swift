import Foundation
import Testing

/// A real terminal with a shell in it, played by tmux: keys are typed, the screen is read.
///
/// Nothing here sleeps and hopes. Every step waits until the screen shows what is expected and has come to
/// rest; a deadline far beyond what a busy machine needs ends a wait that is in vain, with the screen in the
/// message.
final class TmuxSession {
  /// How long a wait may take. Generous: it is only ever reached by a test that fails.
  static let deadline_s = 30.0
  /// How often the screen is looked at meanwhile.
  private static let glance_s = 0.02

  private let directory: URL
  private var socket: String { directory.appendingPathComponent("tmux").path }

  /// Opens a terminal of the given size with a shell whose prompt is `$ `.
  ///
  /// - Parameter environment: Variables for the shell, on top of a bare environment in UTF-8.
  init(width: Int = 80, height: Int = 24, environment: [String: String] = [:]) throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("trapline-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    var variables = ["LANG": "C.UTF-8", "PS1": "$ ", "SWIFT_BACKTRACE": "enable=no"]
    for name in ["LC_ALL", "NO_COLOR", "COLORTERM", "COLUMNS", "LINES"] { variables[name] = "" }
    variables.merge(environment) { $1 }
    let assignments = variables.sorted { $0.key < $1.key }.map { name, value in
      value.isEmpty ? "-u \(name)" : "\(name)=\(quoted(value))"
    }
    let unset = assignments.filter { $0.hasPrefix("-u ") }
    let set = assignments.filter { !$0.hasPrefix("-u ") }
    let shell = "exec env \((unset + set).joined(separator: " ")) bash --norc --noprofile"
    try tmux("new-session", "-d", "-x", "\(width)", "-y", "\(height)", shell)
    try tmux("set-option", "-s", "set-clipboard", "on")
    try wait(for: "the prompt") { $0.contains("$") }
  }

  deinit {
    _ = try? tmux("kill-server")
    try? FileManager.default.removeItem(at: directory)
  }

  /// A file of this session, for what commands leave behind.
  func file(_ name: String) -> URL { directory.appendingPathComponent(name) }

  // MARK: Typing

  /// Types keys by their names in tmux: `Enter`, `C-c`, `M-x`, `F5`, `Up`, or single characters.
  func type(_ keys: String...) throws {
    for key in keys { try tmux("send-keys", key) }
  }

  /// Types a text as it is.
  func type(text: String) throws { try tmux("send-keys", "-l", text) }

  /// Types a command at the prompt.
  func run(_ command: String) throws {
    try type(text: command)
    try type("Enter")
  }

  /// Sends bytes as if a terminal had sent them.
  func send(bytes: [UInt8]) throws {
    try tmux(["send-keys", "-H"] + bytes.map { String($0, radix: 16) })
  }

  /// Pastes a text, bracketed where the program asked for it.
  func paste(_ text: String) throws {
    try tmux("set-buffer", text)
    try tmux("paste-buffer", "-p")
  }

  func resize(width: Int, height: Int) throws {
    try tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
  }

  // MARK: Reading

  /// The screen as lines of text.
  func screen() throws -> String { try tmux("capture-pane", "-p") }

  /// The screen with the escape sequences of its colours and attributes.
  func styledScreen() throws -> String { try tmux("capture-pane", "-p", "-e") }

  /// What tmux knows about the terminal, by the name of a format: `alternate_on`, `mouse_any_flag`, …
  func state(_ name: String) throws -> String {
    try tmux("display-message", "-p", "#{\(name)}").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The text that was last put on the clipboard.
  func clipboard() throws -> String { try tmux("show-buffer") }

  /// Waits until the screen is as wanted and has come to rest.
  ///
  /// - Returns: That screen.
  @discardableResult
  func wait(for what: String, until isThere: (String) throws -> Bool) throws -> String {
    let end = Date(timeIntervalSinceNow: Self.deadline_s)
    var last = ""
    while Date() < end {
      let now = try screen()
      if now == last, try isThere(now) { return now }
      last = now
      Thread.sleep(forTimeInterval: Self.glance_s)
    }
    throw SessionFailure(description: "waited in vain for \(what); the screen is\n\(last)")
  }

  /// Waits until a text was on the screen, which may go on changing: for what shows progress.
  func waitToSee(_ text: String) throws {
    let end = Date(timeIntervalSinceNow: Self.deadline_s)
    while Date() < end {
      if try screen().contains(text) { return }
      Thread.sleep(forTimeInterval: Self.glance_s)
    }
    throw SessionFailure(description: "waited in vain to see '\(text)'; the screen is\n\(try screen())")
  }

  /// Waits until the screen shows a text and has come to rest.
  @discardableResult
  func wait(for text: String) throws -> String {
    try wait(for: "'\(text)'") { $0.contains(text) }
  }

  /// Waits until `echo "status $?"` has printed its line, and returns the screen and the status.
  func waitForStatus() throws -> (screen: String, status: Int) {
    func status(_ screen: String) -> Int? {
      // The command itself, as it was typed, has no number there.
      screen.firstMatch(of: /(?m)^status ([0-9]+)$/).flatMap { Int($0.1) }
    }
    let screen = try wait(for: "an exit status") { status($0) != nil }
    return (screen, status(screen) ?? -1)
  }

  /// Waits until the program has taken the alternate screen and drawn something.
  @discardableResult
  func waitForProgram() throws -> String {
    try wait(for: "a full screen") { screen in
      try state("alternate_on") == "1" && screen.contains { !$0.isWhitespace }
    }
  }

  /// Waits until a file of the session exists whole, and returns its text.
  func contents(of name: String) throws -> String {
    let url = file(name)
    try wait(for: "the file \(name)") { _ in FileManager.default.fileExists(atPath: url.path) }
    return try String(contentsOf: url, encoding: .utf8)
  }

  // MARK: tmux

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    try output(of: ["tmux", "-S", socket, "-f", "/dev/null", "-u"] + arguments)
  }
}

/// A session that did not go as it should, with what the screen showed.
struct SessionFailure: Error, CustomStringConvertible {
  let description: String
}

/// A text as one word for a shell.
func quoted(_ text: String) -> String {
  "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
}
