import Scenarios
import Testing

/// What a scenario expects, looked at when its moment comes.
struct ExpectationTests {
  /// Everything happens in here: `x` fails at 1 and is trapped, `y` waits for `z`, `p` is paused, a loop ticks.
  private static let story = """
    locks: [l]
    deferreds:
      x: {chain: [{errback: {name: h, trap: ValueError, log: seen, return: [1, {k: v}]}}]}
      z: {}
      y: {succeed: 1, chain: [{callback: {await: z}}]}
      p: {}
      bad: {fail: KeyError k}
    loops: {poll: {every: 1, do: {return: ok}}}
    until: 3
    timeline:
      - {at: 1, fail: x, with: ValueError v}
      - {pause: p}
      - {acquire: l}
      - {at: 2, raise: OSError o}
      - {start: poll}
      - {at: 3.5, log: never}

    """

  @Test(
    arguments: [
      "{at: 1, result: {x: [1, {k: v}]}}", "{at: 0.5, pending: [x, z]}", "{at: end, failed: {bad: KeyError}}",
      "{at: 2, waiting: {y: z}, paused: {y: 1, p: 1}}", "{at: end, trapped: {ValueError: x.h}}",
      "{at: end, unhandled: [bad]}", "{at: 2, unhandled: []}", "{at: end, errors: [OSError]}",
      "{at: 1, errors: []}", "{at: 2, log: [seen]}", "{at: 2, timers: [3, 3.5]}", "{at: 1, ticks: {poll: 2}}",
      "{at: end, held: [l]}", "{at: end, ran: [poll, x.h, poll]}",
    ])
  func `what is so is met`(expectation: String) throws {
    let results = try finished(Self.story + "expect: [\(expectation)]").expectationResults
    #expect(!results.isEmpty)
    let misses = results.filter { !$0.isMet }.map(\.description)
    #expect(misses.isEmpty)
  }

  @Test(
    arguments: [
      ("{at: 1, result: {x: 2}}", "at 1: result of x: expected 2, got [1, {'k': 'v'}] (step 7)"),
      ("{at: 0.5, result: {x: 2}}", "at 0.5: result of x: expected 2, got not fired (step 7)"),
      (
        "{at: 1, failed: {bad: ValueError}}",
        "at 1: failure of bad: expected ValueError, got KeyError (step 7)"
      ),
      ("{at: 1, pending: [x]}", "at 1: x: expected not fired, got fired (step 7)"),
      ("{at: 1, waiting: {x: z}}", "at 1: what x waits for: expected z, got nothing (step 7)"),
      ("{at: 1, paused: {y: 0}}", "at 1: pauses of y: expected 0, got 1 (step 7)"),
      (
        "{at: end, trapped: {KeyError: x.h}}",
        "at end: who trapped KeyError: expected x.h, got nobody (step 7)"
      ),
      ("{at: end, unhandled: []}", "at end: unhandled: expected [], got [bad] (step 7)"),
      ("{at: end, errors: []}", "at end: errors: expected [], got [OSError] (step 7)"),
      ("{at: 2, log: [other]}", "at 2: log: expected ['other'], got ['seen'] (step 7)"),
      ("{at: 2, timers: [3]}", "at 2: timers: expected [3], got [3, 3.5] (step 7)"),
      ("{at: 2, ticks: {poll: 2}}", "at 2: ticks of poll: expected 2, got 3 (step 7)"),
      ("{at: 2, held: []}", "at 2: held: expected [], got [l] (step 7)"),
      ("{at: end, ran: [x.h, x.h]}", "at end: ran: expected [x.h, x.h], got no x.h in that order (step 7)"),
    ])
  func `a miss says what was expected, what came, and at which step`(
    expectation: String, words: String
  ) throws {
    let run = ScenarioRun(try scenario(file(Self.story + "expect: [\(expectation)]")), step: { 7 })
    run.setUp()
    while run.advance() {}
    run.finish()
    #expect(run.expectationResults.map(\.description) == [words])
  }

  @Test func `with a drive list a moment comes after the first advance that reaches it`() throws {
    let run = try finished(
      """
      deferreds: {x: {later: 2, return: 1}}
      drive: [1, 5]
      expect: [{at: 1, pending: [x]}, {at: 1.5, result: {x: 1}}]
      """)
    #expect(run.expectationResults.map(\.isMet) == [true, true])
  }

  @Test func `a second object of a name is expected by its number`() throws {
    let run = try finished(
      """
      queues: {q: {}}
      timeline: [{get: q, as: x}, {get: q, as: x}, {put: q, value: 1}]
      expect: [{at: end, result: {x: 1}, pending: ["x#2"]}]
      """)
    #expect(run.expectationResults.map(\.isMet) == [true, true])
  }
}
