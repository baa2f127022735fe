extension ScenarioReader {
  func actions(_ node: YamlNode, key: String, _ scope: Scope) -> [Action] {
    list(node, key: key, of: "actions").compactMap { action($0, scope) }
  }

  func action(_ node: YamlNode, _ scope: Scope) -> Action? {
    choose(node, Grammar.actions).flatMap { action($0, scope) }
  }

  /// The action whose keys stand in a map that may have others too.
  func action(_ fields: Fields, _ scope: Scope) -> Action? {
    guard let subject = fields[fields.leading] else { return nil }
    let kind: Action.Kind?
    switch fields.leading {
    case "fire", "fail", "cancel", "pause", "unpause", "add", "chain", "drop":
      kind = firing(fields, subject, scope)
    case "start", "stop", "reset", "pause_task", "resume_task", "when_done":
      kind = running(fields, subject, scope)
    case "call", "cancel_call", "reset_call", "delay_call", "advance":
      kind = timing(fields, subject, scope)
    case "acquire", "release", "run_locked", "put", "get":
      kind = sharing(fields, subject, scope)
    default: kind = speaking(fields, subject, scope)
    }
    return kind.map { Action(kind: $0, mark: fields.mark(of: fields.leading)) }
  }

  private func firing(_ fields: Fields, _ subject: YamlNode, _ scope: Scope) -> Action.Kind? {
    let key = fields.leading
    let isFiring = key == "fire" || key == "fail"
    let target = use(subject, as: isFiring ? .fired : .deferred, key: key)
    switch key {
    case "fire":
      let nothing: Action.Payload? = .value(Literal.none)
      let payload = fields["with"].map { self.payload($0, scope) } ?? nothing
      guard let target, let payload else { return nil }
      return .fire(target, with: payload)
    case "fail":
      let error = fields["with"].flatMap { self.error($0, key: "with", scope) }
      guard let target, let error else { return nil }
      return .fail(target, with: error)
    case "add":
      let stages = stages(fields["stages"], key: "stages", scope)
      return target.map { .add($0, stages: stages) }
    case "chain":
      let to = fields["to"].flatMap { use($0, as: .fired, key: "to") }
      guard let target, let to else { return nil }
      return .chain(target, to: to)
    case "cancel": return target.map { .cancel($0) }
    case "pause": return target.map { .pause($0) }
    case "unpause": return target.map { .unpause($0) }
    default: return target.map { .drop($0) }
    }
  }

  /// What `fire` hands over.
  private func payload(_ node: YamlNode, _ scope: Scope) -> Action.Payload? {
    if case .mapping(let pairs) = node.content, pairs.count == 1 {
      switch pairs[0].key.scalarText {
      case "failure" where !pairs[0].value.isEmpty:
        return error(pairs[0].value, key: "failure", scope).map { .failure($0) }
      case "deferred": return use(pairs[0].value, as: .deferred, key: "deferred").map { .deferred($0) }
      default: break
      }
    }
    return literal(node, scope).map { .value($0) }
  }

  private func running(_ fields: Fields, _ subject: YamlNode, _ scope: Scope) -> Action.Kind? {
    let key = fields.leading
    switch key {
    case "start":
      let every = fields["every"].flatMap { seconds($0, key: "every", mayBeNegative: true) }
      // Only a loop has an interval to replace.
      let role: Role = fields["every"] == nil ? .startable : .loop
      return use(subject, as: role, key: every == nil ? key : "start … every").map {
        .start($0, every: every)
      }
    case "stop": return use(subject, as: .startable, key: key).map { .stop($0) }
    case "reset": return use(subject, as: .loop, key: key).map { .reset($0) }
    case "pause_task": return use(subject, as: .task, key: key).map { .pauseTask($0) }
    case "resume_task": return use(subject, as: .task, key: key).map { .resumeTask($0) }
    default:
      let target = use(subject, as: .task, key: key)
      let result = newDeferred(fields, scope)
      return target.map { .whenDone($0, result: result) }
    }
  }

  private func timing(_ fields: Fields, _ subject: YamlNode, _ scope: Scope) -> Action.Kind? {
    let key = fields.leading
    let after = fields["after"].map { seconds($0, key: "after") }
    switch key {
    case "call":
      let actions = fields["do"].map { self.actions($0, key: "do", scope) } ?? []
      guard let name = name(subject, key: key), let after = after ?? nil else { return nil }
      names.make(name.text, .call)
      return .call(name, after: after, actions: actions)
    case "cancel_call": return use(subject, as: .call, key: key).map { .cancelCall($0) }
    case "reset_call":
      guard let target = use(subject, as: .call, key: key), let after = after ?? nil else { return nil }
      return .resetCall(target, after: after)
    case "delay_call":
      let by = fields["by"].flatMap { seconds($0, key: "by", mayBeNegative: true) }
      guard let target = use(subject, as: .call, key: key), let by else { return nil }
      return .delayCall(target, by: by)
    default:
      advances.append(fields.mark(of: "advance"))
      return seconds(subject, key: key).map { .advance($0) }
    }
  }

  private func sharing(_ fields: Fields, _ subject: YamlNode, _ scope: Scope) -> Action.Kind? {
    let key = fields.leading
    let isQueue = key == "put" || key == "get"
    let target = use(subject, as: isQueue ? .queue : .lock, key: key)
    let result = newDeferred(fields, scope)
    switch key {
    case "acquire": return target.map { .acquire($0, result: result) }
    case "release": return target.map { .release($0) }
    case "get": return target.map { .get($0, result: result) }
    case "run_locked":
      let handler = fields["do"].flatMap { self.handler($0, .run, scope) }
      guard let target, let handler else { return nil }
      return .runLocked(target, handler, result: result)
    default:
      let value = fields["value"].flatMap { literal($0, scope) }
      guard let target, let value else { return nil }
      return .put(target, value: value)
    }
  }

  private func speaking(_ fields: Fields, _ subject: YamlNode, _ scope: Scope) -> Action.Kind? {
    switch fields.leading {
    case "raise": return error(subject, key: "raise", scope).map { .raise($0) }
    case "log": return template(subject, key: "log", scope).map { .log($0) }
    default: return template(subject, key: "say", scope).map { .say($0) }
    }
  }

  private func newDeferred(_ fields: Fields, _ scope: Scope) -> Action.NewDeferred {
    Action.NewDeferred(
      name: make(fields["as"], .deferred, key: "as"),
      stages: stages(fields["stages"], key: "stages", scope))
  }
}
