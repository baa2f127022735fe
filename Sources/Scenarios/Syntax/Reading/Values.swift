extension ScenarioReader {
  /// Any YAML value, its strings templates.
  func literal(_ node: YamlNode, _ scope: Scope) -> Literal? {
    switch node.content {
    case .broken: return nil
    case .scalar: return scalarLiteral(node, scope)
    case .sequence(let items):
      let values = items.compactMap { literal($0, scope) }
      return values.count == items.count ? .list(values) : nil
    case .mapping(let pairs):
      if let placeholder = looseTemplate(pairs, scope) {
        fault(
          node.mark, "`{\(placeholder)}` without quotes is a YAML map",
          hint: "quote the template: \"{\(placeholder)}\"")
        return nil
      }
      let entries = pairs.compactMap { pair in
        literal(pair.value, scope).map { Literal.Entry(key: pair.key.scalarText ?? "", value: $0) }
      }
      return entries.count == pairs.count ? .map(entries) : nil
    }
  }

  private func scalarLiteral(_ node: YamlNode, _ scope: Scope) -> Literal? {
    switch node.scalar {
    case .some(.none): return Literal.none
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .double(let value): return .double(value)
    case .text(let text): return parseTemplate(text, node, scope).map(Literal.text)
    case .tooBig:
      fault(node.mark, "`\(node.scalarText ?? "")` is too big a number", hint: "quote it to make it a text")
      return nil
    case .notFinite:
      fault(node.mark, "`\(node.scalarText ?? "")` is not a value", hint: "quote it to make it a text")
      return nil
    case nil: return nil
    }
  }

  /// `return: {value}`: the placeholder that somebody forgot to quote.
  private func looseTemplate(_ pairs: [YamlNode.Pair], _ scope: Scope) -> String? {
    guard pairs.count == 1, pairs[0].value.isEmpty, let key = pairs[0].key.scalarText else { return nil }
    return placeholder(key, Scope(variables: scope.variables, isInLoop: true)) == nil ? nil : key
  }

  /// A text with placeholders; other scalars are their text.
  func template(_ node: YamlNode, key: String, _ scope: Scope) -> Template? {
    if case .mapping(let pairs) = node.content, let placeholder = looseTemplate(pairs, scope) {
      fault(
        node.mark, "`{\(placeholder)}` without quotes is a YAML map",
        hint: "quote the template: \"{\(placeholder)}\"")
      return nil
    }
    guard node.scalarText != nil else {
      _ = text(node, key: key)
      return nil
    }
    switch scalarLiteral(node, scope) {
    case .text(let template): return template
    case .some(.none): return Template(text: "none")
    case .bool(let value): return Template(text: "\(value)")
    case .int(let value): return Template(text: "\(value)")
    case .double(let value): return Template(text: shortestText(of: value))
    default: return nil
    }
  }

  /// Splits a text at its placeholders.
  private func parseTemplate(_ text: String, _ node: YamlNode, _ scope: Scope) -> Template? {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) else {
      return Template(text: text)
    }
    var segments: [Template.Segment] = []
    var literal = String.UnicodeScalarView()
    // By scalars: a combining mark behind a brace does not make it another character.
    var rest = text.unicodeScalars[...]
    var isSound = true
    var reported: Set<String> = []
    while let character = rest.popFirst() {
      if character == rest.first, character == "{" || character == "}" {
        rest.removeFirst()
        literal.append(character)
        continue
      }
      guard character == "{" else {
        literal.append(character)
        continue
      }
      let inside = rest.prefix { $0 != "{" && $0 != "}" }
      rest = rest[inside.endIndex...]
      let isClosed = rest.first == "}"
      if isClosed { rest.removeFirst() }
      guard isClosed, let placeholder = placeholder(String(inside), scope) else {
        isSound = false
        // Each is wrong once, and a text of nothing but braces is not worked through to its end.
        guard !faults.isFull, reported.count < FaultList.most else { return nil }
        guard reported.insert(String(inside)).inserted else { continue }
        reportPlaceholder(String(inside), isClosed: isClosed, node, scope)
        continue
      }
      if !literal.isEmpty { segments.append(.text(String(literal))) }
      literal = String.UnicodeScalarView()
      segments.append(.placeholder(placeholder))
    }
    if !literal.isEmpty { segments.append(.text(String(literal))) }
    return isSound ? Template(segments) : nil
  }

  private static let placeholders: [(String, Placeholder)] = [
    ("value", .value), ("failure", .failureMessage), ("failure.type", .failureType),
    ("failure.sub", .subFailureMessage), ("failure.sub.type", .subFailureType),
    ("failure.index", .failureIndex), ("count", .count),
  ]

  /// A script's variable hides a placeholder of the same name, as the inner name does in Python.
  private func placeholder(_ name: String, _ scope: Scope) -> Placeholder? {
    if scope.variables.contains(name) { return .variable(name) }
    guard let found = Self.placeholders.first(where: { $0.0 == name })?.1 else { return nil }
    return found == .count && !scope.isInLoop ? nil : found
  }

  private func reportPlaceholder(_ name: String, isClosed: Bool, _ node: YamlNode, _ scope: Scope) {
    let mark = source.find("{\(name)", from: node.mark)
    guard isClosed else {
      return fault(mark, "this `{` opens a placeholder that nothing closes", hint: "a brace as text is `{{`")
    }
    if name == "count" {
      return fault(mark, "`{count}` has a meaning only in what a loop does")
    }
    let known =
      Self.placeholders.map(\.0).filter { $0 != "count" || scope.isInLoop } + scope.variables.sorted()
    fault(
      mark, "there is no placeholder `{\(name)}`",
      hint: didYouMean(name, among: known).map { $0 + " Braces as text are `{{` and `}}`" }
        ?? "braces as text are `{{` and `}}`")
  }

  // MARK: Errors

  /// `Type message…` or `{type: T, message: M}`
  func error(_ node: YamlNode, key: String, _ scope: Scope) -> ErrorLiteral? {
    if case .mapping(let pairs) = node.content { return errorMap(node, pairs, key: key, scope) }
    guard case .text(let text) = node.scalar else {
      if !node.isBroken {
        fault(
          node.mark, "`\(key)` needs an error, and this is \(describe(node))",
          hint: "as in `ValueError bad line 3`")
      }
      return nil
    }
    let word = text.prefix { !$0.isWhitespace }
    let message = text[word.endIndex...].drop { $0.isWhitespace }
    // `ValueError: bad` is how Python prints it, and people paste that.
    let type = word.hasSuffix(":") ? word.dropLast() : word
    guard let name = errorType(String(type), node.mark, raised: true),
      let template = parseTemplate(String(message), node, scope)
    else { return nil }
    return ErrorLiteral(type: name, message: template, mark: node.mark)
  }

  private func errorMap(
    _ node: YamlNode, _ pairs: [YamlNode.Pair], key: String, _ scope: Scope
  ) -> ErrorLiteral? {
    if pairs.count == 1, let type = pairs[0].key.scalarText, Grammar.error[type] == nil,
      let message = pairs[0].value.scalarText
    {
      fault(
        node.mark, "an error is written without a colon",
        hint: "drop it: `\(key): \(type)\(message.isEmpty ? "" : " ")\(message)`")
      return nil
    }
    guard let fields = open(node, Grammar.error), let type = fields["type"] else { return nil }
    let message = fields["message"].map { template($0, key: "message", scope) } ?? Template(text: "")
    guard let name = errorType(type, raised: true), let message else { return nil }
    return ErrorLiteral(type: name, message: message, mark: node.mark)
  }

  /// The name of an error type. `raised`: some that Twisted makes cannot be written.
  func errorType(_ node: YamlNode, key: String = "type", raised: Bool = false) -> String? {
    guard let name = name(node, key: key, noun: "an error type") else { return nil }
    return errorType(name.text, name.mark, raised: raised)
  }

  func errorType(_ text: String, _ mark: Mark, raised: Bool) -> String? {
    guard isName(text) else {
      let isTemplate = text.contains("{")
      fault(
        mark, "`\(text)` is not the name of an error type",
        hint: isTemplate
          ? "an error starts with its type; `return: \"{value}\"` or `pass: true` hands the Failure on"
          : "an error is a type and a message: `ValueError bad line 3`")
      return nil
    }
    if raised, text == "FirstError" || text == "FailureGroup" {
      fault(mark, "`\(text)` is made by Twisted only, around other Failures")
      return nil
    }
    if usedTypes[text].map({ mark < $0 }) ?? true { usedTypes[text] = mark }
    return text
  }
}

/// A number in its shortest form: `2.0` is `2`.
package func shortestText(of value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
