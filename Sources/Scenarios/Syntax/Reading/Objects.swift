extension ScenarioReader {
  /// A name in the one name space of the top level.
  func declare(_ name: Name, _ kind: ObjectKind) {
    guard let other = names.declare(name, kind) else { return }
    // Sections are read in set-up order, but people read from the top.
    let isFirst = name.mark < other.mark
    let (first, second) = isFirst ? (name.mark, other.mark) : (other.mark, name.mark)
    let isBuiltIn = name.text == "cooperator" && other.kind == .cooperator
    fault(
      second, "the name `\(name.text)` is already taken by \((isFirst ? kind : other.kind).noun)",
      hint: isBuiltIn ? "there is always a cooperator of this name" : "it is at \(first.line):\(first.column)"
    )
  }

  /// The pairs of a section whose keys are new names.
  private func declared(
    _ node: YamlNode?, key: String, of what: String, _ kind: ObjectKind
  ) -> [(name: Name, value: YamlNode)] {
    map(node, key: key, of: what).compactMap { pair in
      guard let name = name(pair.key, key: key) else { return nil }
      declare(name, kind)
      return (name, pair.value)
    }
  }

  func errors(_ node: YamlNode?) {
    var marks: [String: Mark] = [:]
    for pair in map(node, key: "errors", of: "error types and their parents") {
      guard let type = errorType(pair.key, key: "errors"), let parent = errorType(pair.value, key: type)
      else { continue }
      if ErrorTypes.builtIn.contains(where: { $0.type == type }) {
        fault(pair.key.mark, "`\(type)` is built in", hint: "choose another name for your own type")
        continue
      }
      marks[type] = pair.key.mark
      errorTypes.declare(type, parent: parent)
    }
    for (type, mark) in marks.sorted(by: { $0.value < $1.value }) where !faults.isFull {
      let lineage = errorTypes.lineage(of: type)
      if Set(lineage).count < lineage.count {
        fault(mark, "`\(type)` descends from itself")
      } else if lineage.last != "Exception" {
        fault(mark, "`\(type)` has more than \(ErrorTypes.mostAncestors) ancestors")
      }
    }
  }

  func locks(_ node: YamlNode?) -> [Name] {
    list(node, key: "locks", of: "names").compactMap { item in
      guard let name = name(item, key: "locks") else { return nil }
      declare(name, .lock)
      return name
    }
  }

  func semaphores(_ node: YamlNode?) -> [SemaphoreDeclaration] {
    declared(node, key: "semaphores", of: "names and numbers of tokens", .semaphore).compactMap {
      name, value in
      integer(value, key: name.text, atLeast: 1).map { SemaphoreDeclaration(name: name, tokens: $0) }
    }
  }

  func queues(_ node: YamlNode?) -> [QueueDeclaration] {
    declared(node, key: "queues", of: "queues", .queue).compactMap { name, value in
      if value.isNone { return QueueDeclaration(name: name, size: nil, backlog: nil) }
      guard let fields = open(value, Grammar.queue) else { return nil }
      return QueueDeclaration(
        name: name, size: fields["size"].flatMap { integer($0, key: "size", atLeast: 0) },
        backlog: fields["backlog"].flatMap { integer($0, key: "backlog", atLeast: 0) })
    }
  }

  func cooperators(_ node: YamlNode?) -> [CooperatorDeclaration] {
    var result = declared(node, key: "cooperators", of: "cooperators", .cooperator).compactMap {
      name, value -> CooperatorDeclaration? in
      var cooperator = CooperatorDeclaration(name: name.text, started: true, unitsPerTurn: 1, mark: name.mark)
      if value.isNone { return cooperator }
      guard let fields = open(value, Grammar.cooperator) else { return nil }
      cooperator.started = flag(fields["started"], key: "started", default: true)
      cooperator.unitsPerTurn =
        fields["units_per_turn"].flatMap { integer($0, key: "units_per_turn", atLeast: 1) } ?? 1
      return cooperator
    }
    if !names.isMade("cooperator", as: .cooperator) {
      let start = Mark(line: 1, column: 1)
      _ = names.declare(Name("cooperator", mark: start), .cooperator)
      result.insert(
        CooperatorDeclaration(name: "cooperator", started: true, unitsPerTurn: 1, mark: start), at: 0)
    }
    return result
  }

  func loops(_ node: YamlNode?) -> [LoopDeclaration] {
    declared(node, key: "loops", of: "loops", .loop).compactMap { name, value in
      guard let fields = open(value, Grammar.loop) else { return nil }
      let body = fields["do"].flatMap { loopBody($0) }
      let chain = stages(fields["chain"], key: "chain", Scope())
      let now = flag(fields["now"], key: "now", default: true)
      let withCount = flag(fields["with_count"], key: "with_count", default: false)
      let every = fields["every"].flatMap { seconds($0, key: "every") }
      guard let body, let every else { return nil }
      return LoopDeclaration(
        name: name.text, every: every, now: now, withCount: withCount, body: body, chain: chain,
        mark: name.mark)
    }
  }

  private func loopBody(_ node: YamlNode) -> Handler? {
    let scope = Scope(isInLoop: true)
    guard case .sequence = node.content else { return handler(node, .tick, scope) }
    return each(node, .tick, scope).map {
      Handler(kind: .tick, givenName: nil, body: $0, mark: node.mark)
    }
  }

  func tasks(_ node: YamlNode?) -> [TaskDeclaration] {
    declared(node, key: "tasks", of: "tasks", .task).compactMap { name, value in
      guard let fields = open(value, Grammar.task) else { return nil }
      let cooperator = fields["cooperator"].map { use($0, as: .cooperator, key: "cooperator") }
      let steps = steps(fields["steps"])
      let chain = stages(fields["chain"], key: "chain", Scope())
      guard let cooperator = cooperator ?? Name("cooperator", mark: name.mark) else { return nil }
      return TaskDeclaration(
        name: name.text, cooperator: cooperator, steps: steps, chain: chain, mark: name.mark)
    }
  }

  private func steps(_ node: YamlNode?) -> [TaskStep] {
    list(node, key: "steps", of: "steps").compactMap { item in
      guard let fields = choose(item, Grammar.steps), let value = fields[fields.leading] else { return nil }
      return stepKind(fields, value).map { TaskStep(kind: $0, mark: item.mark) }
    }
  }

  private func stepKind(_ fields: Fields, _ value: YamlNode) -> TaskStep.Kind? {
    let scope = Scope()
    switch fields.leading {
    case "yield": return literal(value, scope).map { .yield($0) }
    case "await": return deferred(value, key: "await", scope).map { .await($0) }
    case "raise": return error(value, key: "raise", scope).map { .raise($0) }
    case "do": return .actions(actions(value, key: "do", scope))
    default:
      let steps = steps(fields["steps"])
      return integer(value, key: "repeat", atLeast: 0).map { .repeated($0, steps: steps) }
    }
  }
}
