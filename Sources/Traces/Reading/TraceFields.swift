/// The fields of one line of a trace, by key.
///
/// A field may be text, or the number of a text that an earlier line has given: `{"s":3,"text":"parse"}`.
struct TraceFields {
  private var values = [JSONValue](repeating: .absent, count: TraceKey.allCases.count)
  private var present: [TraceKey] = []
  /// Where each value began, for saying what is wrong with it.
  private var offsets = [Int](repeating: 0, count: TraceKey.allCases.count)
  private var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// The texts that lines have numbered.
  let texts = TextTable()
  /// The step to which the record leads that is read: it says which texts hold.
  var step = 1

  /// The first key of the line, if it is one that is known: it tells what the line is.
  private(set) var first: TraceKey?
  private var isAfterFirst = false

  /// Reads a line; the bytes must stay for as long as the fields are looked at.
  mutating func read(_ line: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
    for key in present { values[key.rawValue] = .absent }
    present.removeAll(keepingCapacity: true)
    bytes = line
    first = nil
    isAfterFirst = false
    var scanner = JSONScanner(line)
    guard scanner.take(.openBrace) else { throw scanner.fault("a line of a trace is a JSON object") }
    if !scanner.take(.closeBrace) {
      repeat { try readField(&scanner) } while scanner.take(.comma)
      guard scanner.take(.closeBrace) else {
        throw scanner.fault("an object goes on with `,` or ends with `}`")
      }
    }
    scanner.skipBlanks()
    guard scanner.isAtEnd else { throw scanner.fault("something follows the object") }
  }

  private mutating func readField(_ scanner: inout JSONScanner) throws(JSONFault) {
    guard case .text(let start, let end, _) = try scanner.string() else { return }
    guard scanner.take(.colon) else { throw scanner.fault("a key is followed by `:`") }
    scanner.skipBlanks()
    let offset = scanner.place
    let value = try scanner.value()
    defer { isAfterFirst = true }
    guard let key = TraceKey(bytes[start..<end]) else { return }
    if !isAfterFirst { first = key }
    present.append(key)
    values[key.rawValue] = value
    offsets[key.rawValue] = offset
  }

  func has(_ key: TraceKey) -> Bool {
    switch values[key.rawValue] {
    case .absent, .null: false
    default: true
    }
  }

  /// What a field is to be, and is not.
  func wrong(_ key: TraceKey, _ what: String) -> JSONFault {
    has(key)
      ? JSONFault(offset: offsets[key.rawValue], message: "`\(key)` is \(what)")
      : JSONFault(offset: 0, message: "`\(key)` is missing: \(what)")
  }

  // MARK: Numbers and flags

  func number(ifAny key: TraceKey) throws(JSONFault) -> Int64? {
    switch values[key.rawValue] {
    case .absent, .null: nil
    case .number(let number): number
    default: throw wrong(key, "a whole number")
    }
  }

  func number(_ key: TraceKey) throws(JSONFault) -> Int64 {
    guard let number = try number(ifAny: key) else { throw wrong(key, "a whole number") }
    return number
  }

  func int(ifAny key: TraceKey) throws(JSONFault) -> Int? { try number(ifAny: key).map { Int($0) } }
  func int(_ key: TraceKey) throws(JSONFault) -> Int { Int(try number(key)) }

  /// False where there is none.
  func flag(_ key: TraceKey) throws(JSONFault) -> Bool {
    switch values[key.rawValue] {
    case .absent, .null: false
    case .bool(let flag): flag
    default: throw wrong(key, "true or false")
    }
  }

  // MARK: Texts

  func text(ifAny key: TraceKey) throws(JSONFault) -> String? {
    switch values[key.rawValue] {
    case .absent, .null: nil
    case .text(let start, let end, let hasEscapes): jsonText(bytes[start..<end], hasEscapes: hasEscapes)
    case .number(let number): numbered(number)
    default: throw wrong(key, "a text, or the number of one")
    }
  }

  func text(_ key: TraceKey) throws(JSONFault) -> String {
    guard let text = try text(ifAny: key) else { throw wrong(key, "a text, or the number of one") }
    return text
  }

  /// A text whose line is missing is shown as that.
  private func numbered(_ number: Int64) -> String { texts.text(number, at: step) ?? "?\(number)" }

  // MARK: Lists

  func texts(_ key: TraceKey) throws(JSONFault) -> [String] {
    try list(key, "a list of texts") { value, scanner in
      switch value {
      case .text(let start, let end, let hasEscapes): jsonText(bytes[start..<end], hasEscapes: hasEscapes)
      case .number(let number): numbered(number)
      default: nil
      }
    }
  }

  func numbers(_ key: TraceKey) throws(JSONFault) -> [Int] {
    try list(key, "a list of whole numbers") { value, _ in
      if case .number(let number) = value { Int(number) } else { nil }
    }
  }

  private func list<Element>(
    _ key: TraceKey, _ what: String, _ element: (JSONValue, JSONScanner) -> Element?
  ) throws(JSONFault) -> [Element] {
    guard case .list(let start, let end) = values[key.rawValue] else { throw wrong(key, what) }
    var scanner = JSONScanner(UnsafeBufferPointer(rebasing: bytes[..<end]), at: start)
    scanner.skipBlanks()
    var elements: [Element] = []
    while !scanner.isAtEnd {
      guard let next = element(try scanner.value(), scanner) else { throw wrong(key, what) }
      elements.append(next)
      guard scanner.take(.comma) else { break }
    }
    return elements
  }
}
