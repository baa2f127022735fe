/// The error types that a scenario knows, and who is whose parent.
package struct ErrorTypes: Sendable {
  /// Built-in types with Twisted's and Python's parents, in the order in which the format lists them.
  package static let builtIn: [(type: String, parent: String?)] = [
    ("Exception", nil),
    ("ValueError", "Exception"), ("TypeError", "Exception"), ("NameError", "Exception"),
    ("LookupError", "Exception"), ("KeyError", "LookupError"), ("IndexError", "LookupError"),
    ("RuntimeError", "Exception"), ("RecursionError", "RuntimeError"),
    ("OSError", "Exception"),
    ("ArithmeticError", "Exception"), ("ZeroDivisionError", "ArithmeticError"),
    ("AssertionError", "Exception"),
    ("CancelledError", "Exception"), ("TimeoutError", "Exception"), ("AlreadyCalledError", "Exception"),
    ("FirstError", "Exception"), ("FailureGroup", "Exception"),
    ("QueueOverflow", "Exception"), ("QueueUnderflow", "Exception"),
    ("ConnectionClosed", "Exception"),
    ("ConnectionLost", "ConnectionClosed"), ("ConnectionDone", "ConnectionClosed"),
    ("ConnectError", "Exception"), ("ConnectionRefusedError", "ConnectError"),
    ("DNSLookupError", "OSError"),
    ("NotACoroutineError", "TypeError"),
    ("SchedulerError", "Exception"), ("SchedulerStopped", "SchedulerError"), ("NotPaused", "SchedulerError"),
    ("TaskFinished", "SchedulerError"), ("TaskStopped", "TaskFinished"), ("TaskDone", "TaskFinished"),
    ("TaskFailed", "TaskFinished"),
    ("AlreadyCalled", "ValueError"), ("AlreadyCancelled", "ValueError"),
  ]

  /// Every known type but `Exception`, and its parent.
  package private(set) var parents: [String: String]

  /// The built-in types.
  package init() {
    parents = [:]
    for (type, parent) in Self.builtIn { parents[type] = parent }
  }

  /// Adds a declared type; an undeclared one needs no adding.
  package mutating func declare(_ type: String, parent: String) { parents[type] = parent }

  /// The parent of a type; nil for `Exception`. A type that nobody declared is a child of `Exception`.
  package func parent(of type: String) -> String? {
    type == "Exception" ? nil : parents[type] ?? "Exception"
  }

  /// The longest line of ancestors that a file may declare.
  static let mostAncestors = 100

  /// The type, its parent, and so on up to `Exception`.
  package func lineage(of type: String) -> [String] {
    var line = [type]
    // The bound keeps a circle, which the reader refuses, from never ending here.
    while let parent = parent(of: line[line.count - 1]), line.count <= Self.mostAncestors {
      line.append(parent)
    }
    return line
  }

  /// Whether an error of `type` is caught by a trap for `wanted`.
  package func isKind(_ type: String, of wanted: String) -> Bool { lineage(of: type).contains(wanted) }
}
