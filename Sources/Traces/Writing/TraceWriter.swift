/// Writes records as JSON Lines: a header first, then one flat object a record.
///
/// Version 1, see <doc:TraceFormat>: `t` is the time in microseconds, `e` the kind, `n` (where asked for) the step; `d` a
/// Deferred, `f` a Failure, `i` a stage. What went along a chain is `v` (a value as text), `vf` (a Failure) or
/// `vd` (a Deferred); `cut` marks a text that was cut. Keys without anything to say are left out.
public struct TraceWriter: Sendable {
  /// Version of the format that is written.
  public static let version = 1

  /// A writer; it keeps nothing from one line to the next.
  public init() {}

  /// The line that says what the records are, with the newline that ends it.
  public func line(for header: TraceHeader) -> [UInt8] {
    var line = JSONLine()
    line.add("trapline", header.version)
    line.add("program", header.program)
    line.add("clock", header.clock)
    line.add("unit", "us")
    line.add("scenario", ifAny: header.scenario)
    line.add("summary", ifAny: header.summary)
    line.add("opening", ifAny: header.opening)
    if !header.argv.isEmpty { line.add("argv", header.argv) }
    line.add("cwd", ifAny: header.cwd)
    line.add("pid", ifAny: header.pid)
    line.add("parent", ifAny: header.parent)
    line.add("run", ifAny: header.run)
    line.add("started", ifAny: header.started)
    if !header.filter.isEmpty { line.add("filter", header.filter) }
    line.add("recorder", ifAny: header.versions["recorder"])
    line.add("python", ifAny: header.versions["python"])
    line.add("twisted", ifAny: header.versions["twisted"])
    line.add("swift", ifAny: header.versions["swift"])
    line.add("source", ifAny: header.source)
    line.end()
    return line.bytes
  }

  /// The last line of a trace that is complete, with the newline that ends it.
  ///
  /// - Parameters:
  ///   - fault: why the program was stopped early, as a sentence, if it was.
  ///   - why: why the file ends here, where the recorder has a word for it.
  public func end(fault: String? = nil, why: String? = nil) -> [UInt8] {
    var bytes: [UInt8] = []
    if let fault {
      var line = JSONLine()
      line.add("e", "fault")
      line.add("text", fault)
      line.end()
      bytes += line.bytes
    }
    var line = JSONLine()
    line.add("e", "closed")
    line.add("why", ifAny: why)
    line.end()
    return bytes + line.bytes
  }

  /// One record as a line, with the newline that ends it.
  ///
  /// - Parameters:
  ///   - record: what happened.
  ///   - step: the number of the record, from 1, where the reader wants it.
  ///   - sentence: what it says in plain words, where the reader wants that.
  public func line(for record: Record, step: Int? = nil, sentence: String? = nil) -> [UInt8] {
    var line = JSONLine()
    line.add("n", ifAny: step)
    line.add("t", record.time)
    line.add(record.event)
    if record.depth != 0 { line.add("depth", record.depth) }
    if let place = record.place {
      line.add("file", ifAny: place.file.isEmpty ? nil : place.file)
      line.add("line", place.line)
    }
    if !record.stack.isEmpty { line.add("stack", record.stack) }
    line.add("th", ifAny: record.thread)
    line.add("say", ifAny: sentence)
    line.end()
    return line.bytes
  }
}
