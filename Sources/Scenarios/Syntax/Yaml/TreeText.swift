/// A scenario file as JSON, for a program that interprets scenarios and need not know YAML.
///
/// A map is `{"at": PLACE, "map": {KEY: VALUE…}}`, a list `{"at": PLACE, "list": [VALUE…]}`. What an alias repeats
/// has the place of what it names, so that one thing can be told from two that look the same. Scalars are what
/// YAML's core schema makes of them, with `none` beside `null`; numbers keep all their digits.
///
/// - Parameter bytes: a file that ``parseScenario(_:file:)`` takes.
/// - Returns: nil for bytes that are no YAML document.
package func scenarioTree(_ bytes: [UInt8]) -> String? {
  guard SourceText.fault(in: bytes) == nil else { return nil }
  let source = SourceText(bytes)
  let faults = FaultList(file: "", excerpt: source.excerpt)
  guard let root = YamlReader.read(source, faults: faults), faults.errorCount == 0 else { return nil }
  var text = ""
  write(root, to: &text)
  return text
}

/// As deep as ``YamlReader`` lets things nest.
private func write(_ node: YamlNode, to text: inout String) {
  switch node.content {
  case .broken: text += "null"
  case .scalar(let scalar, _): text += json(node.scalar ?? .none, written: scalar)
  case .sequence(let items):
    text += "{\"at\": \"\(node.mark.line):\(node.mark.column)\", \"list\": ["
    for (index, item) in items.enumerated() {
      if index > 0 { text += ", " }
      write(item, to: &text)
    }
    text += "]}"
  case .mapping(let pairs):
    text += "{\"at\": \"\(node.mark.line):\(node.mark.column)\", \"map\": {"
    for (index, pair) in pairs.enumerated() {
      if index > 0 { text += ", " }
      text += ValueWriter.quoted(pair.key.scalarText ?? "") + ": "
      write(pair.value, to: &text)
    }
    text += "}}"
  }
}

private func json(_ scalar: CoreScalar, written: String) -> String {
  switch scalar {
  case .none: "null"
  case .bool(let value): value ? "true" : "false"
  case .int(let value): String(value)
  case .double, .tooBig, .notFinite: Decimal(written)?.json ?? "null"
  case .text(let value): ValueWriter.quoted(value)
  }
}

extension Decimal {
  /// As JSON writes a float: without a leading zero, and with an exponent, which marks it as one.
  fileprivate var json: String {
    let significant = digits.drop { $0 == 0 }
    let shown = significant.isEmpty ? "0" : significant.map(String.init).joined()
    return "\(isNegative ? "-" : "")\(shown)e\(exponent - fractionDigits)"
  }
}
