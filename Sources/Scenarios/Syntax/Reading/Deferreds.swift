extension ScenarioReader {
  /// A Deferred that is used: by its name, or described on the spot.
  func deferred(
    _ node: YamlNode, key: String, _ scope: Scope, role: Role = .deferred
  ) -> DeferredSource? {
    guard case .mapping = node.content else {
      return use(node, as: role, key: key).map(DeferredSource.named)
    }
    guard let fields = choose(node, Grammar.inlineDeferreds) else { return nil }
    let name = fields["as"].flatMap { self.name($0, key: "as") }
    if let name { names.make(name.text, fields.leading == "gather" ? .gather : .deferred) }
    if case .fired = role, fields.leading == "gather" {
      fault(fields.mark(of: "gather"), "a gather cannot be fired by hand", hint: "its members fire it")
    }
    return declaration(fields, name: name?.text, scope).map(DeferredSource.inline)
  }

  /// What `deferreds` describes.
  func deferreds(_ node: YamlNode?) -> [DeferredDeclaration] {
    var above: Set<String> = []
    var result: [DeferredDeclaration] = []
    for pair in map(node, key: "deferreds", of: "Deferreds") {
      guard let name = name(pair.key, key: "deferreds") else { continue }
      let scope = Scope(declaredAbove: above)
      if pair.value.isNone {
        declare(name, .deferred)
        result.append(
          DeferredDeclaration(name: name.text, origin: .plain, canceller: nil, chain: [], mark: name.mark))
      } else if let fields = choose(pair.value, Grammar.deferreds) {
        declare(name, fields.leading == "gather" ? .gather : .deferred)
        if var declaration = declaration(fields, name: name.text, scope) {
          // A Deferred is shown where its name stands, not where its first key does.
          declaration.mark = name.mark
          result.append(declaration)
          above.formUnion(inlineNames(declaration.origin))
        }
      } else {
        // Its faults are reported; that it is used is no further one.
        declare(name, .deferred)
      }
      above.insert(name.text)
    }
    return result
  }

  /// The names of members that are made on the spot.
  private func inlineNames(_ origin: Origin) -> Set<String> {
    let members: [DeferredSource]
    switch origin {
    case .list(let sources, _, _, _), .gather(let sources, _), .race(let sources): members = sources
    default: return []
    }
    return members.reduce(into: []) { names, source in
      guard case .inline(let declaration) = source else { return }
      if let name = declaration.name { names.insert(name) }
      names.formUnion(inlineNames(declaration.origin))
    }
  }

  private func declaration(_ fields: Fields, name: String?, _ scope: Scope) -> DeferredDeclaration? {
    guard let origin = origin(fields, scope) else { return nil }
    // Handlers run when names are bound, whatever stands above.
    let later = scope.ofHandler
    return DeferredDeclaration(
      name: name, origin: origin, canceller: fields["canceller"].map { canceller($0, later) },
      chain: stages(fields["chain"], key: "chain", later), mark: fields.mark)
  }

  private func canceller(_ node: YamlNode, _ scope: Scope) -> Canceller {
    if case .mapping = node.content {
      return Canceller(actions: action(node, scope).map { [$0] } ?? [], mark: node.mark)
    }
    return Canceller(actions: actions(node, key: "canceller", scope), mark: node.mark)
  }

  private func origin(_ fields: Fields, _ scope: Scope) -> Origin? {
    guard let node = fields[fields.leading] else { return .plain }
    switch fields.leading {
    case "succeed": return literal(node, scope).map(Origin.succeed)
    case "fail": return error(node, key: "fail", scope).map(Origin.fail)
    case "later":
      let handler = handler(fields, .later, scope)
      guard let delay = seconds(node, key: "later"), let handler else { return nil }
      return .later(delay, handler)
    case "maybe": return maybe(node, scope)
    case "script": return .script(lines(node, scope, isAsync: false))
    case "async": return .async(lines(node, scope, isAsync: true))
    default: return combination(fields, node, scope)
    }
  }

  /// What `maybeDeferred` calls; of a function that returns a coroutine, it makes what the coroutine would be alone.
  private func maybe(_ node: YamlNode, _ scope: Scope) -> Origin? {
    guard case .mapping(let pairs) = node.content, pairs.contains(where: { $0.key.scalarText == "async" })
    else { return handler(node, .maybe, scope).map(Origin.maybe) }
    return open(node, Grammar.asyncFunction)?["async"].map { .async(lines($0, scope, isAsync: true)) }
  }

  private func combination(_ fields: Fields, _ node: YamlNode, _ scope: Scope) -> Origin {
    let members = list(node, key: fields.leading, of: "Deferreds").compactMap { member($0, fields, scope) }
    let consumeErrors = flag(fields["consume_errors"], key: "consume_errors", default: false)
    switch fields.leading {
    case "gather": return .gather(members, consumeErrors: consumeErrors)
    case "race": return .race(members)
    default:
      return .list(
        members,
        fireOnOneCallback: flag(
          fields["fire_on_one_callback"], key: "fire_on_one_callback", default: false),
        fireOnOneErrback: flag(fields["fire_on_one_errback"], key: "fire_on_one_errback", default: false),
        consumeErrors: consumeErrors)
    }
  }

  private func member(_ node: YamlNode, _ fields: Fields, _ scope: Scope) -> DeferredSource? {
    guard let above = scope.declaredAbove, case .scalar = node.content else {
      return deferred(node, key: fields.leading, scope)
    }
    guard let name = name(node, key: fields.leading) else { return nil }
    if above.contains(name.text) { return .named(name) }
    members.append((name, fields.leading))
    return .named(name)
  }

  /// The lines of a script or a coroutine.
  private func lines(_ node: YamlNode, _ scope: Scope, isAsync: Bool) -> [Line] {
    var inner = Scope(isInLoop: scope.isInLoop, isAsync: isAsync)
    inner.variables = variables(in: node)
    let key = isAsync ? "async" : "script"
    return lines(node, key: key, inner)
  }
}
