package import Traces

/// One source of records that is open, and everything about how a person looks at it.
package struct Session {
  package let source: any RecordSource
  /// The file name under which it was opened: what reload and the title line name.
  package var fileName: String
  package var world = World()

  package var focus = Panel.chain
  package var isZoomed = false
  package var selection = Selection()
  package var scrolls: [Panel: Scroll] = [:]
  /// The last panel with rows that had the focus: its selection is what the details panel shows.
  package var subjectPanel = Panel.chain

  package var filter: Query?
  package var search: Query?
  package var isSearchBackward = false
  package var playback = Playback()
  package var visited = VisitedMoments()
  package var bookmarks: [Character: Int] = [:]
  package var work: Work?

  package init(_ source: any RecordSource, fileName: String) {
    self.source = source
    self.fileName = fileName
  }

  /// The records that are there by now; more may come while ``isEndKnown`` is false.
  package var records: [Record] { source.records }
  /// How many records lie before what is shown.
  package var step: Int { world.step }
  package var knownSteps: Int { source.records.count }
  /// Whether the number of steps is final: `120 of 120`, else `120 of 120+`.
  package var isEndKnown: Bool { source.isAtEnd }
  /// The record that made the current step; nil at the start.
  package var record: Record? { step > 0 && step <= knownSteps ? source.records[step - 1] : nil }
}
