import Scenarios
import Testing

/// The first fault of some bytes, as "line:column message".
private func firstFault(_ bytes: [UInt8]) -> String {
  guard case .failure(let faults) = parseScenario(bytes, file: "f.yaml") else { return "nothing" }
  return faults.faults.first.map { "\($0.line):\($0.column) \($0.message)" } ?? "no fault"
}

private func firstFault(_ text: String) -> String { firstFault(Array(text.utf8)) }

@Suite struct `Hostile input` {
  @Test func `that is empty is a fault`() {
    #expect(firstFault("") == "1:1 this file is empty")
    #expect(firstFault("# only this\n") == "1:1 this file is empty")
    #expect(firstFault([0xEF, 0xBB, 0xBF]) == "1:1 this file is empty")
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62, 0xFF], "2:2 this is not UTF-8 text: byte FF stands where none can"),
      ([0xC0, 0x80], "1:1 this is not UTF-8 text: byte C0 stands where none can"),
      ([0xED, 0xA0, 0x80], "1:1 this is not UTF-8 text: byte ED stands where none can"),
      ([0xC3, 0xA9, 0xE2, 0x82], "1:2 this is not UTF-8 text: byte E2 stands where none can"),
      ([0x61, 0x0D, 0x0A, 0x62, 0x00], "2:2 the character U+0000 cannot be in a scenario"),
      ([0x7F, 0x45, 0x4C, 0x46], "1:1 the character U+007F cannot be in a scenario"),
      ([0x61, 0x3A, 0x20, 0x1B], "1:4 the character U+001B cannot be in a scenario"),
    ] as [([UInt8], String)])
  func `that is no text is a fault at its place`(bytes: [UInt8], expected: String) {
    #expect(firstFault(bytes) == expected)
  }

  @Test func `may start with a byte order mark and have either kind of line end`() throws {
    let text = "trapline: 1\r\ndeferreds:\r\n  d: {chian: []}\r\n"
    let marked = firstFault([0xEF, 0xBB, 0xBF] + Array(text.utf8))
    #expect(marked == "3:7 a Deferred has no key `chian`")
    #expect(firstFault(text) == marked)
    #expect(firstFault([0xEF, 0xBB, 0xBF] + Array("titel: x".utf8)).hasPrefix("1:1 "))
  }

  @Test func `nests a hundred levels deep and no deeper`() {
    // The file, `deferreds` and `d` are the first three levels.
    func nested(_ levels: Int) -> String {
      let open = String(repeating: "[", count: levels), close = String(repeating: "]", count: levels)
      return file("deferreds: {d: {succeed: \(open)\(close)}}")
    }
    #expect(firstFault(nested(97)) == "nothing")
    #expect(firstFault(nested(98)) == "2:123 this nests deeper than 100 levels")
    #expect(firstFault(nested(100_000)) == "2:27 this nests deeper than 100 levels")
    let block = (0..<120).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(firstFault(block) == "101:101 this nests deeper than 100 levels")
  }

  @Test func `nests no deeper through aliases either`() {
    var text = "title: &a0 [x]\n"
    for level in 1..<60 { text += "k\(level): &a\(level) [[*a\(level - 1)]]\n" }
    #expect(firstFault(text).contains("with this alias the file nests deeper than 100 levels"))
  }

  @Test func `grows by a hundred thousand nodes through aliases and no more`() {
    var text = "title: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "k\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(firstFault(text).contains("aliases make this file more than 100000 values longer"))
  }

  @Test func `is at most 16 MiB long`() {
    #expect(
      firstFault([UInt8](repeating: 0x20, count: 16 << 20 | 1)) == "1:1 this file is larger than 16 MiB")
  }

  @Test func `with a column beyond a wide line has the right column`() {
    #expect(firstFault(file("# 漢字 e\u{301}\ndeferreds: {\"漢字\": {}, é: {chian: []}}")).hasPrefix("3:27 "))
  }
}
