import Screen
import Testing

@testable import trapline

/// The first difference of two observed runs, found, told and drawn.
@Suite struct SideBySideTests {
  /// An observed object with those calls, the rest the same unless given.
  private func run(_ calls: [String], final: String = "{}", log: String = "[]", time: Int = 0) throws
    -> ObservedRun
  {
    let text = """
      {"calls": [\(calls.joined(separator: ","))], "final": \(final), "unhandled": [], "log": \(log),
      "ticks": {"poll": 3}, "timers": [], "time": \(time)}
      """
    return try #require(ObservedRun(text.utf8))
  }

  private func call(_ who: String, at time: Int = 0, in input: String = "null", out: String = "null")
    -> String
  {
    #"{"t": \#(time), "who": "\#(who)", "kind": "callback", "in": \#(input), "out": \#(out)}"#
  }

  private func picture(
    _ here: ObservedRun, _ there: ObservedRun, columns: Int = 60, glyphs: Glyphs = .unicode
  ) throws -> String {
    let difference = try #require(FirstDifference(here: here, there: there))
    return SideBySide(columns: columns, glyphs: glyphs)
      .lines(of: difference, here: here, there: there, twisted: "26.10.0").joined(separator: "\n")
  }

  private func words(_ here: ObservedRun, _ there: ObservedRun) -> String? {
    FirstDifference(here: here, there: there)?.words
  }

  @Test func `equal runs have no difference`() throws {
    #expect(try words(run([call("a")]), run([call("a")])) == nil)
  }

  @Test func `a call that only Twisted makes is missing here`() throws {
    #expect(
      try words(run([call("a"), call("c")]), run([call("a"), call("b"), call("c")]))
        == "Twisted has the call of b (callback), which is missing here")
  }

  @Test func `a tick too many is one too many, though the next looks much like it`() throws {
    let ticks = [1, 2, 3].map { call("poll", at: $0) }
    #expect(
      try words(run(ticks), run([ticks[0], ticks[2]]))
        == "here is the call of poll (callback), which Twisted has not")
  }

  @Test func `two calls the other way round are another order`() throws {
    #expect(
      try words(run([call("a"), call("b")]), run([call("b"), call("a")]))
        == "another order: the call of a (callback) comes before the call of b (callback) here, after it on Twisted"
    )
  }

  @Test func `what differs in a call is named`() throws {
    #expect(
      try words(run([call("a", at: 5, in: "1")]), run([call("a", at: 1_000_000, in: "true")]))
        == "the call of a (callback) has another time: 0.000005 s here, 1.000 s on Twisted; "
        + "another input: 1 here, true on Twisted")
  }

  @Test func `the first difference in time comes first, of calls and log`() throws {
    let log = #"[{"t": 1, "kind": "say", "who": "a", "text": "x"}]"#
    let here = try run([call("a", at: 2)], log: log)
    let there = try run([call("a", at: 2, in: "1")], log: log.replacing("\"x\"", with: "\"y\""))
    #expect(FirstDifference(here: here, there: there)?.subject == .log)
    #expect(try FirstDifference(here: run([], time: 1), there: run([]))?.subject == .time)
  }

  @Test func `the state of a Deferred at the end is told`() throws {
    let state = #"{"d": {"called": true, "paused": 0, "result": 1, "waiting": null}}"#
    #expect(
      try words(run([], final: state), run([], final: state.replacing("\"result\": 1, ", with: "")))
        == "the Deferred d has another result: 1 here, none at all on Twisted")
  }

  @Test func `what is the same stands in front, and what one lacks beside nothing`() throws {
    let here = try run([call("a"), call("c", in: #"{"failure": "E", "message": "bad"}"#)])
    let there = try run([
      call("a"), call("b", out: #"{"raise": "E", "message": ""}"#),
      call("c", in: #"{"failure": "E", "message": "bad"}"#),
    ])
    #expect(
      try picture(here, there, columns: 70) == """
           1  0.000 s  a  callback  none → none

        here                              │ on Twisted 26.10.0
        ──────────────────────────────────┼──────────────────────────────────
              nothing                     ≠    2  0.000 s  b  callback
                                          │       input    none
                                          │       outcome  raises E
                                          │
           2  0.000 s  c  callback        │    3  0.000 s  c  callback
              input    <Failure E: bad>   │       input    <Failure E: bad>
              outcome  none               │       outcome  none
        """)
  }

  @Test func `a long value begins near its difference, and is broken into lines`() throws {
    let beginning = String(repeating: "x", count: 500)
    let here = try run([call("a", in: "\"\(beginning)one\"")])
    let there = try run([call("a", in: "\"\(beginning)two\"")])
    let text = try picture(here, there)
    #expect(text.contains("one\""))
    #expect(text.contains("two\""))
  }

  @Test func `in ASCII nothing else is printed`() throws {
    let here = try run([call("ä", in: #""\u001b[31m\u202e""#)])
    let there = try run([call("ä", in: #""日本""#)])
    let text = try picture(here, there, glyphs: .ascii)
    #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    #expect(text.contains(" # "))
  }

  @Test(arguments: [40, 41, 80, 133])
  func `no line is wider than it may be`(columns: Int) throws {
    let here = try run([call("a"), call("日本日本日本日本日本日本日本日本日本日本日本日本", in: "[1, 2, 3]")])
    let lines = try picture(here, run([call("a")]), columns: columns).split(separator: "\n")
    #expect(lines.allSatisfy { width(of: $0) <= columns })
  }
}
