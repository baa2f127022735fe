extension ScenarioReader {
  /// A handler: with its own keys, with `each`, or an action alone.
  func handler(_ node: YamlNode, _ kind: Handler.Kind, _ scope: Scope) -> Handler? {
    guard let fields = choose(node, Grammar.handlers) else { return nil }
    if !fields.leading.isEmpty, fields.leading != "each" {
      guard let action = action(fields, scope.ofHandler) else { return nil }
      let steps = HandlerSteps(trap: nil, log: nil, actions: [action], outcome: .returnsNone)
      return Handler(kind: kind, givenName: nil, body: .steps(steps), mark: node.mark)
    }
    return handler(fields, kind, scope)
  }

  /// A handler whose keys stand in a map that may have others too.
  func handler(_ fields: Fields, _ kind: Handler.Kind, _ scope: Scope) -> Handler? {
    let given = fields["name"].flatMap { name($0, key: "name") }
    if let given { handlerNames.insert(given.text) }
    guard let list = fields["each"] else {
      guard let steps = steps(fields, kind, scope.ofHandler) else { return nil }
      return Handler(kind: kind, givenName: given?.text, body: .steps(steps), mark: fields.mark)
    }
    for key in Grammar.handlerRows.map(\.name) where key != "name" && fields[key] != nil {
      fault(
        fields.mark(of: key), "a handler with `each` has no key `\(key)`",
        hint: "it belongs into each of the handlers of the list")
    }
    guard let body = each(list, kind, scope) else { return nil }
    return Handler(kind: kind, givenName: given?.text, body: body, mark: fields.mark)
  }

  /// A list of handlers that take turns.
  func each(_ node: YamlNode, _ kind: Handler.Kind, _ scope: Scope) -> Handler.Body? {
    let items = list(node, key: "each", of: "handlers")
    if items.isEmpty, case .sequence = node.content {
      fault(node.mark, "a list of handlers needs at least one")
    }
    let handlers = items.compactMap { handler($0, kind, scope) }
    let counter = counters[node.mark] ?? counters.count
    counters[node.mark] = counter
    return handlers.isEmpty ? nil : .each(handlers, counter: counter)
  }

  /// What a handler does, in the order in which it acts.
  private func steps(_ fields: Fields, _ kind: Handler.Kind, _ scope: Scope) -> HandlerSteps? {
    let trap = fields["trap"].map { types($0) }
    if trap != nil, kind == .callback {
      fault(
        fields.mark(of: "trap"), "a callback never gets a Failure, so it has nothing to trap",
        hint: "`trap` belongs into an `errback` or a `both`")
    }
    let log = fields["log"].map { template($0, key: "log", scope) }
    let actions = fields["do"].map { self.actions($0, key: "do", scope) } ?? []
    guard let outcome = outcome(fields, scope) else { return nil }
    if case .some(.none) = log { return nil }
    return HandlerSteps(trap: trap, log: log ?? nil, actions: actions, outcome: outcome)
  }

  private func outcome(_ fields: Fields, _ scope: Scope) -> Outcome? {
    if let node = fields["return"] { return literal(node, scope).map(Outcome.returnValue) }
    if let node = fields["raise"] { return error(node, key: "raise", scope).map(Outcome.raise) }
    if let node = fields["await"] { return deferred(node, key: "await", scope).map(Outcome.await) }
    if let node = fields["return_failure"] {
      return error(node, key: "return_failure", scope).map(Outcome.returnFailure)
    }
    guard let node = fields["pass"] else { return .returnsNone }
    guard case .bool(true) = node.scalar else {
      if !node.isBroken {
        fault(node.mark, "`pass` is only ever true", hint: "a handler without it returns none")
      }
      return nil
    }
    return .pass
  }

  /// `T` or `[T, U]`
  private func types(_ node: YamlNode) -> [Name] {
    let nodes: [YamlNode]
    if case .sequence(let items) = node.content { nodes = items } else { nodes = [node] }
    if nodes.isEmpty { fault(node.mark, "`trap` needs a type to trap") }
    return nodes.compactMap { node in
      if node.scalarText?.contains(where: { $0 == "," || $0.isWhitespace }) == true {
        fault(
          node.mark, "`trap` needs one type or a list", hint: "several are written [ValueError, TypeError]")
        return nil
      }
      return errorType(node).map { Name($0, mark: node.mark) }
    }
  }

  // MARK: Stages

  func stages(_ node: YamlNode?, key: String, _ scope: Scope) -> [Stage] {
    list(node, key: key, of: "stages").compactMap { stage($0, scope) }
  }

  private func stage(_ node: YamlNode, _ scope: Scope) -> Stage? {
    guard let fields = choose(node, Grammar.stages) else { return nil }
    return stageKind(fields, scope).map { Stage(kind: $0, mark: node.mark) }
  }

  private func stageKind(_ fields: Fields, _ scope: Scope) -> Stage.Kind? {
    let errback = fields["errback"].map { handler($0, .errback, scope) }
    switch fields.leading {
    case "callback":
      guard let callback = fields["callback"].flatMap({ handler($0, .callback, scope) }) else { return nil }
      guard let errback else { return .callback(callback) }
      return errback.map { .callbacks(callback: callback, errback: $0) }
    case "errback": return (errback ?? nil).map { .errback($0) }
    case "both": return fields["both"].flatMap { handler($0, .both, scope) }.map { .both($0) }
    case "timeout":
      let handler = fields["on_timeout"].map { self.handler($0, .onTimeout, scope) }
      guard let seconds = fields["timeout"].flatMap({ seconds($0, key: "timeout") }) else { return nil }
      return .timeout(seconds, onTimeout: handler ?? nil)
    default:
      guard let node = fields["chain_to"] else { return nil }
      return deferred(node, key: "chain_to", scope, role: .fired).map { .chainTo($0) }
    }
  }
}
