/// What kind of thing stands behind a key: the column "value" of the format's tables.
indirect enum Shape: Sendable {
  /// A text for people, taken as it is written.
  case text
  /// A text with placeholders.
  case template
  /// A name: letters, digits, `_` and `-`.
  case name
  /// An object as output names it: `x`, `x#2`, `all.0`.
  case objectName
  /// `D.handler`
  case handlerPath
  /// The name of an error type.
  case errorType
  /// `T` or `[T, U]`
  case errorTypes
  /// `Type message…` or `{type: T, message: M}`
  case error
  /// Decimal seconds, not negative unless it says so.
  case seconds(mayBeNegative: Bool)
  /// A whole number, at least so much.
  case integer(atLeast: Int?)
  case flag
  /// Only `true`.
  case yes
  /// Only this whole number.
  case exactly(Int)
  case oneOf([String])
  /// Any YAML value, its strings templates.
  case value
  case list(Shape)
  /// A map from names or types of the person's own choosing.
  case map(keys: Shape, values: Shape)
  /// A map with fixed keys, described by a table.
  case table(TableName)
  case either([Shape])
  /// Nothing behind the key.
  case nothing
}

/// One row of a table: a key, what stands behind it, and a sentence for people and editors.
struct KeyRow: Sendable {
  var name: String
  var shape: Shape
  var isRequired: Bool
  var sentence: String
}

/// A map with fixed keys.
struct MapTable: Sendable {
  /// With its article: "a loop".
  var what: String
  var sentence: String
  /// The key that tells this map from others that may stand in the same place.
  var leading: String?
  var rows: [KeyRow]

  init(_ what: String, _ sentence: String, leading: String? = nil, rows: [KeyRow]) {
    self.what = what
    self.sentence = sentence
    self.leading = leading
    self.rows = rows
  }

  var keyNames: [String] { rows.map(\.name) }

  subscript(key: String) -> KeyRow? { rows.first { $0.name == key } }

  /// The same map with more keys.
  func adding(_ more: [KeyRow]) -> MapTable {
    var copy = self
    copy.rows += more
    return copy
  }
}

/// What may stand in one place: exactly one of several maps, told apart by their leading keys.
struct ChoiceTable: Sendable {
  var what: String
  var sentence: String
  var branches: [MapTable]
  /// Keys of which a map may have at most one.
  var exclusive: [String] = []

  /// Every leading key, in table order.
  var leadingKeys: [String] { branches.compactMap(\.leading) }

  /// Every key that any branch knows.
  var allKeys: [String] { branches.flatMap(\.keyNames) }
}

/// The places that share a table; also the names of the definitions in the JSON Schema.
enum TableName: String, CaseIterable, Sendable {
  case scenario, loop, task, cooperator, queue
  case deferred, inlineDeferred = "inline_deferred"
  case stage, handler, action, line, step
  case timelineEntry = "timeline_entry"
  case lessonEntry = "lesson_entry"
  case expectation
  case payload, error
  case awaitedValue = "awaited_value"
  case asyncFunction = "async_function"
}

func required(_ name: String, _ shape: Shape, _ sentence: String) -> KeyRow {
  KeyRow(name: name, shape: shape, isRequired: true, sentence: sentence)
}

func optional(_ name: String, _ shape: Shape, _ sentence: String) -> KeyRow {
  KeyRow(name: name, shape: shape, isRequired: false, sentence: sentence)
}
