/// What became of one thing that a scenario expects.
package struct ExpectationResult: Sendable, Equatable {
  /// When it was looked at: `2.5`, or `end`.
  package var moment: String
  /// What it is about: `result of poem`.
  package var subject: String
  package var expected: String
  package var got: String
  package var isMet: Bool
  /// The number of the record with which it came to be so.
  package var step: Int
  /// Where in the file it is expected.
  package var mark: Mark

  /// In a sentence, for people.
  package var description: String {
    isMet
      ? "at \(moment): \(subject) is \(expected)"
      : "at \(moment): \(subject): expected \(expected), got \(got) (step \(step))"
  }
}
