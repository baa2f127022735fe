extension ScenarioReader {
  /// Reports that something else should stand behind a key.
  private func reportNeed(_ node: YamlNode, _ key: String, _ need: String, hint: String? = nil) {
    guard !node.isBroken else { return }
    fault(node.mark, "`\(key)` needs \(need), and this is \(describe(node))", hint: hint)
  }

  /// A text for people, as it is written.
  func text(_ node: YamlNode, key: String) -> String? {
    if let text = node.scalarText { return text }
    reportNeed(node, key, "a text", hint: quoteHint(node))
    return nil
  }

  /// Letters, digits, `_` and `-`.
  func name(_ node: YamlNode, key: String, noun: String = "a name") -> Name? {
    guard let text = node.scalarText, !node.isNone else {
      reportNeed(node, key, noun)
      return nil
    }
    guard isName(text) else {
      fault(
        node.mark, text.isEmpty ? "a name cannot be empty" : "`\(text)` is not a name",
        hint: "names are made of letters, digits, `_` and `-`")
      return nil
    }
    return Name(text, mark: node.mark)
  }

  /// The name of an object as output has it: `x`, `x#2`, `all.0`; its first part must be made by something.
  func objectName(_ node: YamlNode, key: String, role: Role = .object) -> String? {
    guard let text = node.scalarText, !node.isNone else {
      reportNeed(node, key, "a name")
      return nil
    }
    let first = text.prefix { $0 != "." && $0 != "#" }
    guard isName(String(first)) else {
      fault(node.mark, "`\(text)` is not a name", hint: "an object is named as in `x`, `x#2` or `all.0`")
      return nil
    }
    // Parts of a longer name are objects of any kind.
    let isWhole = first.count == text.count
    names.use(Name(String(first), mark: node.mark), as: isWhole ? role : .object, key: key)
    return text
  }

  /// `D.handler`
  func handlerPath(_ node: YamlNode, key: String) -> HandlerPath? {
    if let text = node.scalarText, text.hasPrefix("timeline "), Int(text.dropFirst(9)) != nil {
      return HandlerPath(text: text, mark: node.mark)
    }
    guard let text = objectName(node, key: key) else { return nil }
    let path = HandlerPath(text: text, mark: node.mark)
    paths.append(path)
    return path
  }

  func flag(_ node: YamlNode?, key: String, default value: Bool) -> Bool {
    guard let node else { return value }
    if case .bool(let flag) = node.scalar { return flag }
    reportNeed(node, key, "true or false", hint: yesHint(node))
    return value
  }

  func integer(_ node: YamlNode, key: String, atLeast least: Int? = nil) -> Int? {
    guard case .int(let value) = node.scalar else {
      reportNeed(node, key, "a whole number", hint: numberHint(node))
      return nil
    }
    if let least, value < least {
      fault(node.mark, "`\(key)` needs a whole number from \(least) on, and this is \(value)")
      return nil
    }
    return value
  }

  /// Decimal seconds, exactly, to the microsecond.
  ///
  /// - Parameter words: what else may stand in the place, for the hint.
  func seconds(
    _ node: YamlNode, key: String, mayBeNegative: Bool = false, or words: [String] = []
  ) -> Microseconds? {
    guard case .scalar(let text, isPlain: true) = node.content else {
      reportNeed(node, key, "seconds", hint: numberHint(node))
      return nil
    }
    switch node.scalar {
    case .int, .double, .tooBig: break
    default:
      let other = words.isEmpty ? nil : "a number such as 2 or 0.5, or `\(words.joined(separator: "`, `"))`"
      let near = didYouMean(text, among: words)
      reportNeed(node, key, "seconds", hint: near ?? other ?? "a number such as 2 or 0.5")
      return nil
    }
    guard let microseconds = exactMicroseconds(text) else {
      fault(node.mark, "`\(key)` is beyond 2^63 microseconds")
      return nil
    }
    let isNegative = text.hasPrefix("-") && Decimal(text)?.digits.contains { $0 != 0 } == true
    if isNegative, !mayBeNegative {
      fault(node.mark, "`\(key)` cannot be negative, and this is \(text)")
      return nil
    }
    return microseconds
  }

  private func exactMicroseconds(_ text: String) -> Microseconds? {
    if let decimal = Decimal(text) { return decimal.microseconds }
    guard case .int(let value) = CoreScalar(plain: text) else { return nil }
    let (product, isOver) = value.multipliedReportingOverflow(by: 1_000_000)
    return isOver ? nil : Microseconds(product)
  }

  /// One of a few words.
  func word<Word: RawRepresentable & CaseIterable>(_ node: YamlNode, key: String) -> Word?
  where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue)
    if let text = node.scalarText, let word = Word(rawValue: text) { return word }
    let choices = words.map { "`\($0)`" }.joined(separator: ", ")
    let hint = node.scalarText.flatMap { didYouMean($0, among: words) }
    reportNeed(node, key, "one of \(choices)", hint: hint)
    return nil
  }

  /// The nodes of a list. `mayBeNone`: its members may be none, so a list of one none is no slip.
  func list(_ node: YamlNode?, key: String, of what: String, mayBeNone: Bool = false) -> [YamlNode] {
    guard let node else { return [] }
    if case .sequence(let items) = node.content {
      guard items.count == 1, items[0].isNone, !mayBeNone else { return items }
      fault(
        items[0].mark, "`\(key)` needs \(what), and this is a list with nothing in it",
        hint: "an empty list is `[]`")
      return []
    }
    let hint =
      node.isNone ? "an empty list is `[]`" : "a list of one is written [\(node.scalarText ?? "{…}")]"
    reportNeed(node, key, "a list of \(what)", hint: hint)
    return []
  }

  /// The pairs of a map.
  func map(_ node: YamlNode?, key: String, of what: String) -> [YamlNode.Pair] {
    guard let node else { return [] }
    if case .mapping(let pairs) = node.content { return pairs }
    reportNeed(node, key, "a map of \(what)")
    return []
  }

  // MARK: Hints

  private func quoteHint(_ node: YamlNode) -> String? {
    if case .mapping = node.content { return "a text with braces or a colon in it is quoted" }
    return nil
  }

  private func numberHint(_ node: YamlNode) -> String? {
    if case .scalar(let text, isPlain: false) = node.content, Decimal(text) != nil {
      return "a number is written without quotes"
    }
    return nil
  }

  private func yesHint(_ node: YamlNode) -> String? {
    switch node.scalarText {
    case "yes", "on", "Yes", "On": "write `true`: in YAML 1.2 this is a text"
    case "no", "off", "No", "Off": "write `false`: in YAML 1.2 this is a text"
    default: nil
    }
  }
}

/// Letters, digits, `_` and `-`.
func isName(_ text: String) -> Bool {
  !text.isEmpty
    && text.unicodeScalars.allSatisfy { scalar in
      scalar == "_" || scalar == "-" || scalar.properties.isAlphabetic
        || scalar.properties.generalCategory == .decimalNumber
        || scalar.properties.generalCategory == .nonspacingMark
    }
}
