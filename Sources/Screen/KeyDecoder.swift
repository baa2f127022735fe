/// What a terminal says, before it is known what it means.
package enum RawEvent: Hashable, Sendable {
  case character(Unicode.Scalar)
  /// A key that the terminal has a name for.
  case key(Key)
  case resized(Size)
  case mouseReportBegins, pasteBegins, pasteEnds
  case badByte
  case endOfInput
}

/// Puts single characters and named keys together to what a person did.
///
/// A terminal sends Alt-x as Esc and x, a click as a few numbers, and a paste between two marks. The decoder
/// knows these by asking for what follows at once: a person can't type that fast. It reads no terminal
/// itself, so that a test can play one.
package struct KeyDecoder {
  /// The longest pasted text that is kept, in characters; the rest is dropped.
  package static let pasteLimit = 65_536

  /// How long the rest of something begun may take, in milliseconds. Over a slow line a paste comes in parts.
  static let restTimeout_ms = 25
  static let pasteTimeout_ms = 500

  /// Waits for the next raw event; `nil` when the time given (in milliseconds, `nil` for ever) passed.
  package typealias Source = (_ timeout_ms: Int?) -> RawEvent?

  /// Two presses of a button at one place within this time are a double click.
  static let doubleClick = Duration.milliseconds(400)

  private let source: Source
  private let now: () -> ContinuousClock.Instant
  private var kept: [RawEvent] = []
  private var lastPress: (mouse: Mouse, time: ContinuousClock.Instant)?

  package init(source: @escaping Source, now: @escaping () -> ContinuousClock.Instant = { .now }) {
    self.source = source
    self.now = now
  }

  /// The next key; `nil` when the time passed without one.
  package mutating func next(timeout_ms: Int?) -> Key? {
    guard let event = take(timeout_ms) else { return nil }
    switch event {
    case .character(let scalar): return key(for: scalar)
    case .key(let key): return key
    case .resized(let size): return .resize(size)
    case .mouseReportBegins: return mouse()
    case .pasteBegins: return paste()
    case .pasteEnds, .badByte: return .unknown
    case .endOfInput: return .endOfInput
    }
  }

  private mutating func take(_ timeout_ms: Int?) -> RawEvent? {
    kept.isEmpty ? source(timeout_ms) : kept.removeFirst()
  }

  private mutating func key(for scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 0x1B: return escape()
    case 0x0A, 0x0D: return .enter
    case 0x09: return .tab
    case 0x08, 0x7F: return .backspace
    case 0x00: return .control(" ")
    case 0x01...0x1A: return .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x60))))
    case 0x1C...0x1F: return .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x40))))
    default: return .character(Character(scalar))
    }
  }

  private mutating func escape() -> Key {
    guard let event = take(0) else { return .escape }
    guard case .character(let scalar) = event else {
      kept.insert(event, at: 0)
      return .escape
    }
    switch scalar {
    case "[", "O": return sequence(after: scalar)
    case "\u{1B}":
      kept.insert(event, at: 0)
      return .escape
    case "\u{20}"..."\u{7E}", "\u{A0}"...: return .alt(Character(scalar))
    default: return .unknown
    }
  }

  /// Swallows a key that neither terminfo nor we know, so that its letters are not taken for commands.
  private mutating func sequence(after opener: Unicode.Scalar) -> Key {
    guard let first = take(0) else { return .alt(Character(opener)) }
    var event: RawEvent? = first
    for _ in 0..<32 {
      guard case .character(let scalar)? = event else {
        if let event { kept.insert(event, at: 0) }
        return .unknown
      }
      if ("\u{40}"..."\u{7E}").contains(scalar) { return .unknown }
      event = take(Self.restTimeout_ms)
    }
    return .unknown
  }

  /// The rest of an SGR mouse report: `button;column;row` and `M`, or `m` for a release.
  private mutating func mouse() -> Key {
    var numbers = [0]
    for _ in 0..<32 {
      guard case .character(let scalar)? = take(Self.restTimeout_ms) else { return .unknown }
      switch scalar {
      case "0"..."9":
        guard numbers[numbers.count - 1] < 100_000 else { return .unknown }
        numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(scalar.value - 0x30)
      case ";": numbers.append(0)
      case "M", "m":
        guard numbers.count == 3 else { return .unknown }
        let key = mouse(code: numbers[0], x: numbers[1] - 1, y: numbers[2] - 1, isRelease: scalar == "m")
        return twice(key)
      default: return .unknown
      }
    }
    return .unknown
  }

  private func mouse(code: Int, x: Int, y: Int, isRelease: Bool) -> Key {
    var modifiers: Modifiers = []
    if code & 4 != 0 { modifiers.insert(.shift) }
    if code & 8 != 0 { modifiers.insert(.alt) }
    if code & 16 != 0 { modifiers.insert(.control) }
    let position = Position(x: max(0, x), y: max(0, y))
    let button: Mouse.Button =
      switch code & 3 {
      case 0: .left
      case 1: .middle
      case 2: .right
      default: .none
      }
    let kind: Mouse.Kind
    switch (code & 64 != 0, code & 3) {
    case (true, 0): kind = .scrollUp
    case (true, 1): kind = .scrollDown
    case (true, _): return .unknown
    default: kind = isRelease ? .release : code & 32 != 0 ? .drag : .press
    }
    let isWheel = kind == .scrollUp || kind == .scrollDown
    return .mouse(Mouse(kind, button: isWheel ? .none : button, at: position, modifiers: modifiers))
  }

  /// Makes the second press at one place a double click; a third begins anew.
  private mutating func twice(_ key: Key) -> Key {
    guard case .mouse(var mouse) = key, mouse.kind == .press else { return key }
    let time = now()
    guard let last = lastPress, last.mouse == mouse, last.time.duration(to: time) <= Self.doubleClick else {
      lastPress = (mouse, time)
      return key
    }
    lastPress = nil
    mouse.kind = .doubleClick
    return .mouse(mouse)
  }

  private mutating func paste() -> Key {
    var text = ""
    var count = 0
    // The end mark may get lost; a terminal that says nothing for so long has pasted all.
    while let event = take(Self.pasteTimeout_ms) {
      switch event {
      case .pasteEnds: return .paste(text)
      case .character(let scalar) where count < Self.pasteLimit:
        text.unicodeScalars.append(scalar == "\r" ? "\n" : scalar)
        count += 1
      case .endOfInput:
        kept.insert(event, at: 0)
        return .paste(text)
      case .resized:
        kept.append(event)
        return .paste(text)
      default: continue
      }
    }
    return .paste(text)
  }
}
