/// One part of the explorer's screen; the digits 1 to 9 focus them in this order.
package enum Panel: Int, CaseIterable, Sendable {
  case chain, deferreds, timers, events, failures, source, details, log, narration

  /// What stands in the panel's frame.
  package var title: String {
    switch self {
    case .chain: "Chain"
    case .deferreds: "Deferreds"
    case .timers: "Timers"
    case .events: "Events"
    case .failures: "Failures"
    case .source: "Source"
    case .details: "Details"
    case .log: "Log"
    case .narration: "Lesson"
    }
  }

  /// The digit that focuses it.
  package var digit: Int { rawValue + 1 }

  /// Whether it is text to scroll, without rows to select.
  package var isText: Bool { self == .details || self == .narration }
}
