import Scenarios
import Testing

/// Runs that never end, or grow without bound, end with a sentence.
struct BoundsTests {
  @Test func `a loop that nobody stops is named`() throws {
    let run = try finished("loops: {poll: {every: 1, do: {return: ok}}}\ntimeline: [{start: poll}]")
    #expect(
      run.fault?.message == "poll never stops: add `until`, or stop it (20000 timer calls were made)")
  }

  @Test func `an option raises the bounds`() throws {
    let yaml = "loops: {poll: {every: 1, do: {return: ok}}}\nuntil: 30000\ntimeline: [{start: poll}]"
    #expect(try finished(yaml).fault != nil)
    #expect(try finished(yaml, bounds: Bounds(timerCalls: 40_000)).fault == nil)
  }

  @Test func `a loop of interval zero ends within a drive list too`() throws {
    let run = try finished(
      "drive: [1]\nloops: {spin: {every: 0, do: {return: ok}}}\ntimeline: [{at: 1, start: spin}, {at: 1, advance: 1}]")
    #expect(run.fault?.message.hasPrefix("spin never stops") == true)
  }

  @Test func `a handler that fires for ever is named`() throws {
    let run = try finished(
      """
      queues: {q: {}}
      timeline:
        - call: again
          after: 0
          do: [{get: q, stages: [{callback: {name: h}}]}, {put: q}]
        - {at: 0, do: [{run_locked: l, do: {await: {script: [{repeat: 60000, lines: [{await: {value: 1}}]}]}}}]}
      locks: [l]
      """)
    #expect(run.fault?.message == "l.run.run.await is called without end (50000 handler calls were made)")
  }

  @Test func `lines of a script that never waits are counted`() throws {
    let run = try finished("deferreds: {s: {script: [{repeat: 9000000000, lines: []}]}}")
    #expect(run.fault?.message == "s never ends: 1000000 lines of scripts ran")
  }

  @Test func `a text that doubles at each step is stopped`() throws {
    let run = try finished(
      "deferreds: {s: {script: [{set: x, to: ab}, {repeat: 60, lines: [{set: x, to: '{x}{x}'}]}]}}")
    #expect(run.fault?.message.contains("grows beyond") == true)
  }

  @Test func `values nested deeper than any stack are built, shown and freed`() throws {
    let run = try finished(
      "deferreds: {s: {script: [{set: x, to: 1}, {repeat: 200000, lines: [{set: x, to: ['{x}']}]}, {return: '{x}'}]}}",
      records: true)
    #expect(run.fault == nil)
    #expect(run.observed.contains("…"))
  }

  @Test func `handlers inside handlers end with RecursionError, as in Python`() throws {
    let seen = try observe(
      """
      locks: [l]
      deferreds:
        s: {script: [{repeat: 2000, lines: [{acquire: l, stages: [{callback: {do: [{release: l}]}}]}]}]}
      timeline: [{acquire: l}, {at: 1, release: l}]
      """, .log)
    _ = seen
    let deep = try finished(
      """
      locks: [l]
      timeline:
        - {acquire: l}
        - do: [{call: c, after: 1, do: [{release: l}]}]
      deferreds:
        s:
          script:
            - {repeat: 2000, lines: [{acquire: l, as: w, stages: [{callback: {do: [{release: l}]}}]}]}
      """)
    #expect(deep.fault == nil)
  }

  @Test(
    arguments: [
      ("deferreds: {x: {succeed: 1, chain: [{callback: {await: x}}]}}\ntimeline: [{cancel: x}]", "x -> x"),
      (
        """
        deferreds: {a: {chain: [{callback: {await: b}}]}, b: {chain: [{callback: {await: a}}]}}
        timeline: [{fire: a}, {fire: b}, {cancel: a}]
        """, "a -> b -> a"
      ),
      (
        "deferreds: {a: {canceller: {cancel: b}}, b: {canceller: {cancel: a}}}\ntimeline: [{cancel: a}]",
        "a -> b -> a"
      ),
    ])
  func `a cancel that comes back to itself ends the run and names the circle`(
    yaml: String, circle: String
  ) throws {
    #expect(try finished(yaml).fault?.message == "a cancel comes back to itself: \(circle)")
  }

  @Test func `a list that waits for itself through two members does not take for ever to cancel`() throws {
    let run = try finished(
      """
      deferreds:
        a: {chain: [{callback: {await: all}}]}
        b: {chain: [{callback: {await: all}}]}
        all: {list: [a, b]}
      timeline: [{fire: a}, {fire: b}, {cancel: all}]
      """)
    #expect(run.fault?.message.hasPrefix("a cancel comes back to itself") == true)
  }

  @Test func `a run that has ended early does nothing any more`() throws {
    let run = try finished("loops: {poll: {every: 1, do: {return: ok}}}\ntimeline: [{start: poll}]")
    #expect(!run.advance())
    run.finish()
    #expect(run.expectationResults.isEmpty)
  }
}
