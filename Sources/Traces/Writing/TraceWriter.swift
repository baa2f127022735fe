/// Writes records as JSON Lines: a header first, then one flat object a record.
///
/// Version 1, as a draft: `t` is the time in microseconds, `e` the kind, `n` (where asked for) the step; `d` a
/// Deferred, `f` a Failure, `i` a stage. What went along a chain is `v` (a value as text), `vf` (a Failure) or
/// `vd` (a Deferred); `cut` marks a text that was cut. Keys without anything to say are left out.
public struct TraceWriter: Sendable {
  /// Version of the format that is written.
  public static let version = 1

  public init() {}

  /// The line that says what the records are, with the newline that ends it.
  ///
  /// - Parameters:
  ///   - program: what was recorded: a program's name, or the title of a scenario.
  ///   - scenario: the scenario's file, where there is one.
  ///   - clock: `virtual` or `monotonic`.
  public func header(program: String, scenario: String? = nil, clock: String = "virtual") -> [UInt8] {
    var line = JSONLine()
    line.add("trapline", Self.version)
    line.add("program", program)
    line.add("clock", clock)
    line.add("unit", "us")
    line.add("scenario", ifAny: scenario)
    line.end()
    return line.bytes
  }

  /// One record as a line, with the newline that ends it.
  ///
  /// - Parameters:
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
    line.add("say", ifAny: sentence)
    line.end()
    return line.bytes
  }
}
