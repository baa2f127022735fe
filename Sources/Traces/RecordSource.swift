/// Records by number, as far as they are known.
///
/// A store may keep its records in memory or read them again from a file, so records are asked for one by one and
/// kept by nobody; the fold goes over entries.
public protocol RecordStore: AnyObject {
  /// How many records are known so far.
  var count: Int { get }
  /// The record that leads to `step`, from 1 to `count`. Those of other steps are never asked for.
  ///
  /// - Complexity: bounded, whatever the length of the trace.
  func record(at step: Int) -> Record
  /// Hands the entries of the records after the first `start` to `body`, up to the one that leads to `end`.
  func forEachEntry(after start: Int, through end: Int, _ body: (Entry) -> Void)
  /// The name of a thread by the number that entries have for it; nil for the main one.
  func threadName(_ number: Int32) -> String?
  /// The creation site by the number that entries have for it (``Entry/other`` of what makes a Deferred).
  func site(_ number: Int32) -> Site?
  /// Which recording the record is of that leads to `step`, where there are several: a number that no other has.
  func recordingNumber(at step: Int) -> Int
}

extension RecordStore {
  /// All are of one, where a store says nothing else.
  public func recordingNumber(at step: Int) -> Int { 0 }
  /// Every record so far, in memory. O(n).
  public var allRecords: [Record] { (0..<count).map { record(at: $0 + 1) } }
}

/// Where records come from: a scenario that is driven on demand, a file that is read, or one that still grows.
public protocol RecordSource: RecordStore {
  /// Whether nothing more will come.
  var isAtEnd: Bool { get }
  /// Brings in what happens next (for a scenario: runs the next due call to its end), if anything does.
  ///
  /// A fault that ends the source (a bound was reached) is in `fault` afterwards.
  func extend()
  /// Waits until ``extend()`` may bring something, at most so long, where it brought nothing.
  func wait(atMost time_ms: Int)
  /// How much has been brought in, from 0 to 1; nil where nobody can know.
  var progress: Double? { get }
  /// Why it ended early, as a sentence for people.
  var fault: String? { get }
  /// Why its recorder closed it where it ends, where there is one and it told.
  var closing: String? { get }
  /// The same of the recording that the record is of which leads to `step`, where it is one of several.
  func closing(at step: Int) -> String?
  /// The program's source, where there is one: file name and lines.
  var sourceText: (file: String, lines: [String])? { get }
  /// The step at which a person looks first: where the set-up is over and nothing has happened.
  var openingStep: Int { get }
  /// Title and summary.
  var title: String { get }
  var summary: String { get }
  /// What is asked for in a narration of a lesson, where its answer is known; nil where nothing is.
  func question(in narration: String) -> LessonQuestion?
  /// How the records were made, where they were written down before; nil where they come from a run of now.
  var recording: TraceHeader? { get }
  /// The recording whose thread has this name, where it is one of several, and what is left of the name for the
  /// thread itself; nil where the name is that of a thread alone.
  func recording(ofThread name: String) -> (label: String, thread: String?)?
}

extension RecordSource {
  /// Nothing is waited for, where what happens next is always there.
  public func wait(atMost time_ms: Int) {}
  /// The very start, where a source knows no better.
  public var openingStep: Int { 0 }
  /// Unknown, where a source knows no better.
  public var progress: Double? { nil }
  /// No recording, where a source says nothing else.
  public var recording: TraceHeader? { nil }
  /// Not told, where a source says nothing else.
  public var closing: String? { nil }
  /// What is told of all, where a source knows no parts.
  public func closing(at step: Int) -> String? { closing }
  /// Nothing, where a source knows no answers.
  public func question(in narration: String) -> LessonQuestion? { nil }
  /// One recording, where a source says nothing else.
  public func recording(ofThread name: String) -> (label: String, thread: String?)? { nil }
  /// What a person calls the thread of a record: `thread PoolThread-0`, `process 4711`, `recording 2`.
  public func words(forThread name: String) -> String {
    guard let (label, thread) = recording(ofThread: name) else { return "thread \(name)" }
    // One without the number of a process is called by its own.
    let whole = label.hasPrefix(ProcessLabels.nameless) ? label : "process \(label)"
    return thread.map { "\(whole), thread \($0)" } ?? whole
  }
  /// Whether it is a recording of a program in real time.
  public var isRecording: Bool { recording?.clock == "monotonic" }
}

extension TraceFile {
  /// What the header says.
  public var recording: TraceHeader? { header }
}

/// A store whose records lie in an array, all of one thread: whoever has one says `records` and `sites` alone.
public protocol RecordArray: RecordStore {
  /// Everything so far, in order.
  var records: [Record] { get }
  /// The creation sites of its Deferreds.
  var sites: Sites { get }
}

extension RecordArray {
  public var count: Int { records.count }
  public func record(at step: Int) -> Record { records[step - 1] }

  public func forEachEntry(after start: Int, through end: Int, _ body: (Entry) -> Void) {
    for place in start..<max(start, end) { body(Entry(records[place], sites: sites)) }
  }

  public func threadName(_ number: Int32) -> String? { nil }
  public func site(_ number: Int32) -> Site? { sites.site(number) }
}
