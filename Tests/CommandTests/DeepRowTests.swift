import Testing

/// Rows of Deferreds so long that each inside the one before it needs more than the usual 8 MiB of stack.
struct DeepRowTests {
  @Test(
    arguments: [
      "{list: [D]}", "{race: [D]}", "{script: [{await: D}]}", "{async: [{await: D}]}", "{maybe: {await: D}}",
      "{gather: [D]}",
    ], ["{fire: d0}", "{cancel: d4000}"])
  func `four thousand in a row fire and are cancelled without a crash`(link: String, action: String) throws {
    #expect(try Program.run("test", "-", input: row(of: link, action)).status == 0)
  }

  @Test func `where the system lets no stack grow, there is one for it all the same`() throws {
    let ended = try Program.run(
      ["test", "-"], input: row(of: "{script: [{await: D}]}", "{fire: d0}"), after: "ulimit -Hs 8192")
    #expect(ended.status == 0)
  }

  @Test func `a row longer than any stack is refused in words`() throws {
    let ended = try Program.run(
      "run", "-", input: row(of: "{script: [{await: D}]}", "{cancel: d20500}", count: 20_500))
    #expect(ended.status == 65)
    #expect(ended.errors.contains("d20001 is one too many"))
  }

  private func row(of link: String, _ action: String, count: Int = 4_000) -> String {
    var text = "trapline: 1\ntitle: t\ndeferreds:\n  d0: {}\n"
    for index in 1...count {
      text += "  d\(index): \(link.replacing("D", with: "d\(index - 1)"))\n"
    }
    return text + "timeline: [\(action)]\n"
  }
}
