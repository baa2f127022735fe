import Screen
import Testing

/// What single characters of a terminal mean together.
struct KeyDecoderTests {
  /// All keys of a recording; `nil` in it is a pause.
  private func keys(_ events: [RawEvent?]) -> [Key] {
    var rest = events[...]
    var decoder = KeyDecoder { _ in rest.popFirst() ?? nil }
    var keys: [Key] = []
    for _ in 0..<(events.count + 1) {
      if let key = decoder.next(timeout_ms: 0) { keys.append(key) }
    }
    return keys
  }

  private func text(_ text: String) -> [RawEvent?] { text.unicodeScalars.map { .character($0) } }

  @Test(arguments: [
    ("a", Key.character("a")), ("中", .character("中")), ("\u{3}", .control("c")), ("\u{1A}", .control("z")),
    ("\r", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{1B}", .escape), ("\u{1B}x", .alt("x")),
    ("\u{C}", .control("l")), ("\u{1E}", .control("^")), ("\0", .control(" ")), ("\u{1B}[", .alt("[")),
  ])
  func `a key is known by its characters`(typed: String, key: Key) {
    #expect(keys(text(typed)) == [key])
  }

  @Test func `an escape that stands alone is a key of its own`() {
    #expect(keys([.character("\u{1B}"), nil, .character("x")]) == [.escape, .character("x")])
    #expect(keys([.character("\u{1B}"), .key(.up)]) == [.escape, .up])
    #expect(keys(text("\u{1B}\u{1B}x")) == [.escape, .alt("x")])
  }

  @Test func `a sequence nobody knows is one unknown key, not a row of commands`() {
    #expect(keys(text("\u{1B}[1;5Qs")) == [.unknown, .character("s")])
    #expect(keys(text("\u{1B}OQs")) == [.unknown, .character("s")])
    #expect(keys(text("\u{1B}[" + String(repeating: "1", count: 500))).first == .unknown)
  }

  @Test(arguments: [
    ("0;10;5M", Mouse(.press, at: Position(x: 9, y: 4))),
    ("0;10;5m", Mouse(.release, at: Position(x: 9, y: 4))),
    ("2;1;1M", Mouse(.press, button: .right, at: .zero)),
    ("64;300;200M", Mouse(.scrollUp, button: .none, at: Position(x: 299, y: 199))),
    ("65;1;1M", Mouse(.scrollDown, button: .none, at: .zero)),
    ("32;4;4M", Mouse(.drag, at: Position(x: 3, y: 3))),
    ("16;4;4M", Mouse(.press, at: Position(x: 3, y: 3), modifiers: .control)),
    ("0;0;0M", Mouse(.press, at: .zero)),
  ])
  func `a report of the mouse is told by its numbers`(report: String, mouse: Mouse) {
    #expect(keys([.mouseReportBegins] + text(report)) == [.mouse(mouse)])
  }

  @Test func `two quick presses at one place are a double click, and a third begins anew`() {
    let click: [RawEvent?] = [.mouseReportBegins] + text("0;4;4M") + [.mouseReportBegins] + text("0;4;4m")
    let kinds = keys(click + click + click).map { key in
      if case .mouse(let mouse) = key { mouse.kind } else { Mouse.Kind.drag }
    }
    #expect(kinds == [.press, .release, .doubleClick, .release, .press, .release])
  }

  @Test func `two presses are no double click at different places, or when they are slow`() {
    let elsewhere: [RawEvent?] =
      [.mouseReportBegins] + text("0;4;4M") + [.mouseReportBegins] + text("0;5;4M")
    #expect(keys(elsewhere).last == .mouse(Mouse(.press, at: Position(x: 4, y: 3))))
    var rest = (elsewhere + elsewhere)[...]
    var time = ContinuousClock.now
    var decoder = KeyDecoder(source: { _ in rest.popFirst() ?? nil }) {
      time += .milliseconds(401)
      return time
    }
    while let key = decoder.next(timeout_ms: 0) {
      guard case .mouse(let mouse) = key else { continue }
      #expect(mouse.kind == .press)
    }
  }

  @Test(arguments: ["0;1M", "1;2;3;4M", "x", "0;99999999999999999999;1M", ""])
  func `a report of the mouse that makes no sense is an unknown key`(report: String) {
    #expect(keys([.mouseReportBegins] + text(report)).first == .unknown)
  }

  @Test func `pasted text is content, whatever it contains`() {
    let events: [RawEvent?] =
      [.pasteBegins] + text("q\r\u{3}:w x\u{1B}") + [.key(.up), .pasteEnds, .character("s")]
    #expect(keys(events) == [.paste("q\n\u{3}:w x\u{1B}"), .character("s")])
  }

  @Test func `a paste whose end is lost ends with the silence`() {
    #expect(keys([.pasteBegins] + text("abc") + [nil, .character("s")]) == [.paste("abc"), .character("s")])
    #expect(keys([.pasteBegins, .character("a"), .endOfInput]) == [.paste("a"), .endOfInput])
  }

  @Test func `a paste without end is bounded`() {
    let endless = [RawEvent?](repeating: .character("x"), count: KeyDecoder.pasteLimit + 10)
    guard case .paste(let text)? = keys([.pasteBegins] + endless + [.pasteEnds]).first else {
      Issue.record("no paste")
      return
    }
    #expect(text.count == KeyDecoder.pasteLimit)
  }

  @Test func `a resize during a paste is not lost`() {
    let size = Size(width: 3, height: 2)
    #expect(keys([.pasteBegins, .character("a"), .resized(size)]) == [.paste("a"), .resize(size)])
  }
}
