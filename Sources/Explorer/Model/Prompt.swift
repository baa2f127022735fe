/// The line at the bottom while a person types into it.
package struct Prompt: Equatable, Sendable {
  package enum Kind: Sendable, CaseIterable {
    case command, search, filter, failureFilter, deferredFilter, gallerySearch, helpSearch, answer
  }
  package var kind: Kind
  package var line: EditLine
  /// How far back in the history of this kind it looks: 0 is the line that is typed.
  package var historyIndex = 0
  /// The line as it was before the history was looked at.
  package var draft = ""
  /// What Tab has found, while it goes round them.
  package var completion: Completion?

  package init(_ kind: Kind, text: String = "") {
    self.kind = kind
    self.line = EditLine(text)
  }

  /// One that begins with what was typed the last time, if anything was, and a space to go on after.
  init(_ kind: Kind, continuing text: String?) {
    let start = text.flatMap { $0.isEmpty ? nil : "\($0) " } ?? ""
    self.init(kind, text: start)
  }

  package var text: String { line.text }

  /// What stands before the text.
  package var label: String {
    switch kind {
    case .command: ":"
    case .search, .gallerySearch, .helpSearch: "/"
    case .filter: "filter: "
    case .failureFilter: "Failures: "
    case .deferredFilter: "Deferreds: "
    case .answer: "answer: "
    }
  }
}

/// What Tab offers for the word at the end of a command.
package struct Completion: Equatable, Sendable {
  /// The part of the line before what is completed.
  package var stem: String
  package var candidates: [String]
  /// The one that stands in the line now.
  package var index: Int
}

/// A line of text with a cursor.
package struct EditLine: Equatable, Sendable {
  package private(set) var characters: [Character]
  /// Before this character; `characters.count` is the end.
  package private(set) var cursor: Int

  /// Longer lines are cut: nobody types more, and a paste must not fill the memory.
  package static let limit = 1000

  package init(_ text: String = "") {
    characters = Array(text.prefix(Self.limit))
    cursor = characters.count
  }

  package var text: String { String(characters) }
  package var isEmpty: Bool { characters.isEmpty }

  /// Control characters are left out.
  package mutating func insert(_ text: String) {
    let room = Self.limit - characters.count
    let clean = text.filter { !$0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } }.prefix(room)
    characters.insert(contentsOf: clean, at: cursor)
    cursor += clean.count
  }

  package mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }
  package mutating func deleteForward() {
    if cursor < characters.count { characters.remove(at: cursor) }
  }
  package mutating func deleteWordBackward() {
    let end = cursor
    while cursor > 0, characters[cursor - 1] == " " { cursor -= 1 }
    while cursor > 0, characters[cursor - 1] != " " { cursor -= 1 }
    characters.removeSubrange(cursor..<end)
  }
  package mutating func deleteToStart() {
    characters.removeSubrange(0..<cursor)
    cursor = 0
  }
  package mutating func deleteToEnd() { characters.removeSubrange(cursor...) }
  package mutating func move(by places: Int) { cursor = min(max(0, cursor + places), characters.count) }
  package mutating func moveToStart() { cursor = 0 }
  package mutating func moveToEnd() { cursor = characters.count }
}
