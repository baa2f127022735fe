internal import Deferreds

/// What a run remembers: everything for `observed` output, or only what its expectations ask about.
struct Journal {
  private let recordsAll: Bool
  private let needsRan: Bool
  private let needsTrapped: Bool
  private let needsLog: Bool
  private(set) var calls: [ObservedCall] = []
  private(set) var lines: [ObservedLine] = []
  /// Who ran, in order.
  private(set) var ran: [String] = []
  /// At which step which handler trapped which type, the first time.
  private(set) var trapped: [String: [String: Int]] = [:]
  private(set) var texts: [String] = []
  private(set) var errors: [(type: String, step: Int)] = []

  init(for expectations: [Expectation], recordsAll: Bool) {
    self.recordsAll = recordsAll
    let checks = expectations.flatMap(\.checks)
    needsRan = checks.contains { if case .ran = $0.kind { true } else { false } }
    needsTrapped = checks.contains { if case .trapped = $0.kind { true } else { false } }
    needsLog = checks.contains {
      switch $0.kind {
      case .log, .errors: true
      default: false
      }
    }
  }

  /// - Returns: the entry to close when the call is over.
  mutating func began(_ call: ObservedCall) -> Int {
    if needsRan { ran.append(call.who) }
    guard recordsAll else { return -1 }
    calls.append(call)
    return calls.count - 1
  }

  mutating func ended(_ entry: Int, _ output: ObservedCall.Output) {
    if recordsAll { calls[entry].output = output }
  }

  /// A handler that got a Failure gave back something else.
  mutating func trapped(_ type: String, by who: String, step: Int) {
    guard needsTrapped, trapped[type]?[who] == nil else { return }
    trapped[type, default: [:]][who] = step
  }

  mutating func log(_ line: ObservedLine, failure: Failure?, step: Int) {
    if recordsAll { lines.append(line) }
    guard needsLog else { return }
    if line.kind == .log { texts.append(line.text) }
    if line.kind == .error { errors.append((failure?.typeName ?? "", step)) }
  }
}
