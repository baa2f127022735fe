import Testing

/// Rows of Deferreds so long that each inside the one before it needs more than the usual 8 MiB of stack.
struct DeepRowTests {
  @Test(
    arguments: [
      "{list: [D]}", "{race: [D]}", "{script: [{await: D}]}", "{async: [{await: D}]}", "{maybe: {await: D}}",
      "{gather: [D]}",
    ], ["{fire: d0}", "{cancel: d4000}"])
  func `four thousand in a row fire and are cancelled without a crash`(link: String, action: String) throws {
    var text = "trapline: 1\ntitle: t\ndeferreds:\n  d0: {}\n"
    for index in 1...4_000 {
      text += "  d\(index): \(link.replacing("D", with: "d\(index - 1)"))\n"
    }
    text += "timeline: [\(action)]\n"
    #expect(try Program.run("test", "-", input: text).status == 0)
  }
}
