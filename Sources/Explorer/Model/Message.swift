/// What the explorer says to the person in one line, until the next key.
package struct Message: Equatable, Sendable {
  package enum Kind: Sendable { case info, warning, error }
  package var kind: Kind
  package var text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  package static func info(_ text: String) -> Message { Message(.info, text) }
  package static func warning(_ text: String) -> Message { Message(.warning, text) }
  package static func error(_ text: String) -> Message { Message(.error, text) }
}
