import Testing

@testable import trapline

/// JSON from another program: read as it is, or not at all.
@Suite struct JSONTreeTests {
  @Test(arguments: [
    #"{"a": [1, -2.50, 1e+300, true, false, null, {}], "b": "x"}"#, "[]", "0", #""""#,
  ])
  func `what was read is written the same`(text: String) {
    #expect(JSONTree(text.utf8)?.text == text)
  }

  @Test func `escapes are read, and half a pair is a replacement`() {
    #expect(JSONTree(#""\n\u00e9\ud834\udd1e\ud834\"\/""#.utf8) == .string("\né𝄞\u{FFFD}\"/"))
  }

  @Test func `what a terminal would obey is written in ASCII`() {
    #expect(JSONTree.string("\u{1b}é𝄞").text == #""\u001b\u00e9\ud834\udd1e""#)
  }

  @Test(arguments: [
    "", " ", "{", "[1", "[1,]", "[1 2]", "{\"a\"}", "{\"a\": 1,}", "{a: 1}", "tru", "1 2", "\"", "\"\\",
    "\"\\u12",
    "\"\\x\"", "\"a\nb\"", "nan", "--1", "1e", "\u{0}",
  ])
  func `what is no JSON is refused`(text: String) {
    #expect(JSONTree(text.utf8) == nil)
  }

  @Test func `nesting without end is refused`() {
    #expect(JSONTree(String(repeating: "[", count: 100_000).utf8) == nil)
    #expect(JSONTree((String(repeating: "[", count: 900) + String(repeating: "]", count: 900)).utf8) != nil)
  }
}
