import Deferreds
import Scenarios
import Testing

/// Runs that never end, or grow without bound, end with a sentence.
struct BoundsTests {
  @Test func `a loop that nobody stops is named`() throws {
    let run = try finished("loops: {poll: {every: 1, do: {return: ok}}}\ntimeline: [{start: poll}]")
    #expect(
      run.fault?.message == "poll never stops: add `until`, or stop it (20000 timer calls were made)")
  }

  @Test(arguments: [
    ("every: 1", "until: 20", "stop it, or set `until` earlier"),
    ("every: 1", "drive: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]", "stop it"),
    ("every: 1", "", "add `until`, or stop it"),
    (
      "every: 0", "until: 20",
      "with `every: 0` all its ticks come at one time; stop it, or give it an interval"
    ),
  ])
  func `what would end a loop is said as it fits the file`(every: String, end: String, cure: String) throws {
    let run = try finished(
      "loops: {poll: {\(every), do: {return: ok}}}\ntimeline: [{start: poll}]\n\(end)",
      bounds: Bounds(timerCalls: 10))
    #expect(run.fault?.message == "poll never stops: \(cure) (10 timer calls were made)")
  }

  @Test func `open scripts are counted, for each may go on inside the one before it`() throws {
    let script = "{script: [{await: d}]}"
    let run = try finished(
      """
      deferreds:
        d: {}
        s:
          script:
            - repeat: 6667
              lines: [{await: {list: [{succeed: 1}, \(script), \(script), \(script)], fire_on_one_callback: true}}]
      """)
    #expect(
      run.fault?.message.hasSuffix(" is one too many: at most 20000 scripts may be open at a time") == true)
  }

  @Test func `a script that has ended is open no more`() throws {
    let run = try finished(
      "deferreds: {s: {script: [{repeat: 20100, lines: [{await: {script: [{return: 1}]}}]}]}}",
      bounds: Bounds(handlerCalls: 100_000))
    #expect(run.fault == nil)
  }

  @Test func `an option raises the bounds`() throws {
    let yaml = "loops: {poll: {every: 1, do: {return: ok}}}\nuntil: 150\ntimeline: [{start: poll}]"
    #expect(try finished(yaml, bounds: Bounds(timerCalls: 100)).fault != nil)
    #expect(try finished(yaml, bounds: Bounds(timerCalls: 200)).fault == nil)
  }

  @Test(arguments: ["chain_to", "list"])
  func `a long row of chains that fire each other ends in RecursionError, as in Python`(link: String) throws {
    let last = "  d0: {}"
    let rest = (1..<3000).map { number in
      link == "list"
        ? "  d\(number): {list: [d\(number - 1)]}"
        : "  d\(number): {chain: [{chain_to: d\(number - 1)}]}"
    }
    let first = link == "list" ? 0 : 2999
    let run = try finished(
      "deferreds:\n\(([last] + rest).joined(separator: "\n"))\ntimeline: [{at: 1, fire: d\(first), with: x}]")
    #expect(run.fault == nil)
    #expect(run.observed.contains("RecursionError"))
  }

  @Test(arguments: [(240, false), (260, true)])
  func `handlers fire each other as deep as in Python, and no deeper`(depth: Int, isTooDeep: Bool) throws {
    let rows = (1..<depth).map { "  d\($0 - 1): {chain: [{callback: {do: [{fire: d\($0)}]}}]}" }
    let run = try finished(
      "deferreds:\n\(rows.joined(separator: "\n"))\n  d\(depth - 1): {}\ntimeline: [{at: 1, fire: d0}]")
    #expect(run.fault == nil)
    #expect(run.observed.contains("RecursionError") == isTooDeep)
  }

  @Test func `a loop of interval zero ends within a drive list too`() throws {
    let run = try finished(
      "drive: [1]\nloops: {spin: {every: 0, do: {return: ok}}}\ntimeline: [{at: 1, start: spin}, {at: 1, advance: 1}]"
    )
    #expect(run.fault?.message.hasPrefix("spin never stops") == true)
  }

  @Test func `a script that gives itself values for ever is named`() throws {
    let run = try finished(
      """
      locks: [l]
      timeline:
        - run_locked: l
          do: {await: {script: [{repeat: 60000, lines: [{await: {value: 1}}]}]}}
      """)
    #expect(run.fault?.message == "l.run.run.await is called without end (50000 handler calls were made)")
  }

  @Test func `a call that makes itself anew is named`() throws {
    let run = try finished(
      """
      deferreds: {x: {chain: [{callback: &again {name: again, do: [{get: q, stages: [{callback: {name: n}}]}]}}]}}
      queues: {q: {}}
      tasks: {t: {steps: [{repeat: 90000, steps: [{yield: 1}]}]}}
      timeline: [{fire: x}, {start: t}]
      """)
    #expect(run.fault?.message == "t is called without end (20000 timer calls were made)")
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
    let isCut = run.observed.contains("…")
    #expect(isCut)
  }

  @Test func `handlers inside handlers end with RecursionError, as in Python`() throws {
    let run = try finished(
      """
      locks: [l]
      deferreds:
        s:
          script:
            - {acquire: l}
            - {repeat: 2000, lines: [{acquire: l, stages: [{callback: {do: [{release: l}]}}]}]}
      timeline: [{at: 1, release: l}]
      """, records: true)
    #expect(run.fault == nil)
    let isRaised = run.observed.contains("\"raise\": \"RecursionError\"")
    #expect(isRaised)
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

/// Runs that would take all memory end with a sentence.
struct MemoryBoundsTests {
  @Test func `texts that are kept are counted together`() throws {
    var bounds = Bounds()
    bounds.builtTextBytes = 100_000
    let run = try finished(
      """
      queues: {q: {}}
      deferreds: {s: {script: [{set: x, to: abcdefgh}, {repeat: 90000, lines: [{put: q, value: '{x}!'}]}]}}
      """, bounds: bounds)
    #expect(run.fault?.message == "the texts that s and others build come to more than 100000 bytes")
  }

  @Test(
    arguments: ["acquire: l", "add: d, stages: [{callback: {return: 1}}]", "add: d, stages: [{timeout: 1}]"])
  func `Deferreds and stages are counted`(action: String) throws {
    let run = try finished(
      "locks: [l]\ndeferreds: {d: {}, s: {script: [{repeat: 90000, lines: [{\(action)}]}]}}",
      bounds: Bounds(handlerCalls: 1000))
    #expect(run.fault?.message.hasSuffix("makes too much: there are 4000 Deferreds and stages") == true)
  }

  @Test func `lists are counted, for each may fire inside the one before it`() throws {
    let run = try finished(
      "deferreds: {d: {}, s: {script: [{repeat: 30000, lines: [{await: {list: []}}]}]}}")
    #expect(run.fault?.message.hasPrefix("s.await is one too many") == true)
  }
}

struct RecordTextTests {
  @Test func `what a gathering fires with is written as the list that it is`() throws {
    let run = try finished("deferreds: {d: {}}")
    let results = ListResult<Value>.all([.success(.int(1)), .success(.string("x"))])
    #expect(run.recordText(of: results)?.text == "[[true, 1], [true, 'x']]")
  }
}

struct UnseenCharacterTests {
  @Test func `characters that a terminal would obey are escaped in what is written`() throws {
    let text = #""a\x9bb\u202ec\x7fd\u2028e漢é""#
    let run = try finished("deferreds: {d: {succeed: \(text)}}\nexpect: [{at: end, result: {d: 1}}]")
    #expect(run.observed.contains(#""a\u009bb\u202ec\u007fd\u2028e漢é""#))
    #expect(run.recordText(of: Value.string("a\u{9b}b\u{202e}c漢"))?.text == #"'a\u009bb\u202ec漢'"#)
  }

  @Test func `inside a text they are as they are, so that it is the same text as in Python`() throws {
    let run = try finished(
      #"""
      deferreds: {d: {chain: [{callback: {log: "{value}"}}]}}
      timeline: [{fire: d, with: ["a\u202eb\bc\u00ad"]}]
      expect: [{at: end, log: ["[\"a\u202eb\\bc\u00ad\"]"]}]
      """#, records: true)
    #expect(run.expectationResults.map(\.isMet) == [true])
    #expect(run.observed.contains(##""text": "[\"a\u202eb\\bc\u00ad\"]""##))
  }
}
