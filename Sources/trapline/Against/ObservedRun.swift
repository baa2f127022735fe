/// What was observed of a run, here or on Twisted, as comparable entries.
struct ObservedRun: Equatable {
  /// In the order in which the observed object has them.
  private(set) var sections: [ObservedSection]

  /// Reads an observed object; nil for anything else.
  init?(_ text: some Sequence<UInt8>) {
    guard let tree = JSONTree(text) else { return nil }
    sections = []
    for subject in Subject.allCases {
      guard let value = tree[subject.rawValue], let entries = Self.entries(of: value, subject) else {
        return nil
      }
      sections.append(ObservedSection(subject: subject, entries: entries))
    }
  }

  private static func entries(of value: JSONTree, _ subject: Subject) -> [ObservedEntry]? {
    switch (subject, value) {
    case (.calls, .array(let items)), (.log, .array(let items)), (.unhandled, .array(let items)),
      (.timers, .array(let items)):
      items.map { ObservedEntry($0, subject) }
    case (.deferreds, .object(let members)), (.ticks, .object(let members)):
      members.map { ObservedEntry($0.value, subject, name: $0.key) }
    case (.time, .number): [ObservedEntry(value, subject, name: "the clock")]
    default: nil
    }
  }

  subscript(subject: Subject) -> [ObservedEntry] {
    sections.first { $0.subject == subject }?.entries ?? []
  }
}

/// One part of an observed object.
struct ObservedSection: Equatable {
  var subject: Subject
  var entries: [ObservedEntry]
}

/// What an entry is about; the raw value is the key of the observed object.
enum Subject: String, CaseIterable {
  case calls
  case deferreds = "final"
  case unhandled, log, ticks, timers, time

  /// One of its entries.
  var noun: String {
    switch self {
    case .calls: "call"
    case .deferreds: "Deferred"
    case .unhandled: "unhandled error"
    case .log: "log line"
    case .ticks: "loop"
    case .timers: "timer"
    case .time: "time"
    }
  }

  /// All of its entries.
  var title: String {
    switch self {
    case .calls: "the calls"
    case .deferreds: "the Deferreds at the end"
    case .unhandled: "the unhandled errors"
    case .log: "the log"
    case .ticks: "the ticks of loops"
    case .timers: "the timers that are still set"
    case .time: "the time at the end"
    }
  }
}

/// One call, Deferred, log line and so on.
struct ObservedEntry: Equatable {
  let subject: Subject
  /// The name it has in the observed object; empty where it has none.
  let name: String
  /// As it was written.
  let source: JSONTree

  init(_ source: JSONTree, _ subject: Subject, name: String = "") {
    self.source = source
    self.subject = subject
    self.name = name
  }

  /// What makes it the same thing on both sides, though it may not look the same.
  var identity: String {
    switch subject {
    case .calls, .log: "\(source["kind"]?.string ?? "") \(source["who"]?.string ?? "")"
    case .deferreds, .ticks, .time: name
    case .unhandled, .timers: source.text
    }
  }

  /// When it happened; nil for what stands at the end.
  var time_us: Int64? { source["t"]?.integer }
}
