internal import CYaml

/// Reads one YAML document into nodes, within bounds, and reports what a scenario may not use.
///
/// It works on the parser's events, one at a time and without recursion, so depth, size and aliases are bounded
/// while reading and not after. Things that leave the document readable (tags, merge keys, keys given twice)
/// are reported and passed over, so that all of them come in one go.
struct YamlReader {
  /// The levels to which collections may nest.
  static let deepest = 100
  /// How many nodes aliases may add.
  static let mostAliasNodes = 100_000
  /// How many nodes a document may have: about 500 MB of them at the very worst.
  static let mostNodes = 2_000_000

  /// A collection that is still open.
  private struct Frame {
    var mark: Mark
    var anchor: String?
    var isMapping: Bool
    var isFlow: Bool
    var items: [YamlNode] = []
    var size = 1
    var height = 1
  }

  private let source: SourceText
  private var faults: FaultList
  private var frames: [Frame] = []
  private var anchors: [String: YamlNode] = [:]
  private var root: YamlNode?
  private var nodeCount = 0
  private var aliasNodeCount = 0
  private var documentCount = 0
  private var isStopped = false

  private init(source: SourceText, faults: FaultList) {
    self.source = source
    self.faults = faults
  }

  /// Reads the document; nil when it is empty or cannot be read to its end, which the faults then say.
  static func read(_ source: SourceText, faults: FaultList) -> YamlNode? {
    var reader = YamlReader(source: source, faults: faults)
    source.bytes.withUnsafeBufferPointer { reader.run($0) }
    return reader.isStopped ? nil : reader.root
  }

