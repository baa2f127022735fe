import Foundation
import Screen
import Testing

/// Compares a buffer with its picture in `Pictures/NAME.txt`: its text, and a letter for the role of each cell.
///
/// `TRAPLINE_RECORD=1 swift test --filter ExplorerTests` draws the pictures anew; look at the difference then.
func expectPicture(_ buffer: Buffer, _ name: String, location: SourceLocation = #_sourceLocation) throws {
  let drawn = "\(buffer.picture)\n\(separator)\n\(buffer.styles)\n"
  let file = folder.appending(path: "\(name).txt")
  if ProcessInfo.processInfo.environment["TRAPLINE_RECORD"] == "1" {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(drawn.utf8).write(to: file)
    return
  }
  let picture = try #require(
    try? String(contentsOf: file, encoding: .utf8), "there is no picture \(name)", sourceLocation: location)
  if picture != drawn {
    Issue.record("\(name) is drawn differently:\n\(difference(picture, drawn))", sourceLocation: location)
  }
}

private let separator = "---- styles"
private let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Pictures")

/// The lines that differ, as they were and as they are.
private func difference(_ before: String, _ after: String) -> String {
  let (old, new) = (
    before.split(separator: "\n", omittingEmptySubsequences: false),
    after.split(separator: "\n", omittingEmptySubsequences: false)
  )
  return (0..<max(old.count, new.count)).compactMap { index in
    let (one, other) = (
      old.indices.contains(index) ? old[index] : "", new.indices.contains(index) ? new[index] : ""
    )
    return one == other ? nil : "\(index + 1) - \(one)\n\(index + 1) + \(other)"
  }.joined(separator: "\n")
}
