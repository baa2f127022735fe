/// What a source is called, and where to look for it when it is opened or read again.
package struct SourceName: Equatable, Sendable, ExpressibleByStringLiteral {
  package enum Place: Sendable {
    /// As a person typed it: a file, or where there is none of that name, a built-in scenario.
    case anywhere
    /// Among those that are built in, whatever files there are.
    case builtIn
    /// A file, whatever is built in.
    case file
  }

  /// As it is shown.
  package var text: String
  package var place: Place

  package init(_ text: String, in place: Place = .anywhere) {
    self.text = text
    self.place = place
  }

  package init(stringLiteral text: String) { self.init(text) }
}
