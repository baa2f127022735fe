import Recording
import Testing
import Traces

@Test func `texts stand in quotes, nothing is none`() {
  #expect(describe("a\nb") == ValueText("\"a\nb\""))
  #expect(describe(()) == .none)
  #expect(describe(Int?.none as Any) == .none)
  #expect(describe(Int?.some(3) as Any) == ValueText("3"))
  #expect(describe([1, 2]) == ValueText("[1, 2]"))
}

@Test func `long texts are cut at a character, and marked`() {
  #expect(describe(String(repeating: "é", count: 300), limit: 10) == ValueText("\"éééééééééé\"", isCut: true))
  #expect(describe(String(repeating: "é", count: 10), limit: 10).isCut == false)
  #expect(cutText("", limit: 0) == ValueText(""))
}
