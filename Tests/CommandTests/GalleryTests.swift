import Explorer
import Scenarios
import Testing

@testable import trapline

/// The list of embedded scenarios.
@Suite struct GalleryTests {
  @Test func `the gallery says of each scenario what the whole file says`() throws {
    let entries = galleryEntries()
    #expect(entries.map(\.fileName) == embeddedScenarios.map(\.name))
    for (entry, embedded) in zip(entries, embeddedScenarios) {
      let scenario = try parseScenario(Array(embedded.text.utf8), file: embedded.name).get()
      #expect(entry.title == scenario.title)
      #expect(entry.summary == scenario.summary)
      #expect(entry.tags == scenario.tags)
      #expect(!entry.summary.isEmpty && !entry.tags.isEmpty)
    }
  }
}
