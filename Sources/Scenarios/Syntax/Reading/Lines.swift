extension ScenarioReader {
  /// Every variable that lines set somewhere, so that a template may stand above the line that sets it.
  func variables(in node: YamlNode) -> Set<String> {
    guard case .sequence(let items) = node.content else { return [] }
    var found: Set<String> = []
    for case .mapping(let pairs) in items.map(\.content) {
      for pair in pairs {
        switch pair.key.scalarText {
        case "into", "set", "for": if let name = pair.value.scalarText { found.insert(name) }
        case "lines", "try", "finally": found.formUnion(variables(in: pair.value))
        case "except":
          guard case .mapping(let clauses) = pair.value.content else { continue }
          for clause in clauses { found.formUnion(variables(in: clause.value)) }
        default: break
        }
      }
    }
    return found
  }

  func lines(_ node: YamlNode?, key: String, _ scope: Scope) -> [Line] {
    list(node, key: key, of: "lines").compactMap { line($0, scope) }
  }

  private func line(_ node: YamlNode, _ scope: Scope) -> Line? {
    guard let fields = choose(node, Grammar.lines), let value = fields[fields.leading] else { return nil }
    return lineKind(fields, value, scope).map { Line(kind: $0, mark: node.mark) }
  }

  private func lineKind(_ fields: Fields, _ value: YamlNode, _ scope: Scope) -> Line.Kind? {
    switch fields.leading {
    case "await": return awaiting(fields, value, scope)
    case "set":
      let to = fields["to"].flatMap { literal($0, scope) }
      guard let name = name(value, key: "set"), let to else { return nil }
      return .set(name.text, to: to)
    case "sleep": return pause(value, scope).map { .sleep($0) }
    case "return": return literal(value, scope).map { .returnValue($0) }
    case "raise":
      guard value.scalarText == "again" else { return error(value, key: "raise", scope).map { .raise($0) } }
      if !scope.isInExcept {
        fault(value.mark, "`raise: again` has nothing to raise outside of `except`")
      }
      return .raiseAgain
    case "repeat":
      let lines = lines(fields["lines"], key: "lines", scope)
      return integer(value, key: "repeat", atLeast: 0).map { .repeated($0, lines: lines) }
    case "for":
      let values = list(fields["in"], key: "in", of: "values", mayBeNone: true).compactMap {
        literal($0, scope)
      }
      let lines = lines(fields["lines"], key: "lines", scope)
      return name(value, key: "for").map { .forEach($0.text, in: values, lines: lines) }
    case "try": return .attempt(attempt(fields, value, scope))
    case "async_with": return holding(fields, value, scope)
    default: return action(fields, scope).map { .action($0) }
    }
  }

  private func awaiting(_ fields: Fields, _ value: YamlNode, _ scope: Scope) -> Line.Kind? {
    let into = fields["into"].flatMap { name($0, key: "into")?.text }
    if case .mapping(let pairs) = value.content, pairs.contains(where: { $0.key.scalarText == "value" }) {
      if scope.isAsync {
        fault(
          value.mark, "a coroutine can await only a Deferred",
          hint: "a `script` takes a value; here write `{set: x, to: V}`")
      }
      guard let fields = open(value, Grammar.awaitedValue) else { return nil }
      return fields["value"].flatMap { literal($0, scope) }.map { .awaitValue($0, into: into) }
    }
    return deferred(value, key: "await", scope).map { .await($0, into: into) }
  }

  private func holding(_ fields: Fields, _ value: YamlNode, _ scope: Scope) -> Line.Kind? {
    if !scope.isAsync {
      fault(
        fields.mark(of: "async_with"), "only an `async` can hold something with `async_with`",
        hint: "in a `script`, `acquire` it, and `release` it in a `finally`")
    }
    let lines = lines(fields["lines"], key: "lines", scope)
    return use(value, as: .lock, key: "async_with").map { .holding($0, lines: lines) }
  }

  private func pause(_ node: YamlNode, _ scope: Scope) -> Line.Pause? {
    if case .text(let text) = node.scalar, text.contains("{"),
      let template = template(node, key: "sleep", scope)
    {
      return .computed(template)
    }
    return seconds(node, key: "sleep").map { .fixed($0) }
  }

  private func attempt(_ fields: Fields, _ value: YamlNode, _ scope: Scope) -> Attempt {
    if fields["except"] == nil, fields["finally"] == nil {
      fault(fields.mark(of: "try"), "`try` needs `except`, `finally` or both")
    }
    var inner = scope
    inner.isInExcept = true
    let clauses = map(fields["except"], key: "except", of: "types and lines").map { pair in
      let words = (pair.key.scalarText ?? "").split { $0 == "," || $0 == " " }
      if words.isEmpty { fault(pair.key.mark, "`except` needs a type", hint: "`Exception` catches all") }
      let types = words.compactMap { errorType(String($0), pair.key.mark, raised: false) }
      return Attempt.Clause(
        types: types.map { Name($0, mark: pair.key.mark) },
        lines: lines(pair.value, key: "except", inner), mark: pair.key.mark)
    }
    return Attempt(
      lines: lines(value, key: "try", scope), clauses: clauses,
      finally: fields["finally"].map { lines($0, key: "finally", scope) })
  }
}
