/// A piece of a YAML document, aliases resolved.
struct YamlNode: Sendable {
  indirect enum Content: Sendable {
    /// `isPlain`: neither quoted nor a block, so it may be a number, a truth value or none.
    case scalar(String, isPlain: Bool)
    case sequence([YamlNode])
    case mapping([Pair])
    /// Something already reported, about which nobody should complain again.
    case broken
  }

  struct Pair: Sendable {
    var key: YamlNode
    var value: YamlNode
  }

  var content: Content
  var mark: Mark
  /// Written in `{…}` or `[…]`.
  var isFlow = false
  /// How many nodes it has, itself and what aliases brought in included.
  var size = 1
  /// How many collections nest in it, itself included.
  var height = 0
}

extension YamlNode {
  /// The text of a scalar, whatever its style.
  var scalarText: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  var isBroken: Bool {
    if case .broken = content { true } else { false }
  }

  /// Nothing was written: `key:` and no more.
  var isEmpty: Bool {
    if case .scalar("", isPlain: true) = content { true } else { false }
  }

  /// What a plain scalar means in YAML 1.2's core schema, with `none` beside `null`.
  var scalar: CoreScalar? {
    guard case .scalar(let text, let isPlain) = content else { return nil }
    return isPlain ? CoreScalar(plain: text) : .text(text)
  }

  var isNone: Bool { scalar == .some(.none) }
}
