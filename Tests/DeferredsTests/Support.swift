import Deferreds

/// A value of an untyped world, as a script interpreter has it.
indirect enum Py: DynamicValue, Equatable, CustomStringConvertible {
  case none
  case int(Int)
  case text(String)
  case deferred(Deferred<Py>)

  static var empty: Py { .none }
  static func holding(_ deferred: Deferred<Py>) -> Py { .deferred(deferred) }
  var heldDeferred: Deferred<Py>? {
    if case .deferred(let deferred) = self { deferred } else { nil }
  }

  static func == (left: Py, right: Py) -> Bool {
    switch (left, right) {
    case (.none, .none): true
    case (.int(let a), .int(let b)): a == b
    case (.text(let a), .text(let b)): a == b
    case (.deferred(let a), .deferred(let b)): a.isSame(as: b)
    default: false
    }
  }

  var description: String {
    switch self {
    case .none: "none"
    case .int(let number): "\(number)"
    case .text(let text): text
    case .deferred: "deferred"
    }
  }
}

/// An error of a test.
struct Oops: NamedError, Equatable {
  var message: String
  init(_ message: String = "oops") { self.message = message }
}

struct Other: Error {}

/// What happened, in order.
final class Log {
  var lines: [String] = []
  func callAsFunction(_ line: String) { lines.append(line) }
}

extension Deferred {
  /// The current result in words.
  var shown: String {
    switch currentResult {
    case .none: "unfired"
    case .value(let value): "\(value)"
    case .failure(let failure): "\(failure)"
    case .waiting: "waiting"
    case .moved: "moved"
    }
  }

  /// Logs every result that comes to this stage and passes it on.
  @discardableResult
  func logged(_ log: Log, _ name: String = "") -> Deferred {
    addBoth { result -> StageResult<Value> in
      switch result {
      case .success(let value):
        log("\(name)\(value)")
        return .value(value)
      case .failure(let failure):
        log("\(name)\(failure)")
        return .failure(failure)
      }
    }
  }

  /// Keeps a Failure from being told as unhandled.
  func ignoringFailure() where Value == Py { addErrback { _ in Py.none } }
}

/// Runs `body` and returns the words told of Failures that nobody handled.
func unhandled(_ body: () throws -> Void) rethrows -> [String] {
  let box = Told()
  try UnhandledFailures.with(
    { box.lines.append($0.typeName + ($0.message.isEmpty ? "" : " " + $0.message)) }, body)
  return box.lines
}

private final class Told: @unchecked Sendable {
  var lines: [String] = []
}

/// Keeps every event as words that name chains by number.
final class Recorder: ChainObserver {
  var events: [String] = []
  func observe(_ event: ChainEvent) { events.append("\(event)") }
}
