import Explorer
import Scenarios

/// The embedded scenarios as the gallery lists them.
func galleryEntries() -> [GalleryEntry] {
  embeddedScenarios.map { embedded in
    guard case .success(let scenario) = parseScenario(head(of: embedded.text), file: embedded.name) else {
      return GalleryEntry(fileName: embedded.name, title: embedded.name)
    }
    return GalleryEntry(
      fileName: embedded.name, title: scenario.title ?? embedded.name, summary: scenario.summary ?? "",
      tags: scenario.tags)
  }
}

/// What a scenario says of itself, in front of what it does: all that a list needs, at a tenth of the time.
private func head(of text: String) -> [UInt8] {
  let about = ["trapline:", "title:", "summary:", "tags:"]
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let end = lines.firstIndex { line in
    guard let first = line.first, first.isLetter else { return false }
    return !about.contains { line.hasPrefix($0) }
  }
  return Array(lines[..<(end ?? lines.endIndex)].joined(separator: "\n").utf8)
}
