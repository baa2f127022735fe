/// A JSON document to be written, its keys in the order given.
indirect enum JSON {
  typealias Member = (String, JSON)

  case bool(Bool)
  case int(Int)
  case string(String)
  case array([JSON])
  case object([Member])

  /// The document over several lines, indented by two spaces; short lists of scalars stay on one line.
  var text: String {
    var result = ""
    write(to: &result, indent: "")
    return result
  }

  private func write(to result: inout String, indent: String) {
    let inner = indent + "  "
    switch self {
    case .bool(let value): result += value ? "true" : "false"
    case .int(let value): result += String(value)
    case .string(let value): Self.write(value, to: &result)
    case .array(let items):
      let isShort = items.allSatisfy(\.isScalar)
      result += "["
      for (index, item) in items.enumerated() {
        if index > 0 { result += isShort ? ", " : "," }
        if !isShort { result += "\n" + inner }
        item.write(to: &result, indent: inner)
      }
      result += isShort ? "]" : "\n" + indent + "]"
    case .object(let members):
      result += "{"
      for (index, member) in members.enumerated() {
        result += (index > 0 ? ",\n" : "\n") + inner
        Self.write(member.0, to: &result)
        result += ": "
        member.1.write(to: &result, indent: inner)
      }
      result += members.isEmpty ? "}" : "\n" + indent + "}"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .bool, .int, .string: true
    case .array, .object: false
    }
  }

  private static func write(_ value: String, to result: inout String) {
    result += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default:
        if scalar.value < 0x20 {
          result += "\\u" + hex(scalar.value, digits: 4)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    result += "\""
  }
}

extension JSON: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .string(value) }
}
