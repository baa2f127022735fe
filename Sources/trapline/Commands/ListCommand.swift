import ArgumentParser
import Explorer

/// `trapline list`: the gallery as text.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "Print the names and titles of the embedded scenarios, in lesson order, and of the recorded examples.")

  func run() throws {
    var output = Output()
    let entries = galleryEntries()
    let width = entries.map(\.fileName.count).max() ?? 0
    for entry in entries {
      let gap = String(repeating: " ", count: width - entry.fileName.count + 2)
      try output.line(entry.fileName + gap + entry.title)
    }
    try output.flush()
  }
}
