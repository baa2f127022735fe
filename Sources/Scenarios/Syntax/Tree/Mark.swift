/// A place in a scenario file.
///
/// Both numbers count from 1; the column counts characters (Unicode scalars), as an editor's status line does.
package struct Mark: Hashable, Sendable, Comparable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: Mark, right: Mark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A name as it was written in the file, with its place.
package struct Name: Sendable {
  package var text: String
  package var mark: Mark

  package init(_ text: String, mark: Mark) {
    self.text = text
    self.mark = mark
  }
}
