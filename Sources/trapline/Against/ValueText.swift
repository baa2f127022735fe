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
    switch subject {
    case .calls, .log: source["who"]?.string ?? ""
    case .deferreds, .ticks, .time: name
    case .unhandled: source.string ?? source.shown
    case .timers: "due at \(source.seconds ?? source.shown)"
    }
  }

  /// The title with what needs no word to tell what it is.
  var heading: String {
    guard subject == .calls || subject == .log else { return title }
    return "\(time.text)  \(title)  \(kind.text)"
  }

  /// What is told of it beside its heading, in the order in which a difference matters.
  var details: [Detail] {
    switch subject {
    case .calls: [detail("input", "in"), detail("outcome", "out")]
    case .log: [detail("text", "text")]
    case .deferreds:
      [
        detail("state", "called"), detail("pause count", "paused"), detail("result", "result"),
        detail("wait", "waiting"),
      ] + (source["alias"] == nil ? [] : [detail("alias", "alias")])
    case .ticks: [Detail(name: "count", text: source.shown)]
    case .time: [Detail(name: "time", text: source.seconds ?? source.shown)]
    case .unhandled, .timers: []
    }
  }

  /// All that is told of it but its title.
  var allDetails: [Detail] { (subject == .calls || subject == .log ? [time, kind] : []) + details }

  private var time: Detail { Detail(name: "time", text: source["t"]?.seconds ?? "unknown") }
  private var kind: Detail { detail("kind", "kind") }

  private func detail(_ name: String, _ key: String) -> Detail {
    guard let value = source[key] else { return Detail(name: name, text: "none at all") }
    switch (key, value) {
    case ("kind", .string(let text)), ("alias", .string(let text)), ("waiting", .string(let text)):
      return Detail(name: name, text: text)
    case ("waiting", .null): return Detail(name: name, text: "for nothing")
    case ("called", .bool(let isCalled)): return Detail(name: name, text: isCalled ? "called" : "not called")
    default: return Detail(name: name, text: value.shown)
    }
  }

  /// All of it on one line.
  var line: String {
    let texts = details.map(\.text)
    return switch subject {
    case .calls: "\(heading)  \(texts[0]) → \(texts[1])"
    case .deferreds: "\(heading)  \(details.map { "\($0.name) \($0.text)" }.joined(separator: ", "))"
    case .log, .ticks, .time: "\(heading)  \(texts[0])"
    case .unhandled, .timers: heading
    }
  }
}
