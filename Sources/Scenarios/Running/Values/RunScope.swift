internal import Deferreds

/// What placeholders stand for at one place of a running scenario.
struct RunScope {
  /// Under which name output knows what runs here: `poem.parse`, `timeline 3`, a script's name.
  var who: String
  /// What came in; a Failure too.
  var input: Value = .none
  /// Inside a loop: the number of the tick, or Twisted's count.
  var count: Int?
  /// Inside a script: its variables, as they are when they are looked at.
  var variables: Variables?

  /// The Failure that came in, if one did.
  var failure: Failure? {
    guard case .failure(let failure) = input else { return nil }
    return failure
  }

  /// What a handler that is written here sees: its own value, and the count of the loop around it.
  func nested(input: Value = .none) -> RunScope { RunScope(who: who, input: input, count: count) }
}

/// The variables of one script.
final class Variables {
  private var values: [String: Value] = [:]

  subscript(name: String) -> Value? {
    get { values[name] }
    set { values[name] = newValue }
  }
}

@available(*, unavailable) extension RunScope: Sendable {}
@available(*, unavailable) extension Variables: Sendable {}
