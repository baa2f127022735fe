import CCurses
package import Screen

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The terminal the process was started in, drawn with ncurses.
///
/// From ``init(options:)`` to ``close()`` the screen is ours: the alternate one, with raw keys. However the
/// process ends, by `exit`, a signal or a crash, the terminal is left as it was found, and what was written to
/// stderr meanwhile is shown then. There is one terminal at a time.
package final class CursesTerminal: Terminal {
  /// What a person can ask for.
  package struct Options {
    /// The `--color` flag; `nil` when it was not given.
    package var colorFlag: ColorChoice?
    /// ASCII glyphs even where the locale has more.
    package var isASCIIForced = false
    /// Keys from /dev/tty where stdin is something else, such as a trace.
    package var readsKeysFromTTY = false
    package var isMouseOn = true

    package init() {}
  }

  package let glyphs: Glyphs
  package let colors: ColorDepth
  package private(set) var size: Size

  private let pen: Pen
  private var shown: Buffer?
  private var decoder: KeyDecoder
  private var isOpen = true

  /// Takes the terminal over.
  ///
  /// - Throws: ``TerminalRefusal`` when there is no terminal or none that could show an explorer; nothing has
  ///   been written to it then.
  package init(options: Options = Options()) throws(TerminalRefusal) {
    let refusal = ccurses_open(options.readsKeysFromTTY ? 1 : 0)
    guard refusal == 0 else {
      throw TerminalRefusal(reason: refusal, term: cleaned(Self.environment("TERM") ?? ""))
    }
    glyphs = ccurses_is_utf8() != 0 && !options.isASCIIForced ? .unicode : .ascii
    colors = ColorDepth.decide(
      flag: options.colorFlag, noColor: Self.environment("NO_COLOR"),
      terminalColors: Int(ccurses_colors()))
    pen = Pen(Palette(colors))
    size = Self.currentSize()
    decoder = KeyDecoder(source: Self.nextEvent)
    setMouse(options.isMouseOn)
  }

  deinit { close() }

  /// Gives the terminal back. Nothing is drawn after this.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    ccurses_close()
  }

  // MARK: Keys

  package func readKey(timeout_ms: Int?) -> Key? {
    seen(decoder.next(timeout_ms: timeout_ms))
  }

  private func seen(_ key: Key?) -> Key? {
    if case .resize = key {
      size = Self.currentSize()
      shown = nil
    }
    return key
  }

  private static func nextEvent(timeout_ms: Int?) -> RawEvent? {
    var value: UInt32 = 0
    let timeout = timeout_ms.map { Int32(clamping: max(0, $0)) } ?? -1
    let event = UInt32(bitPattern: ccurses_next_event(timeout, &value))
    return switch event {
    case CCURSES_CHARACTER.rawValue: Unicode.Scalar(value).map { .character($0) } ?? .badByte
    case CCURSES_KEY.rawValue: named(value)
    case CCURSES_RESIZED.rawValue: .resized(currentSize())
    case CCURSES_BAD_BYTE.rawValue: .badByte
    case CCURSES_END_OF_INPUT.rawValue: .endOfInput
    default: nil
    }
  }

  private static func named(_ code: UInt32) -> RawEvent {
    if code > CCURSES_KEY_F0.rawValue { return .key(.function(Int(code - CCURSES_KEY_F0.rawValue))) }
    return switch code {
    case CCURSES_KEY_UP.rawValue: .key(.up)
    case CCURSES_KEY_DOWN.rawValue: .key(.down)
    case CCURSES_KEY_LEFT.rawValue: .key(.left)
    case CCURSES_KEY_RIGHT.rawValue: .key(.right)
    case CCURSES_KEY_HOME.rawValue: .key(.home)
    case CCURSES_KEY_END.rawValue: .key(.end)
    case CCURSES_KEY_PAGE_UP.rawValue: .key(.pageUp)
    case CCURSES_KEY_PAGE_DOWN.rawValue: .key(.pageDown)
    case CCURSES_KEY_INSERT.rawValue: .key(.insert)
    case CCURSES_KEY_DELETE.rawValue: .key(.delete)
    case CCURSES_KEY_BACKSPACE.rawValue: .key(.backspace)
    case CCURSES_KEY_BACK_TAB.rawValue: .key(.backTab)
    case CCURSES_KEY_ENTER.rawValue: .key(.enter)
    case CCURSES_KEY_MOUSE.rawValue: .mouseReportBegins
    case CCURSES_KEY_PASTE_BEGINS.rawValue: .pasteBegins
    case CCURSES_KEY_PASTE_ENDS.rawValue: .pasteEnds
    default: .key(.unknown)
    }
  }

  // MARK: Frames

  package func present(_ frame: Buffer) {
    guard isOpen else { return }
    frame.forEachChange(since: shown, within: size, pen.draw)
    let cursor = frame.cursor ?? Position(x: -1, y: -1)
    ccurses_flush(Int32(cursor.x), Int32(cursor.y))
    shown = frame
  }

  package func invalidate() {
    shown = nil
    ccurses_invalidate()
  }

  package func suspend() {
    guard isOpen else { return }
    ccurses_suspend()
    size = Self.currentSize()
    shown = nil
  }

  package func setMouse(_ on: Bool) { ccurses_mouse(on ? 1 : 0) }

  package func copy(_ text: String) {
    let request = clipboardRequest(text)
    request.withUnsafeBytes { bytes in
      ccurses_send(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
  }

  private static func currentSize() -> Size {
    var width: Int32 = 0
    var height: Int32 = 0
    ccurses_size(&width, &height)
    return Size(width: Int(width), height: Int(height))
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
