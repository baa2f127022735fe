internal import Deferreds

/// A call into the scenario's own code: what `observed` output lists under `calls`.
struct ObservedCall {
  var time: Int64
  var who: String
  var kind: CallKind
  var input: Value
  /// Nil while it runs, and where a bound ended it.
  var output: Output?

  enum Output {
    case value(Value)
    case raised(type: String, message: String)
    /// A task that has no step left.
    case done
  }
}

/// What calls the scenario's code.
enum CallKind: String {
  case callback, errback, canceller, later, maybe, run, tick, step, script, async, timer
  case onTimeout = "on_timeout"

  /// Whether a chain calls it, as one side of a stage.
  var isStage: Bool { self == .callback || self == .errback }
}

/// A line of the run's log.
struct ObservedLine {
  enum Kind: String { case log, say, error, unhandled }
  var time: Int64
  var kind: Kind
  var who: String
  var text: String
}

@available(*, unavailable) extension ObservedCall: Sendable {}
