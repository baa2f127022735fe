import Foundation
import Testing

/// Whether real sessions can be played here. In CI they must: a missing tmux fails there instead of passing
/// for tests that were run.
enum Tmux {
  static let canPlay: Bool = {
    if (try? output(of: ["tmux", "-V"])) != nil { return true }
    return ProcessInfo.processInfo.environment["CI"] == "true"
  }()

  static let reason: Comment = "tmux is not installed: no real terminal session was tested"
}
