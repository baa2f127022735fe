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
  /// The line of the file, without its end.
  package var sourceLine: String
}

/// All faults of one file, in file order.
package struct ScenarioFaults: Error, Sendable {
  package var faults: [Fault]
  /// How many more there were than are listed.
  package var unlisted: Int
}
