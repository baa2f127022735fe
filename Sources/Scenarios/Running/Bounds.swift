/// How much a run may do before it counts as one that never ends.
package struct Bounds: Sendable, Equatable {
  /// Calls that the clock makes.
  package var timerCalls: Int
  /// Calls into the scenario: handlers, ticks, steps, script resumptions, cancellers.
  package var handlerCalls: Int
  /// How deep handlers, and actions in them, may run inside one another before RecursionError is raised: Python, with
  /// its limit of 1000 calls, raises it where some 250 handlers fire each other.
  package var nesting = 500
  /// How many bytes of UTF-8 a text may have.
  package var textBytes = 1 << 20
  /// How many bytes all texts together may have that templates build.
  package var builtTextBytes = 1 << 28
  /// How many lists, gathers and races a run may make: each may run inside the one before it.
  static let combinations = 20_000
  /// How many scripts may be open at a time: each may wait for the one before it.
  static let openScripts = 20_000
  /// How many bytes `observed` output may have.
  package var observedBytes = 1 << 28

  /// Lines of scripts are cheaper than handlers and have a bound of their own.
  var scriptLines: Int {
    handlerCalls.multipliedReportingOverflow(by: 20).overflow ? .max : handlerCalls * 20
  }

  /// Deferreds and stages that a run may make, those of the file included.
  var objects: Int {
    handlerCalls.multipliedReportingOverflow(by: 4).overflow ? .max : handlerCalls * 4
  }

  package init(timerCalls: Int = 20_000, handlerCalls: Int = 50_000) {
    self.timerCalls = timerCalls
    self.handlerCalls = handlerCalls
  }
}

/// Why a run ended before its end, in a sentence for people.
package struct RunFault: Error, Sendable, Equatable {
  package var message: String
  /// Where in the file it happened; nil where no line is to blame.
  package var mark: Mark?
}
