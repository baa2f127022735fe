import Traces

/// A source whose records are written beforehand, given out moment by moment as a scenario would be.
final class ScriptedSource: RecordSource, RecordArray {
  private(set) var records: [Record] = []
  let sites = Sites()
  private let script: [Record]
  /// How often more was asked for.
  private(set) var extensions = 0
  var fault: String?
  var sourceText: (file: String, lines: [String])?
  var title: String
  var summary = ""
  var recording: TraceHeader?
  /// The answers to what its lesson asks, by its words.
  var questions: [String: LessonQuestion] = [:]

  /// - Parameter isLazy: whether later moments come only when they are asked for.
  init(_ records: [Record], isLazy: Bool = false, title: String = "A scene") {
    script = records
    self.title = title
    if isLazy { extend() } else { self.records = records }
    extensions = 0
  }

  /// How much of a recording has been read.
  var progress: Double? {
    recording == nil ? nil : Double(records.count) / Double(max(1, script.count))
  }

  /// Whether its threads are those of several processes: `worker.py 4711`, `worker.py 4711 · Pool-1`.
  var isJoined = false

  func recording(ofThread name: String) -> (label: String, thread: String?)? {
    guard isJoined, let label = name.split(separator: " · ").first else { return nil }
    return (String(label), name == label ? nil : String(name.dropFirst(label.count + 3)))
  }

  func question(in narration: String) -> LessonQuestion? { questions[narration] }

  var isAtEnd: Bool { records.count == script.count }

  func extend() {
    extensions += 1
    guard records.count < script.count else { return }
    repeat {
      records.append(script[records.count])
    } while records.count < script.count && script[records.count].event != .clockAdvanced
  }
}
