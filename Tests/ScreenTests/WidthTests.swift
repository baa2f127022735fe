import Screen
import Testing

/// Columns are those a terminal uses.
struct WidthTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("中", 2), ("한", 2), ("ｱ", 1), ("ア", 2), ("Ａ", 2), ("　", 2),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("א", 1), ("๏\u{E49}", 1), ("→", 1), ("━", 1), ("…", 1), ("⧗", 1),
    ("😀", 2), ("⌚", 2), ("𠀀", 2), ("𝄞", 1), ("\u{1B}", 1), ("\u{200D}", 1), ("", 0), ("\u{301}", 1),
  ])
  func `a text is as wide as its characters`(text: String, columns: Int) {
    #expect(width(of: text) == columns)
  }

  @Test func `every sign of ours is one column wide in every set`() {
    for glyph in Glyph.allCases {
      #expect(width(of: Glyphs.unicode.scalar(glyph)) == 1, "\(glyph)")
      #expect(cleaned(String(Glyphs.unicode[glyph])) == String(Glyphs.unicode[glyph]), "\(glyph)")
      #expect(Glyphs.ascii.scalar(glyph).isASCII, "\(glyph)")
    }
  }

  @Test(arguments: [
    ("short", 10, "short"), ("exactly", 7, "exactly"), ("too long", 7, "too lo…"), ("abc", 1, "…"),
    ("abc", 0, ""), ("中文字", 6, "中文字"), ("中文字", 5, "中文…"), ("中文字", 4, "中…"),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
  ])
  func `what is too long ends in an ellipsis and splits no character`(
    text: String, columns: Int, shown: String
  ) {
    let result = fitted(text, to: columns)
    #expect(result == shown)
    #expect(width(of: result) <= columns)
  }

  @Test(arguments: [
    ("the quick brown fox", 10, ["the quick", "brown fox"]),
    ("one\ntwo\r\n\nfour", 10, ["one", "two", "", "four"]),
    ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ("a bcdefgh", 4, ["a", "bcde", "fgh"]),
    ("exact fit", 5, ["exact", "fit"]),
    ("中文字典", 5, ["中文", "字典"]),
    ("  indented text", 10, ["  indented", "text"]),
    ("", 5, [""]),
  ])
  func `a paragraph breaks at spaces, and inside a word only where it must`(
    text: String, columns: Int, lines: [String]
  ) {
    #expect(wrapped(text, to: columns) == lines)
  }

  @Test func `a paragraph with too many lines says that there is more`() {
    #expect(wrapped("one two three four", to: 5, limit: 2) == ["one", "two…"])
    #expect(wrapped("one two", to: 5, limit: 2) == ["one", "two"])
    #expect(wrapped("exact fitty more", to: 5, limit: 2) == ["exact", "fitt…"])
    let endless = String(repeating: "word ", count: 1_000_000)
    #expect(wrapped(endless, to: 20, limit: 3).count == 3)
  }

  @Test func `no line is wider than asked for, whatever the text`() {
    let text = "a 中 e\u{301}\u{301} \u{301}x 𠀀𠀀 longwordlongword\u{1B} \t 한글"
    for columns in 2...20 {
      for line in wrapped(text, to: columns) { #expect(width(of: line) <= columns) }
      #expect(width(of: fitted(text, to: columns)) <= columns)
    }
  }
}
