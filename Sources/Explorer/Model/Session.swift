package import Traces

/// One source of records that is open, and everything about how a person looks at it.
package struct Session {
  /// Where the cursor stands and what is known; shared by all copies of this Session.
  package let timeline: Timeline
  /// The name under which it was opened: what is read again, and what the title line says.
  package let name: SourceName

  package var focus = Panel.chain
  package var isZoomed = false
  package var selection = Selection()
  package var scrolls: [Panel: Scroll] = [:]
  /// The last panel with rows that had the focus: its selection is what the details panel shows.
  package var subjectPanel = Panel.chain
  /// The same without the source panel, which shows the place of what is selected there.
  var placePanel = Panel.chain
  /// Where the text of a recorded program's files comes from.
  let files: (any ProgramFiles)?

  /// What the events panel shows and single steps stop at.
  package var filter: MatchIndex?
  package var search: MatchIndex?
  /// Which Failures are listed, and how many ended in which way.
  package var failures = FailureIndex()
  package var failuresView = FailuresView.list
  /// How the Deferreds panel lists them.
  package var deferredsView = DeferredsView.tree
  /// Which Deferreds are listed; nil for all.
  package var deferredFilter: DeferredFilter?
  package var siteOrder = SiteOrder()
  /// Which waits of a recording are longer than usual.
  package var gaps = Gaps()
  package var playback = Playback()
  package var visited = VisitedMoments()
  package var bookmarks: [Character: Int] = [:]
  /// Which Deferreds and timers the names mean that can be typed.
  var names = NameIndex()
  /// What takes longer than a key may, while it does.
  package var work: Work?
  /// The source is driven ahead by itself until this many records lie before the cursor: enough to know the
  /// future of anything that a person looks at, and a bound on memory.
  package var aheadLimit = 200_000
  /// Whether the source brought nothing when it was last asked for more: it is not asked again by itself.
  var isDry = false
  /// Whether more was waited for: what ends that is news.
  var hasWaited = false
  /// The newest step of a file that grows, where the cursor was put: it goes on with what comes while it stands there.
  var tail: Int?

  package init(_ source: any RecordSource, name: SourceName, files: (any ProgramFiles)? = nil) {
    self.files = files
    timeline = Timeline(source)
    self.name = name
    // All of what was recorded is read, while one looks: what is kept of it is small.
    if source.recording != nil { aheadLimit = .max }
    // A program has many Failures that are nothing but how it goes about things.
    if source.isRecording { failuresView = .groups }
  }

  package var source: any RecordSource { timeline.source }
  /// What is true at the current step.
  package var world: World { timeline.world }
  /// How much the Failure matters at which a recording was opened that was not read whole, until it is.
  var openedAt: FailureKin.Concern?

  /// How many records lie before what is shown.
  package var step: Int { timeline.step }
  /// How many steps can be gone to by now.
  package var knownSteps: Int { timeline.frontier.step }
  /// Whether the number of steps is final: `120 of 120`, else `120 of 120+`.
  package var isEndKnown: Bool { timeline.isComplete && timeline.frontier.step == timeline.count }
  /// What is true at the end, once that is known: `will be trapped`, `never fires` come from it.
  package var future: World? { isEndKnown ? timeline.frontier : nil }
  /// The record that led to the current step; nil at the start.
  package var record: Record? { timeline.current }
  package func record(at step: Int) -> Record? { timeline.record(at: step) }

  /// How much of a recording has been read, in per cent; nil when all is, and for what is not read but run.
  package var loadedPercent: Int? {
    guard source.recording != nil, !isEndKnown else { return nil }
    // A file that grows is read as far as it goes.
    if let progress = source.progress, progress >= 1 { return nil }
    return source.progress.map { Int(max($0, 0) * 100) } ?? 0
  }

  /// What the lesson asks at this step, where the answer is known.
  package var question: LessonQuestion? { world.narration.flatMap { source.question(in: $0) } }

  package var isAtStart: Bool { step == 0 }
  package var isAtEnd: Bool { isEndKnown && step == knownSteps }
  /// How far the current step is, of all that is known, in per cent.
  package var percent: Int { knownSteps == 0 ? 0 : step * 100 / knownSteps }

  package func scroll(of panel: Panel) -> Scroll { scrolls[panel] ?? Scroll() }
}
