/// Observed values in the words of `trapline run`.
extension JSONTree {
  /// A value as a person reads it: `none`, `"text"`, `<Failure ValueError: bad>`.
  var shown: String {
    switch self {
    case .null: "none"
    case .array(let items): "[" + items.map(\.shown).joined(separator: ", ") + "]"
    case .object(let members):
      object(members) ?? "{" + members.map { "\"\($0.key)\": \($0.value.shown)" }.joined(separator: ", ")
        + "}"
    case .string(let text): "\"" + text.replacing("\n", with: "\\n") + "\""
    case .bool, .number: text
    }
  }

  /// The objects that stand for something that JSON has not.
  private func object(_ members: [Member]) -> String? {
    let message = self["message"]?.string.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    return switch (members.first?.key, members.first?.value, members.count) {
    case ("failure", .string(let type)?, 2): "<Failure \(type)\(message)>"
    case ("raise", .string(let type)?, 2): "raises \(type)\(message)"
    case ("done", .bool(true)?, 1): "no step left"
    case (let kind?, .string(let name)?, 1) where Self.kinds.contains(kind): "<\(kind) \(name)>"
    case (let kind?, .null?, 1) where Self.kinds.contains(kind): "<\(kind) without a name>"
    default: nil
    }
  }

  /// What a run refers to by name.
  private static let kinds: Set = ["deferred", "lock", "semaphore", "loop"]

  /// Microseconds as seconds; nil for anything else.
  var seconds: String? { integer.map { secondsText($0) + " s" } }
}

/// How an entry is told.
extension ObservedEntry {
  /// One thing that can be told of an entry.
  struct Detail: Equatable {
    /// As in `another input`.
    var name: String
    var text: String
  }

  /// What it is, in a few words.
  var title: String {
    let who = source["who"]?.string ?? ""
    return switch subject {
    case .calls: who
    case .log: "\(source["kind"]?.string ?? "") of \(who)"
    case .deferreds, .ticks, .time: name
    case .unhandled: source.string ?? source.shown
    case .timers: "due at \(source.seconds ?? source.shown)"
    }
  }

  /// What is told of it, in the order in which a difference matters.
  var details: [Detail] {
    switch subject {
    case .calls: [time, detail("kind", "kind"), detail("input", "in"), detail("outcome", "out")]
    case .log: [time, detail("text", "text")]
    case .deferreds:
      [
        detail("called", "called"), detail("pause count", "paused"), detail("result", "result"),
        detail("wait", "waiting"),
      ] + (source["alias"] == nil ? [] : [detail("alias", "alias")])
    case .ticks: [Detail(name: "count", text: source.shown)]
    case .time: [Detail(name: "time", text: source.seconds ?? source.shown)]
    case .unhandled, .timers: []
    }
  }

  private var time: Detail { Detail(name: "time", text: source["t"]?.seconds ?? "unknown") }

  private func detail(_ name: String, _ key: String) -> Detail {
    guard let value = source[key] else { return Detail(name: name, text: key == "result" ? "no result" : "") }
    switch (key, value) {
    case ("kind", .string(let text)), ("alias", .string(let text)), ("waiting", .string(let text)):
      return Detail(name: name, text: text)
    case ("waiting", .null): return Detail(name: name, text: "nothing")
    case ("called", .bool(let isCalled)): return Detail(name: name, text: isCalled ? "yes" : "no")
    default: return Detail(name: name, text: value.shown)
    }
  }

  /// All of it on one line.
  var line: String {
    let texts = details.map(\.text)
    return switch subject {
    case .calls: "\(texts[0])  \(title)  \(texts[1])  \(texts[2]) → \(texts[3])"
    case .log: "\(texts[0])  \(title)  \(texts[1])"
    case .deferreds: "\(title)  \(details.map { "\($0.name) \($0.text)" }.joined(separator: ", "))"
    case .ticks, .time: "\(title)  \(texts[0])"
    case .unhandled, .timers: title
    }
  }
}
