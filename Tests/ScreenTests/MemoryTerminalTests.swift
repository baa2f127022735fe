import Screen
import Testing

/// The twin in memory behaves like a terminal, and what goes to a clipboard is harmless.
struct MemoryTerminalTests {
  @Test func `keys come in the order they were typed, then the input ends`() {
    let terminal = MemoryTerminal(keys: [.character("s"), .resize(Size(width: 10, height: 5))])
    #expect(terminal.readKey(timeout_ms: nil) == .character("s"))
    #expect(terminal.size == Size(width: 80, height: 24))
    #expect(terminal.readKey(timeout_ms: 0) == .resize(Size(width: 10, height: 5)))
    #expect(terminal.size == Size(width: 10, height: 5))
    #expect(terminal.readKey(timeout_ms: nil) == .endOfInput)
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("中", "5Lit"),
  ])
  func `a text goes to the clipboard in base64`(text: String, encoded: String) {
    #expect(String(decoding: clipboardRequest(text), as: UTF8.self) == "\u{1B}]52;c;\(encoded)\u{7}")
  }

  @Test func `a text too long for a terminal is cut off between characters`() {
    let request = clipboardRequest(String(repeating: "中", count: clipboardLimit))
    #expect(request.count <= 8 + clipboardLimit * 4 / 3 + 4)
    #expect(request.dropFirst(7).dropLast().allSatisfy { $0 < 0x80 && $0 > 0x20 })
  }

  @Test(arguments: [
    (Key.character(" "), "Space"), (.control("c"), "^C"), (.alt("x"), "Alt-x"), (.function(11), "F11"),
    (.pageUp, "PgUp"), (.character("\u{1B}"), "␛"),
  ])
  func `a key is written as help writes it`(key: Key, name: String) {
    #expect(key.description == name)
  }
}
