import Explorer
import Scenarios
import Traces

/// The embedded scenarios, and after them the recorded examples, as the gallery lists them.
func galleryEntries() -> [GalleryEntry] { scenarioEntries() + traceEntries() }

private func traceEntries() -> [GalleryEntry] {
  embeddedTraces.map { embedded in
    // The first line says what a trace is about; the others need not be read for that.
    let header = embedded.text.utf8.prefix { $0 != UInt8(ascii: "\n") }
    guard let trace = try? TraceFile(Array(header), name: embedded.name) else {
      return GalleryEntry(fileName: embedded.name, title: embedded.name)
    }
    return GalleryEntry(
      fileName: embedded.name, title: trace.title, summary: trace.summary, tags: ["recorded"])
  }
}

private func scenarioEntries() -> [GalleryEntry] {
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
  let bytes = Array(text.utf8)
  var start = 0
  while start < bytes.count {
    let line = bytes[start...].prefix { $0 != UInt8(ascii: "\n") }
    if isOtherKey(line) { return Array(bytes[..<start]) }
    start = line.endIndex + 1
  }
  return bytes
}

private let keysOfHead = ["trapline:", "title:", "summary:", "tags:"].map { Array($0.utf8) }

private func isOtherKey(_ line: ArraySlice<UInt8>) -> Bool {
  guard let first = line.first, first > UInt8(ascii: " "), first != UInt8(ascii: "#") else { return false }
  return !keysOfHead.contains { line.starts(with: $0) }
}
