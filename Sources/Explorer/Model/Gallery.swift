/// One scenario to choose from.
package struct GalleryEntry: Equatable, Sendable {
  /// Without directories: `05-raise-and-trap.yaml`.
  package var fileName: String
  package var title: String
  package var summary: String
  package var tags: [String]

  package init(fileName: String, title: String, summary: String = "", tags: [String] = []) {
    self.fileName = fileName
    self.title = title
    self.summary = summary
    self.tags = tags
  }
}

/// The list of scenarios that are built in, narrowed by a search.
package struct Gallery: Equatable, Sendable {
  package let entries: [GalleryEntry]
  /// What is searched for, as typed.
  package private(set) var searchText = ""
  /// The indices in `entries` of what the search leaves, in order.
  package private(set) var visible: [Int]
  /// The place in `visible`.
  package private(set) var selection = 0

  package init(_ entries: [GalleryEntry]) {
    self.entries = entries
    visible = Array(entries.indices)
  }

  package var selected: GalleryEntry? {
    visible.indices.contains(selection) ? entries[visible[selection]] : nil
  }

  package mutating func select(_ row: Int) { selection = min(max(0, row), max(0, visible.count - 1)) }

  /// Narrows the list; the selection stays on the same entry while that is left.
  package mutating func search(_ text: String) {
    let before = visible.indices.contains(selection) ? visible[selection] : nil
    searchText = text
    if let query = Query(text) {
      visible = entries.indices.filter { query.matches(Self.searchable(entries[$0])) }
    } else {
      visible = Array(entries.indices)
    }
    selection = before.flatMap { visible.firstIndex(of: $0) } ?? 0
  }

  private static func searchable(_ entry: GalleryEntry) -> String {
    "\(entry.fileName) \(entry.title) \(entry.summary) \(entry.tags.joined(separator: " "))"
  }
}
