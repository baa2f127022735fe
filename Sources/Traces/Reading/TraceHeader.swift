/// The first line of a trace: what its records are.
public struct TraceHeader: Sendable, Equatable {
  /// Of the format.
  public var version: Int
  /// What was recorded: a program's name, or the title of a scenario.
  public var program: String
  /// `virtual`, or `monotonic` for the time of a real program.
  public var clock: String
  /// The scenario's file, where there is one.
  public var scenario: String?
  /// What the scenario is about.
  public var summary: String?
  /// The scenario's whole text, so that a trace can be read without the file.
  public var source: String?
  /// The step at which a person looks first.
  public var opening: Int?
  /// The command that was recorded.
  public var argv: [String]
  /// The folder in which it was started: names of files that are not absolute begin there.
  public var cwd: String?
  /// The process that was recorded.
  public var pid: Int?
  /// The process that this one was forked from.
  public var parent: Int?
  /// What all processes have in common that were recorded at one go, and no others.
  public var run: String?
  /// What alone was recorded, where that is not all: modules, files and folders; those with `!` were left out. Of
  /// several recordings together it is what was asked for in any of them.
  public var filter: [String]
  /// When the recording began, by the calendar (ISO 8601).
  public var started: String?
  /// By name (`recorder`, `python`, `twisted`, `swift`), what it was made with.
  public var versions: [String: String]

  /// Describes a trace of this version.
  public init(program: String, clock: String = "virtual", scenario: String? = nil) {
    version = TraceWriter.version
    self.program = program
    self.clock = clock
    self.scenario = scenario
    argv = []
    filter = []
    versions = [:]
  }
}

extension TraceHeader {
  /// When the recording began; nil where it does not tell, or not so that it can be read.
  package var startTime: CalendarTime? { started.flatMap { CalendarTime($0) } }

  static let versionKeys: [TraceKey] = [.recorder, .python, .twisted, .swift]

  /// Whether the recorder for Twisted made it, which puts a Deferred's number behind its name.
  var namesHoldNumbers: Bool { versions["twisted"] != nil }

  init(_ fields: TraceFields) throws(JSONFault) {
    self.init(
      program: try fields.text(ifAny: .program) ?? "", clock: try fields.text(ifAny: .clock) ?? "virtual",
      scenario: try fields.text(ifAny: .scenario))
    version = try fields.int(.trapline)
    summary = try fields.text(ifAny: .summary)
    source = try fields.text(ifAny: .source)
    opening = try fields.int(ifAny: .opening)
    argv = fields.has(.argv) ? try fields.texts(.argv) : []
    cwd = try fields.text(ifAny: .cwd)
    pid = try fields.int(ifAny: .pid)
    parent = try fields.int(ifAny: .parent)
    run = try fields.text(ifAny: .run)
    started = try fields.text(ifAny: .started)
    filter = fields.has(.filter) ? try fields.texts(.filter) : []
    for key in Self.versionKeys { versions["\(key)"] = try fields.text(ifAny: key) }
  }
}
