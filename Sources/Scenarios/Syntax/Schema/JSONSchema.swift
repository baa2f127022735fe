/// The JSON Schema (draft 2020-12) of the scenario format, for editors that complete and check as one types.
///
/// It is made from the tables by which files are read, and says no less than they do about keys; names that
/// must exist and other things between places are beyond a schema. The text is the same at each call.
package func scenarioSchema() -> String {
  var members: [JSON.Member] = [
    ("$schema", "https://json-schema.org/draft/2020-12/schema"),
    ("title", "Trapline scenario, version 1"),
    ("$ref", .string(reference(to: .scenario))),
  ]
  let definitions = TableName.allCases.map { name in (name.rawValue, definition(Grammar.choices(name))) }
  members.append(("$defs", .object(definitions)))
  return JSON.object(members).text + "\n"
}

private func reference(to table: TableName) -> String { "#/$defs/" + table.rawValue }

private func definition(_ choice: ChoiceTable) -> JSON {
  let branches = choice.branches.map { schema($0, exclusive: choice.exclusive) }
  if branches.count == 1 { return branches[0] }
  return .object([("description", .string(choice.sentence)), ("anyOf", .array(branches))])
}

/// A map with fixed keys.
private func schema(_ table: MapTable, exclusive: [String]) -> JSON {
  var members: [JSON.Member] = [
    ("description", .string(table.sentence)), ("type", "object"),
    ("properties", .object(table.rows.map { ($0.name, schema($0)) })),
    ("additionalProperties", .bool(false)),
  ]
  let required = table.rows.filter(\.isRequired).map { JSON.string($0.name) }
  if !required.isEmpty { members.append(("required", .array(required))) }
  let rivals = exclusive.filter { table[$0] != nil }
  if rivals.count > 1 { members.append(("allOf", .array(atMostOne(of: rivals)))) }
  return .object(members)
}

/// No two of these keys together.
private func atMostOne(of keys: [String]) -> [JSON] {
  keys.indices.flatMap { first in
    keys[(first + 1)...].map { second in
      .object([("not", .object([("required", .array([.string(keys[first]), .string(second)]))]))])
    }
  }
}

private func schema(_ row: KeyRow) -> JSON {
  // A `$ref` may have neighbours in this draft, so every key keeps its own sentence.
  guard case .object(let members) = schema(row.shape) else { return .bool(true) }
  return .object([("description", .string(row.sentence))] + members)
}

private func schema(_ shape: Shape) -> JSON {
  switch shape {
  case .text, .template:
    .object([("type", .array(["string", "number", "boolean", "null"]))])
  case .name, .errorType: .object([("type", "string"), ("pattern", .string(namePattern))])
  case .objectName: .object([("type", "string"), ("pattern", .string(objectPattern))])
  case .handlerPath: .object([("type", "string")])
  case .errorTypes: .object([("anyOf", .array([schema(.errorType), schema(.list(.errorType))]))])
  case .error: .object([("anyOf", .array([.object([("type", "string")]), schema(.table(.error))]))])
  case .seconds(let mayBeNegative):
    .object([("type", "number")] + (mayBeNegative ? [] : [("minimum", .int(0))]))
  case .integer(let least):
    .object([("type", "integer")] + (least.map { [("minimum", .int($0))] } ?? []))
  case .flag: .object([("type", "boolean")])
  case .yes: .object([("const", .bool(true))])
  case .exactly(let number): .object([("const", .int(number))])
  case .oneOf(let words): .object([("enum", .array(words.map { .string($0) }))])
  case .value: .object([])
  case .list(let element): .object([("type", "array"), ("items", schema(element))])
  case .map(let keys, let values): map(keys, values)
  case .table(let name): .object([("$ref", .string(reference(to: name)))])
  case .either(let shapes): .object([("anyOf", .array(shapes.map(schema)))])
  case .nothing: .object([("type", "null")])
  }
}

/// A map whose keys the person chooses. Keys are always strings here, so only their pattern matters.
private func map(_ keys: Shape, _ values: Shape) -> JSON {
  var members: [JSON.Member] = [("type", "object")]
  if case .object(let key) = schema(keys), let pattern = key.first(where: { $0.0 == "pattern" }) {
    members.append(("propertyNames", .object([pattern])))
  }
  members.append(("additionalProperties", schema(values)))
  return .object(members)
}

/// Every punctuation of ASCII but `-` and `_` is out, in a form that all dialects of patterns understand.
private let namePattern = "^[^\\s!-,./:-@\\[-^`{-~]+$"

/// The same with what output adds: `all.0`, `x#2`, `poem.callback 0.await`.
private let objectPattern = "^[^\\s!-,./:-@\\[-^`{-~]+([.#].+)?$"
