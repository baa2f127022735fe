/// Something wrong in a scenario file, with its place.
package struct Fault: Sendable, Hashable {
  package enum Severity: String, Sendable { case error, warning }

  package var file: String
  package var line: Int
  package var column: Int
  package var message: String
  /// What the person probably meant, or how it is written.
  package var hint: String?
  package var severity: Severity
  /// The line of the file, without its end; of a very long one, the part around the column.
  package var sourceLine: String
  /// Where in `sourceLine` the column is, from 1.
  package var sourceColumn: Int
}

extension Fault {
  init(
    file: String, line: Int, column: Int, message: String, hint: String?, severity: Severity,
    excerpt: SourceText.Excerpt
  ) {
    self.init(
      file: file, line: line, column: column, message: message, hint: hint, severity: severity,
      sourceLine: excerpt.text, sourceColumn: excerpt.column)
  }
}

/// All faults of one file, in file order.
package struct ScenarioFaults: Error, Sendable {
  package var faults: [Fault]
  /// How many more there were than are listed.
  package var unlisted: Int
}
