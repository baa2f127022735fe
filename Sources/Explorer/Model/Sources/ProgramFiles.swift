package import Traces

/// Where the text of a recorded program's files comes from: the explorer itself reads none.
package protocol ProgramFiles: AnyObject {
  /// A file as it is now; nil where it is not at hand. Asked for again and again, so the answer is kept.
  ///
  /// - Parameters:
  ///   - name: as the program names it.
  ///   - start: when the recording began, where that is known.
  func file(_ name: String, recordedAt start: CalendarTime?) -> ProgramFile?
}

/// The text of one file of a recorded program.
package struct ProgramFile: Equatable, Sendable {
  /// Where it was found.
  package var path: String
  package var lines: [String]
  /// Whether it was written to after the recording began, so that its lines may have moved.
  package var isChanged: Bool

  package init(path: String, lines: [String], isChanged: Bool = false) {
    (self.path, self.lines, self.isChanged) = (path, lines, isChanged)
  }
}

/// What the source panel shows.
package struct ShownSource: Equatable {
  package enum Language { case yaml, python, other }
  package var file: String
  package var lines: [String]
  /// The line that made the current step, or what is selected, by index from 0.
  package var current: Int?
  package var isChanged = false

  /// By the ending of the file's name.
  var language: Language {
    if file.hasSuffix(".py") { return .python }
    return file.hasSuffix(".yaml") || file.hasSuffix(".yml") || file.isEmpty ? .yaml : .other
  }
}