  private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    if let mark = source.tagDirective(number: 100) {
      return stop(mark, "this file has a hundred `%TAG` directives", hint: "tags are not part of the format")
    }
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return stop(Mark(line: 1, column: 1), "out of memory") }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    // An empty buffer may have no address, which the parser does not take.
    var nothing: UInt8 = 0
    withUnsafePointer(to: &nothing) { empty in
      yaml_parser_set_input_string(&parser, bytes.baseAddress ?? empty, bytes.count)
      while !isStopped {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else { return reportSyntax(parser) }
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { return }
        handle(event)
      }
    }
  }

  private mutating func handle(_ event: yaml_event_t) {
    let mark = source.mark(at: Int(event.start_mark.index))
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      documentCount += 1
      if documentCount > 1 {
        stop(
          mark, "a file is one scenario, and a second document starts here", hint: "make it a file of its own"
        )
      }
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = Self.text(scalar.value, count: scalar.length)
      let isTagged = refuseTag(scalar.tag, at: mark)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE && !isTagged
      let node = YamlNode(content: .scalar(text, isPlain: isPlain), mark: mark)
      place(node, anchor: Self.text(scalar.anchor))
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      _ = refuseTag(sequence.tag, at: mark)
      let isFlow = sequence.style == YAML_FLOW_SEQUENCE_STYLE
      open(
        Frame(mark: mark, anchor: Self.text(sequence.anchor), isMapping: false, isFlow: isFlow))
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      _ = refuseTag(mapping.tag, at: mark)
      let isFlow = mapping.style == YAML_FLOW_MAPPING_STYLE
      open(
        Frame(mark: mark, anchor: Self.text(mapping.anchor), isMapping: true, isFlow: isFlow))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: close()
    case YAML_ALIAS_EVENT: placeAlias(Self.text(event.data.alias.anchor) ?? "", at: mark)
    default: break
    }
  }

  // MARK: Building

  private mutating func open(_ frame: Frame) {
    guard frames.count < Self.deepest else {
      return stop(frame.mark, tooDeep)
    }
    if let anchor = frame.anchor { anchors[anchor] = nil }
    frames.append(frame)
  }

  private mutating func close() {
    guard let frame = frames.popLast() else { return }
    let content: YamlNode.Content =
      frame.isMapping ? .mapping(pairs(of: frame)) : .sequence(frame.items)
    let node = YamlNode(
      content: content, mark: frame.mark, isFlow: frame.isFlow, size: frame.size, height: frame.height)
    place(node, anchor: frame.anchor)
  }

  private mutating func place(_ node: YamlNode, anchor: String?) {
    nodeCount += 1
    guard nodeCount <= Self.mostNodes else {
      return stop(node.mark, "this file has more than \(Self.mostNodes) values")
    }
    if let anchor { anchors[anchor] = node }
    append(node)
  }

  private mutating func append(_ node: YamlNode) {
    guard let last = frames.indices.last else {
      root = node
      return
    }
    frames[last].items.append(node)
    frames[last].size += node.size
    frames[last].height = max(frames[last].height, node.height + 1)
  }

  private mutating func placeAlias(_ anchor: String, at mark: Mark) {
    guard let node = anchors[anchor] else {
      if frames.contains(where: { $0.anchor == anchor }) {
        faults.add(mark, "`*\(anchor)` stands inside of what it names, which would never end")
      } else {
        faults.add(
          mark, "there is no anchor `&\(anchor)` above this",
          hint: anchors.count > 1_000 ? nil : didYouMean(anchor, among: anchors.keys.sorted(), prefix: "*"))
      }
      return append(YamlNode(content: .broken, mark: mark))
    }
    aliasNodeCount += node.size
    guard aliasNodeCount <= Self.mostAliasNodes else {
      return stop(mark, "aliases make this file more than \(Self.mostAliasNodes) values longer")
    }
    guard frames.count + node.height <= Self.deepest else {
      return stop(mark, "with this alias the file nests deeper than \(Self.deepest) levels")
    }
    append(node)
  }

  /// Keys and values of a mapping, without those that cannot stand.
  private mutating func pairs(of frame: Frame) -> [YamlNode.Pair] {
    var pairs: [YamlNode.Pair] = []
    var seen: [String: Mark] = [:]
    for index in stride(from: 0, to: frame.items.count - 1, by: 2) {
      let key = frame.items[index]
      guard case .scalar(let text, let isPlain) = key.content else {
        if !key.isBroken {
          faults.add(key.mark, "a key must be a word, not a list or a map", hint: quoteHint)
        }
        continue
      }
      if text == "<<", isPlain {
        faults.add(key.mark, "merge keys (`<<`) are not part of the format", hint: "write the keys out")
      } else if let first = seen[text] {
        let place = "it is already at \(first.line):\(first.column)"
        faults.add(key.mark, "the key `\(text)` is given twice", hint: place)
      } else {
        seen[text] = key.mark
        pairs.append(YamlNode.Pair(key: key, value: frame.items[index + 1]))
      }
    }
    return pairs
  }

  private var tooDeep: String { "this nests deeper than \(Self.deepest) levels" }

  private var quoteHint: String { #"a text that starts with a brace or a bracket is quoted: "{value}""# }

  // MARK: Faults

  private mutating func stop(_ mark: Mark, _ message: String, hint: String? = nil) {
    isStopped = true
    faults.add(mark, message, hint: hint)
  }

  private func refuseTag(_ tag: UnsafeMutablePointer<yaml_char_t>?, at mark: Mark) -> Bool {
    guard let tag = Self.text(tag) else { return false }
    faults.add(mark, "tags (`\(tag)`) are not part of the format", hint: "leave it out")
    return true
  }

  private mutating func reportSyntax(_ parser: yaml_parser_t) {
    let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
    let index = Int(parser.problem_mark.index)
    let mark = source.mark(at: index)
    // The parser looks ahead, and has a limit of its own for that.
    if problem.contains("nesting level") { return stop(mark, tooDeep) }
    var message = "this is not YAML: \(problem)"
    if let context = parser.context.map({ String(cString: $0) }) {
      let start = source.mark(at: Int(parser.context_mark.index))
      message += " (\(context) at \(start.line):\(start.column))"
    }
    stop(mark, message, hint: syntaxHint(problem: problem, at: source.excerpt(at: mark)))
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?, count: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: pointer, count: count), as: UTF8.self)
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
