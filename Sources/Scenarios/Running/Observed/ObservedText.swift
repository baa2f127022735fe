internal import Deferreds

/// `observed`: what user code could see of a run, as one JSON object.
extension ScenarioRun {
  /// The object as text, one call, log line or Deferred a line; the form in which two engines are compared.
  ///
  /// Empty lists unless the run was made with `records`.
  package var observed: String {
    var writer = ObservedWriter(limit: bounds.observedBytes, nameOf: name(of:))
    writer.list("calls", journal.calls) { $0.write($1) }
    writer.map("final", made) { $0.write($1, run: self) }
    writer.entry("unhandled", json(made.filter(\.isReported).map(\.name).sorted()))
    writer.list("log", journal.lines) { $0.write($1) }
    let counts = scenario.loops.map { "\(ValueWriter.quoted($0.name)): \(ticks[$0.name] ?? 0)" }
    writer.entry("ticks", "{" + counts.joined(separator: ", ") + "}")
    let due = clock.delayedCalls.map(\.dueMicroseconds).sorted()
    writer.entry("timers", "[" + due.map(String.init).joined(separator: ", ") + "]")
    writer.entry("time", "\(clock.nowMicroseconds)")
    return writer.text
  }

  private func json(_ names: [String]) -> String {
    "[" + names.map(ValueWriter.quoted).joined(separator: ", ") + "]"
  }
}

/// Writes the parts of an observed object.
private struct ObservedWriter {
  private var writer: ValueWriter
  private var isFirst = true

  init(limit: Int, nameOf: @escaping (Deferred<Value>) -> String?) {
    writer = ValueWriter(limit: limit, nameOf: nameOf)
  }

  /// The whole object; one that had to be cut off is no JSON, and says so.
  var text: String {
    writer.isCut ? writer.output + "\n… cut off here: too long\n" : writer.output + "\n}\n"
  }

  mutating func entry(_ key: String, _ json: String) {
    begin(key)
    writer.write(json)
  }

  mutating func list<Item>(_ key: String, _ items: [Item], _ write: (inout ObservedWriter, Item) -> Void) {
    block(key, "[", "]", items, write)
  }

  mutating func map<Item>(_ key: String, _ items: [Item], _ write: (inout ObservedWriter, Item) -> Void) {
    block(key, "{", "}", items, write)
  }

  private mutating func begin(_ key: String) {
    writer.write(isFirst ? "{\n" : ",\n")
    isFirst = false
    writer.write(" \(ValueWriter.quoted(key)): ")
  }

  private mutating func block<Item>(
    _ key: String, _ opening: String, _ closing: String, _ items: [Item],
    _ write: (inout ObservedWriter, Item) -> Void
  ) {
    begin(key)
    writer.write(opening)
    for (index, item) in items.enumerated() where !writer.isCut {
      writer.write(index == 0 ? "\n  " : ",\n  ")
      write(&self, item)
    }
    writer.write(items.isEmpty ? closing : "\n \(closing)")
  }

  mutating func write(_ call: ObservedCall) {
    writer.write("{\"t\": \(call.time), \"who\": \(ValueWriter.quoted(call.who))")
    writer.write(", \"kind\": \"\(call.kind.rawValue)\", \"in\": ")
    writer.write(call.input, as: .json)
    writer.write(", \"out\": ")
    switch call.output {
    case nil: writer.write("null")
    case .value(let value)?: writer.write(value, as: .json)
    case .raised(let type, let message)?:
      writer.write("{\"raise\": \(ValueWriter.quoted(type)), \"message\": \(ValueWriter.quoted(message))}")
    case .done?: writer.write("{\"done\": true}")
    }
    writer.write("}")
  }

  mutating func write(_ line: ObservedLine) {
    writer.write("{\"t\": \(line.time), \"kind\": \"\(line.kind.rawValue)\"")
    writer.write(", \"who\": \(ValueWriter.quoted(line.who)), \"text\": \(ValueWriter.quoted(line.text))}")
  }

  mutating func write(_ entry: RunDeferred, run: ScenarioRun) {
    let deferred = entry.deferred
    writer.write("\(ValueWriter.quoted(entry.name)): {\"called\": \(deferred.isCalled)")
    writer.write(", \"paused\": \(deferred.pauseCount)")
    if let result = run.settledResult(of: deferred) {
      writer.write(", \"result\": ")
      writer.write(result, as: .json)
    }
    let inner = deferred.isResumedBy.flatMap { run.name(of: $0) }
    writer.write(", \"waiting\": \(inner.map(ValueWriter.quoted) ?? "null")")
    if let original = entry.original { writer.write(", \"alias\": \(ValueWriter.quoted(original.name))") }
    writer.write("}")
  }
}
