import Screen
import Testing

/// Text of a file is shown, never obeyed.
struct CleaningTests {
  @Test(arguments: [
    ("\u{1B}[31mred", "␛[31mred"),
    ("bell\u{07}", "bell␇"),
    ("a\tb\nc\r", "a␉b␊c␍"),
    ("\0\u{7F}", "␀␡"),
    ("\u{9B}2J", "␦2J"),
    ("abc\u{202E}cba", "abc␦cba"),
    ("\u{2066}isolated\u{2069}", "␦isolated␦"),
    ("line\u{2028}paragraph\u{2029}", "line␦paragraph␦"),
    ("zero\u{200B}width\u{FEFF}", "zero␦width␦"),
    ("tag\u{E0041}", "tag␦"),
    ("private\u{E0A0}", "private␦"),
    ("unassigned\u{0378}", "unassigned␦"),
    ("soft\u{AD}hyphen", "soft␦hyphen"),
    ("heart\u{2764}\u{FE0F}", "heart\u{2764}"),
  ])
  func `what a terminal would obey, hide or reorder becomes a symbol`(text: String, shown: String) {
    #expect(cleaned(text) == shown)
  }

  @Test func `bytes that are no UTF-8 are shown as such`() {
    let torn = String(decoding: [0x61, 0xC3, 0x28, 0xFF, 0xE4, 0xB8] as [UInt8], as: UTF8.self)
    #expect(cleaned(torn) == "a\u{FFFD}(\u{FFFD}\u{FFFD}")
  }

  @Test(arguments: ["Grüße", "中文字", "שלום", "e\u{301}", "—→…", "x² ≤ 3"])
  func `ordinary text of any language stays as it is`(text: String) {
    #expect(cleaned(text) == text)
  }

  @Test func `cleaning twice changes nothing more, nothing grows, and nothing unsafe is left`() {
    // The planes that have characters; what lies between has none assigned.
    for value in [UInt32](0...0x3FFFF) + [UInt32](0xE0000...0xE0FFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = cleaned(String(scalar))
      let isSafe = once.unicodeScalars.allSatisfy { !unsafe.contains($0.properties.generalCategory) }
      guard isSafe, once.unicodeScalars.count <= 1, cleaned(once) == once else {
        Issue.record("U+\(String(value, radix: 16))")
        return
      }
    }
  }

  private let unsafe: Set<Unicode.GeneralCategory> = [
    .control, .format, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator,
  ]
}
