internal import Deferreds

/// Handlers: what their keys do, in order.
extension ScenarioRun {
  /// Calls a handler.
  ///
  /// - Parameters:
  ///   - owner: the name of the Deferred, loop or lock that it belongs to.
  ///   - index: of its stage, for the default name.
  ///   - alone: for a loop's body, whose own name is the loop's where the file names none.
  func call(
    _ handler: Handler, as kind: CallKind, of owner: String, index: Int = 0, alone: Bool = false,
    scope: RunScope, shownAs: String? = nil
  ) throws -> Value {
    let (steps, givenName, mark) = turn(of: handler)
    let name = givenName ?? handler.name(at: index)
    let who = alone && givenName == nil ? owner : "\(owner).\(name)"
    var scope = scope
    scope.who = who
    return try call(kind, who, input: scope.input, at: mark, shownAs: shownAs) {
      try perform(steps, in: scope)
    }
  }

  /// The steps of this call: `each` gives another handler each time, the last one repeating.
  private func turn(of handler: Handler) -> (HandlerSteps, name: String?, Mark) {
    var current = handler
    var name = handler.givenName
    while case .each(let handlers, let counter) = current.body {
      let number = turns[counter]
      turns[counter] += 1
      // A list without items is a fault of the file, so there is a last one.
      current = handlers[min(number, handlers.count - 1)]
      name = current.givenName ?? name
    }
    guard case .steps(let steps) = current.body else {
      return (HandlerSteps(trap: nil, log: nil, actions: [], outcome: .returnsNone), name, current.mark)
    }
    return (steps, name, current.mark)
  }

  private func perform(_ steps: HandlerSteps, in scope: RunScope) throws -> Value {
    if let types = steps.trap, let failure = scope.failure { try trap(failure, types.map(\.text)) }
    if let log = steps.log { self.log(.log, try text(log, in: scope)) }
    try perform(steps.actions, in: scope)
    switch steps.outcome {
    case .returnsNone: return .none
    case .returnValue(let literal): return try value(literal, in: scope)
    case .raise(let error): throw try self.error(error, in: scope)
    case .await(let source): return .deferred(try deferred(source, in: scope))
    case .pass: return scope.input
    case .returnFailure(let error): return .failure(try failure(error, in: scope))
    }
  }

  /// Twisted: `Failure.trap`.
  private func trap(_ failure: Failure, _ types: [String]) throws {
    let matched = types.first { scenario.errorTypes.isKind(failure.typeName, of: $0) }
    observation.observe(.trapAsked(failure, types: types, matched: matched))
    if matched == nil { throw failure }
  }
}
