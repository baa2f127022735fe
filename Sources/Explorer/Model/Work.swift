/// Something that takes longer than a key may: it is done in slices, and ^C ends it.
package struct Work: Equatable, Sendable {
  /// What it is, for the line that shows its progress: `searching for "rose"`.
  package var title: String
  /// Steps looked at or driven so far.
  package var done = 0
  /// Out of how many, where that is known.
  package var total: Int?
  package init(_ title: String, total: Int? = nil) {
    self.title = title
    self.total = total
  }
}
