/// The keys of a map that a table describes, checked against that table.
struct Fields {
  let table: MapTable
  let mark: Mark
  private let pairs: [YamlNode.Pair]

  init(table: MapTable, mark: Mark, pairs: [YamlNode.Pair]) {
    self.table = table
    self.mark = mark
    self.pairs = pairs
  }

  /// The key by which its kind was told; empty for a kind without.
  var leading: String { table.leading ?? "" }

  subscript(key: String) -> YamlNode? { pairs.first { $0.key.scalarText == key }?.value }

  /// Where a key stands, or the whole map where it does not.
  func mark(of key: String) -> Mark { pairs.first { $0.key.scalarText == key }?.key.mark ?? mark }

  /// The keys that are given, in file order.
  var keys: [(name: String, mark: Mark)] { pairs.map { ($0.key.scalarText ?? "", $0.key.mark) } }
}

extension ScenarioReader {
  /// The fields of a map that can be only one thing.
  func open(_ node: YamlNode, _ table: MapTable) -> Fields? {
    choose(node, ChoiceTable(what: table.what, sentence: table.sentence, branches: [table]))
  }

  /// The fields of a map that is exactly one of several things.
  func choose(_ node: YamlNode, _ choice: ChoiceTable) -> Fields? {
    // A file of nothing but faults is not worked through to its end.
    guard !faults.isFull else { return nil }
    guard case .mapping(let pairs) = node.content else {
      if !node.isBroken { reportNoMap(node, choice.what) }
      return nil
    }
    guard let table = branch(of: node, pairs, choice) else { return nil }
    let unknown = checkKeys(pairs, of: table, in: choice, isFlow: node.isFlow)
    let fields = Fields(table: table, mark: node.mark, pairs: pairs)
    checkExclusive(fields, choice)
    for row in table.rows where row.isRequired && fields[row.name] == nil {
      // A misspelt key has been reported as such, and would be the missing one.
      if unknown.allSatisfy({ near($0, in: [row.name]) == nil }) {
        fault(node.mark, "\(table.what) needs `\(row.name)`", hint: requiredHint(row))
      }
    }
    // Whatever is missing, the rest is looked at too: all faults are told in one go.
    return fields
  }

  private func requiredHint(_ row: KeyRow) -> String {
    if case .exactly(let number) = row.shape { return "write `\(row.name): \(number)`" }
    return "`\(row.name)`: \(row.sentence)"
  }

  /// Which of the branches a map is.
  private func branch(of node: YamlNode, _ pairs: [YamlNode.Pair], _ choice: ChoiceTable) -> MapTable? {
    let given = pairs.compactMap(\.key.scalarText)
    // In file order, so that a complaint names what comes first.
    let candidates = given.compactMap { key in choice.branches.first { $0.leading == key } }
    let leading = candidates.compactMap(\.leading)
    if let whole = candidates.first(where: { Set($0.keyNames).isSuperset(of: leading) }) { return whole }
    if candidates.count > 1 {
      let extra = pairs.first { $0.key.scalarText == leading[1] }
      fault(
        extra?.key.mark ?? node.mark,
        "\(choice.what) is exactly one thing, and this is `\(leading[0])` and `\(leading[1])`",
        hint: "make them two entries")
      return nil
    }
    if let plain = choice.branches.first(where: { $0.leading == nil }) { return plain }
    reportNoLeading(node, pairs, choice)
    return nil
  }

  private func reportNoLeading(_ node: YamlNode, _ pairs: [YamlNode.Pair], _ choice: ChoiceTable) {
    for pair in pairs {
      guard let key = pair.key.scalarText, !choice.allKeys.contains(key) else { continue }
      let hint = didYouMean(key, among: choice.leadingKeys) ?? keyList(choice.leadingKeys)
      return fault(pair.key.mark, "`\(key)` is not \(choice.what)", hint: hint)
    }
    // Only keys that go with others are given, such as `at`.
    fault(
      node.mark, "\(choice.what) needs a key that says what it is",
      hint: "one of " + choice.leadingKeys.map { "`\($0)`" }.joined(separator: ", "))
  }

  /// Reports the keys that do not belong, and returns them.
  private func checkKeys(
    _ pairs: [YamlNode.Pair], of table: MapTable, in choice: ChoiceTable, isFlow: Bool
  ) -> [String] {
    var unknown: [String] = []
    for pair in pairs {
      guard let key = pair.key.scalarText, table[key] == nil else { continue }
      unknown.append(key)
      fault(
        pair.key.mark, "\(table.what) has no key `\(key)`",
        hint: keyHint(key, pair, table, choice, isFlow: isFlow))
    }
    return unknown
  }

  private func keyHint(
    _ key: String, _ pair: YamlNode.Pair, _ table: MapTable, _ choice: ChoiceTable, isFlow: Bool
  ) -> String? {
    if isFlow, pair.value.isEmpty {
      return "inside {…} a comma ends the value; a text with a comma in it is quoted"
    }
    let isAction = choice.what == Grammar.handlers.what && table.leading != nil && table.leading != "each"
    if isAction, Grammar.plainHandler[key] != nil {
      return "a handler with more than an action has it under `do`: [{\(table.leading ?? ""): …}]"
    }
    if let row = near(key, in: table.keyNames) { return row }
    if table.leading == nil, let other = near(key, in: choice.leadingKeys) { return other }
    return keyList(table.leading == nil ? table.keyNames + choice.leadingKeys : table.keyNames)
  }

  private func near(_ key: String, in names: [String]) -> String? { didYouMean(key, among: names) }

  /// Reports keys that exclude each other.
  private func checkExclusive(_ fields: Fields, _ choice: ChoiceTable) {
    let given = fields.keys.filter { choice.exclusive.contains($0.name) && fields.table[$0.name] != nil }
    guard given.count > 1 else { return }
    fault(
      given[1].mark, "\(fields.table.what) has one of `\(given[0].name)` and `\(given[1].name)`, not both")
  }

  private func reportNoMap(_ node: YamlNode, _ what: String) {
    var hint: String?
    if let text = node.scalarText, text.contains(":") { hint = "a key has a space after its colon" }
    if case .sequence = node.content, what == Grammar.handlers.what {
      hint = "several actions go under `do: […]`, a handler that changes under `each: […]`"
    }
    fault(node.mark, "\(what) is a map, and this is \(describe(node))", hint: hint)
  }

  /// The keys there are, or the first of very many.
  func keyList(_ keys: [String]) -> String? {
    guard !keys.isEmpty else { return nil }
    let most = 20
    let listed = keys.prefix(most).map { "`\($0)`" }.joined(separator: ", ")
    return "its keys are " + listed + (keys.count > most ? " and others" : "")
  }

  /// What a node is, for a complaint about it.
  func describe(_ node: YamlNode) -> String {
    switch node.content {
    case .broken: return "broken"
    case .sequence: return "a list"
    case .mapping: return "a map"
    case .scalar: break
    }
    switch node.scalar {
    case .some(.none): return node.isEmpty ? "nothing" : "none"
    case .bool(let value): return "\(value)"
    case .int, .double: return "the number \(node.scalarText ?? "")"
    case .tooBig: return "a number beyond all bounds"
    case .notFinite: return "not a finite number"
    case .text(let text): return text.count <= 40 ? "the text `\(text)`" : "a long text"
    case nil: return "nothing"
    }
  }
}
