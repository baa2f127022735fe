internal import Deferreds

/// Literals and templates become values.
extension ScenarioRun {
  func value(_ literal: Literal, in scope: RunScope) throws -> Value {
    switch literal {
    case .none: .none
    case .bool(let bool): .bool(bool)
    case .int(let number): .int(number)
    case .double(let number): .double(number)
    case .text(let template): try value(template, in: scope)
    case .list(let items): .list(try items.map { try value($0, in: scope) })
    case .map(let entries):
      .map(ValueMap(try entries.map { (key: $0.key, value: try value($0.value, in: scope)) }))
    }
  }

  /// A template that is one placeholder is that value itself; any other is a text.
  func value(_ template: Template, in scope: RunScope) throws -> Value {
    if let placeholder = template.wholePlaceholder { return try lookUp(placeholder, in: scope) }
    return .string(try text(template, in: scope))
  }

  func text(_ template: Template, in scope: RunScope) throws -> String {
    if let text = template.plainText { return text }
    var writer = ValueWriter(limit: bounds.textBytes, nameOf: name(of:))
    for segment in template.segments {
      switch segment {
      case .text(let text): writer.write(text)
      case .placeholder(let placeholder): writer.write(try lookUp(placeholder, in: scope), as: .text)
      }
    }
    if writer.isCut || writer.output.utf8.count > bounds.textBytes {
      end(because: "a text of \(scope.who) grows beyond \(bounds.textBytes) bytes")
    }
    if let fault = meter.countText(writer.output.utf8.count, by: scope.who) { end(fault) }
    return writer.output
  }

  func error(_ literal: ErrorLiteral, in scope: RunScope) throws -> RaisedError {
    raised(literal.type, try text(literal.message, in: scope), at: literal.mark)
  }

  /// An error of a type that the scenario knows.
  func raised(_ type: String, _ message: String, at mark: Mark? = nil) -> RaisedError {
    RaisedError(
      typeName: type, parentNames: Array(scenario.errorTypes.lineage(of: type).dropFirst()),
      message: message, mark: mark)
  }

  /// A Failure around an error that the scenario writes, born where it is written.
  func failure(_ literal: ErrorLiteral, in scope: RunScope) throws -> Failure {
    Failure(
      try error(literal, in: scope), from: scope.failure, file: scenario.file, line: literal.mark.line)
  }

  func nameError(_ name: String) -> RaisedError { raised("NameError", "name '\(name)' is not defined") }

  private func lookUp(_ placeholder: Placeholder, in scope: RunScope) throws -> Value {
    let failure = scope.failure
    let sub = failure?.error as? FirstError
    func text(_ text: String?) -> Value { text.map(Value.string) ?? .none }
    switch placeholder {
    case .value: return scope.input
    case .failureMessage: return text(failure?.message)
    case .failureType: return text(failure?.typeName)
    case .subFailureMessage: return text(sub?.failure.message)
    case .subFailureType: return text(sub?.failure.typeName)
    case .failureIndex: return sub.map { .int($0.index) } ?? .none
    case .count: return scope.count.map(Value.int) ?? .none
    case .variable(let name):
      guard let value = scope.variables?[name] else { throw nameError(name) }
      return value
    }
  }

  /// The name by which output calls a Deferred.
  func name(of deferred: Deferred<Value>) -> String? { namesByChain[deferred.identity]?.name }
}
