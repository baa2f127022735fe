import Testing

/// What user code observes of scripts, as on Twisted 26.10.0.
struct ScriptsRunTests {
  @Test func `a script waits for Deferreds and goes on with their values`() throws {
    let seen = try observe(
      #"""
      deferreds:
        d: {}
        s: {script: [{await: d, into: x}, {set: y, to: "{x}!"}, {await: {value: 7}, into: z}, {return: ["{y}", "{z}"]}]}
      timeline: [{at: 1, fire: d, with: roses}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 s script null -> {"deferred": "d"}
        1000000 timeline 0 timer null -> null
        1000000 s script "roses" -> 7
        1000000 s script 7 -> ["roses!", 7]
        d: {"called": true, "paused": 0, "result": null, "waiting": null}
        s: {"called": true, "paused": 0, "result": ["roses!", 7], "waiting": null}
        """#)
  }

  @Test func `a script catches, re-raises and cleans up`() throws {
    let seen = try observe(
      #"""
      deferreds:
        s:
          script:
            - try:
                - try: [{raise: KeyError k}]
                  except: {"ValueError, OSError": [{log: no}], LookupError: [{log: caught}, {raise: again}]}
                  finally: [{log: cleanup}]
              except: {Exception: [{return: outer}]}
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 s script null -> "outer"
        0 log s: caught
        0 log s: cleanup
        """#)
  }

  @Test func `a return in finally overrides, and an error in except replaces`() throws {
    let seen = try observe(
      #"""
      deferreds:
        a: {script: [{try: [{raise: KeyError k}], finally: [{return: 1}]}]}
        b: {script: [{try: [{raise: KeyError k}], except: {KeyError: [{raise: ValueError v}]}}]}
      """#, .final)
    #expect(
      seen == #"""
        a: {"called": true, "paused": 0, "result": 1, "waiting": null}
        b: {"called": true, "paused": 0, "result": {"failure": "ValueError", "message": "v"}, "waiting": null}
        """#)
  }

  @Test func `a script repeats, and goes through a list`() throws {
    let seen = try observe(
      #"""
      deferreds:
        s: {script: [{repeat: 2, lines: [{log: r}]}, {for: x, in: [a, 2, "{x}"], lines: [{log: "{x}"}]}]}
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 s script null -> {"raise": "NameError", "message": "name 'x' is not defined"}
        0 log s: r
        0 log s: r
        0 unhandled s: NameError name 'x' is not defined
        """#)
  }

  @Test func `async_with holds a lock while its lines run, and lets go of none that it did not get`() throws {
    let seen = try observe(
      #"""
      locks: [l]
      deferreds:
        one: {async: [{async_with: l, lines: [{sleep: 2}, {return: held}]}]}
        two: {async: [{async_with: l, lines: [{log: never}]}]}
        three: {async: [{async_with: l, lines: [{release: l}]}]}
      timeline: [{at: 1, cancel: two}]
      """#, .calls)
    #expect(
      seen == #"""
        0 one async null -> {"deferred": "one.sleep"}
        0 two async null -> {"deferred": "l.acquire#2"}
        0 three async null -> {"deferred": "l.acquire#3"}
        1000000 timeline 0 timer null -> null
        1000000 two async {"failure": "CancelledError", "message": ""} -> {"raise": "CancelledError", "message": ""}
        2000000 one async null -> "held"
        2000000 three async {"lock": "l"} -> {"raise": "AssertionError", "message": "Tried to release an unlocked lock"}
        """#)
  }

  @Test func `a script sleeps, and a sleep that is no number raises TypeError`() throws {
    let seen = try observe(
      #"""
      deferreds:
        s: {script: [{sleep: 1.5}, {set: n, to: 2}, {sleep: "{n}"}, {set: n, to: x}, {try: [{sleep: "{n}"}], except: {TypeError: [{return: no number}]}}]}
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 s script null -> {"deferred": "s.sleep"}
        1500000 s script null -> {"deferred": "s.sleep#2"}
        3500000 s script null -> "no number"
        s: {"called": true, "paused": 0, "result": "no number", "waiting": null}
        s.sleep: {"called": true, "paused": 0, "result": null, "waiting": null}
        s.sleep#2: {"called": true, "paused": 0, "result": null, "waiting": null}
        """#)
  }

  @Test func `a script whose Deferred is cancelled may catch it and go on`() throws {
    let seen = try observe(
      #"""
      deferreds:
        d: {}
        s: {script: [{try: [{await: d}], except: {CancelledError: [{sleep: 1}, {return: fine}]}}]}
      timeline: [{at: 1, cancel: s}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 s script null -> {"deferred": "d"}
        1000000 timeline 0 timer null -> null
        1000000 s script {"failure": "CancelledError", "message": ""} -> {"deferred": "s.sleep"}
        2000000 s script null -> "fine"
        d: {"called": true, "paused": 0, "result": null, "waiting": null}
        s: {"called": true, "paused": 0, "result": "fine", "waiting": null}
        s.sleep: {"called": true, "paused": 0, "result": null, "waiting": null}
        """#)
  }

  @Test func `an async leaves the result of a fired Deferred in place, a script takes it`() throws {
    let seen = try observe(
      #"""
      deferreds:
        a: {succeed: 1}
        b: {succeed: 2}
        s: {script: [{await: a, into: x}, {return: "{x}"}]}
        c: {async: [{await: b, into: x}, {return: "{x}"}]}
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 s script null -> {"deferred": "a"}
        0 s script 1 -> 1
        0 c async null -> 2
        a: {"called": true, "paused": 0, "result": null, "waiting": null}
        b: {"called": true, "paused": 0, "result": 2, "waiting": null}
        s: {"called": true, "paused": 0, "result": 1, "waiting": null}
        c: {"called": true, "paused": 0, "result": 2, "waiting": null}
        """#)
  }

  @Test func `an async takes the result of a Deferred for which it had to wait`() throws {
    let seen = try observe(
      #"""
      deferreds: {d: {}, c: {async: [{await: d, into: x}, {return: "{x}"}]}}
      timeline: [{fire: d, with: 1}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 c async null -> {"deferred": "d"}
        0 c async 1 -> 1
        d: {"called": true, "paused": 0, "result": null, "waiting": null}
        c: {"called": true, "paused": 0, "result": 1, "waiting": null}
        """#)
  }

  @Test func `a Failure that an async has read is handled`() throws {
    let seen = try observe(
      #"""
      deferreds: {d: {fail: ValueError v}, c: {async: [{try: [{await: d}], except: {ValueError: []}}]}}
      """#, .unhandled, .final)
    #expect(
      seen == #"""
        unhandled: []
        d: {"called": true, "paused": 0, "result": {"failure": "ValueError", "message": "v"}, "waiting": null}
        c: {"called": true, "paused": 0, "result": null, "waiting": null}
        """#)
  }

  @Test func `a script that still waits at the end runs no finally`() throws {
    let seen = try observe(
      #"""
      deferreds: {d: {}, s: {script: [{try: [{await: d}], finally: [{log: never}]}]}}
      """#, .log, .final)
    #expect(
      seen == #"""
        d: {"called": false, "paused": 0, "waiting": null}
        s: {"called": false, "paused": 0, "waiting": null}
        """#)
  }

  @Test func `a variable that was never set is a NameError`() throws {
    let seen = try observe(
      #"""
      deferreds: {s: {script: [{repeat: 0, lines: [{set: x, to: 1}]}, {return: "{x}"}]}}
      """#, .calls)
    #expect(
      seen == #"""
        0 s script null -> {"raise": "NameError", "message": "name 'x' is not defined"}
        """#)
  }
}
