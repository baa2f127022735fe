internal import Deferreds

/// Writes values as text, in the three ways in which a run needs them, never more than a limit of bytes.
struct ValueWriter {
  /// What a value is written for.
  enum Style {
    /// Inside a template: strings as they are, lists and maps as JSON.
    case text
    /// `observed` output: JSON in which nothing is left that a terminal would obey.
    case json
    /// A list or a map inside a template: JSON whose strings are as they are, as in Python.
    case inText
    /// Records: as a Python program would print it, but for `none`, `true` and `false`.
    case repr

    var isJSON: Bool { self == .json || self == .inText }
  }

  /// How deep lists and maps are followed; deeper ones are `…`.
  static let deepest = 200

  private(set) var output = ""
  /// Whether the limit cut something off.
  private(set) var isCut = false
  private let limit: Int
  private let nameOf: (Deferred<Value>) -> String?

  /// - Parameters:
  ///   - limit: how many bytes of UTF-8 may be written, give or take one string.
  ///   - nameOf: the name by which output calls a Deferred.
  init(limit: Int = .max, nameOf: @escaping (Deferred<Value>) -> String?) {
    self.limit = limit
    self.nameOf = nameOf
  }

  mutating func write(_ text: String) {
    guard output.utf8.count < limit else {
      isCut = true
      return
    }
    output += text
  }

  mutating func write(_ value: Value, as style: Style) { write(value, as: style, depth: 0) }

  private mutating func write(_ value: Value, as style: Style, depth: Int) {
    guard !isCut else { return }
    guard depth < Self.deepest else { return write(style.isJSON ? "\"…\"" : "…") }
    switch value {
    case .none: write(style.isJSON ? "null" : "none")
    case .bool(let bool): write(bool ? "true" : "false")
    case .int(let number): write(String(number))
    case .double(let number): write(NumberText.shortest(number))
    case .string(let string): write(string, as: style)
    case .list(let list):
      write("[")
      for (index, item) in list.items.enumerated() where !isCut {
        if index > 0 { write(", ") }
        write(item, as: style == .text ? .inText : style, depth: depth + 1)
      }
      write("]")
    case .map(let map):
      write("{")
      for (index, entry) in map.entries.enumerated() where !isCut {
        if index > 0 { write(", ") }
        write(entry.key, as: style == .text ? .inText : style)
        write(": ")
        write(entry.value, as: style == .text ? .inText : style, depth: depth + 1)
      }
      write("}")
    case .deferred(let deferred): write(object: "deferred", nameOf(deferred), as: style)
    case .failure(let failure): write(failure, as: style)
    case .object(let object): write(object: object.kind, object.name, as: style)
    }
  }

  private mutating func write(_ string: String, as style: Style) {
    switch style {
    case .text: write(string)
    case .json, .inText: write(Self.quoted(string, as: style))
    case .repr: write(Self.pythonQuoted(string))
    }
  }

  /// - Parameter name: nil for a Deferred of the library's own.
  private mutating func write(object kind: String, _ name: String?, as style: Style) {
    switch style {
    case .text: write(name ?? kind)
    case .json, .inText:
      write("{\(Self.quoted(kind)): \(name.map { Self.quoted($0, as: style) } ?? "null")}")
    case .repr: write("<\(kind) \(name ?? "without a name")>")
    }
  }

  private mutating func write(_ failure: Failure, as style: Style) {
    switch style {
    case .text: write(failure.description)
    case .json, .inText:
      let message = Self.quoted(failure.message, as: style)
      write("{\"failure\": \(Self.quoted(failure.typeName, as: style)), \"message\": \(message)}")
    case .repr: write("<Failure \(failure)>")
    }
  }

  /// A string as JSON for `observed` output.
  static func quoted(_ string: String) -> String { quoted(string, as: .json) }

  /// A string as JSON: what can be seen as it is, the rest as it is only inside a text.
  private static func quoted(_ string: String, as style: Style) -> String {
    var quoted = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{8}": quoted += "\\b"
      case "\u{C}": quoted += "\\f"
      case "\u{0}"..<" ": quoted += escape(scalar)
      case "\u{7f}"... where style == .json && isUnseen(scalar): quoted += escape(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Whether a terminal would obey a character rather than show it: a control or a direction.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let code = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - code.count) + code
    }.joined()
  }

  /// A string as Python's `repr` writes it: in single quotes, or double ones where only single ones are inside.
  static func pythonQuoted(_ string: String) -> String {
    let quote: Unicode.Scalar =
      string.unicodeScalars.contains("'") && !string.unicodeScalars.contains("\"") ? "\"" : "'"
    var quoted = String(Character(quote))
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case quote: quoted += "\\\(quote)"
      case "\u{0}"..<" ", "\u{7f}":
        let code = String(scalar.value, radix: 16)
        quoted += "\\x" + String(repeating: "0", count: 2 - code.count) + code
      case "\u{80}"... where isUnseen(scalar): quoted += escape(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + String(Character(quote))
  }
}
