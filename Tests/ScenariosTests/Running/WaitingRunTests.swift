import Testing

/// What user code observes of waiting for one another, as on Twisted 26.10.0.
struct WaitingRunTests {
  @Test func `a handler that returns a Deferred makes its chain wait`() throws {
    let seen = try observe(
      #"""
      deferreds:
        inner: {}
        outer: {succeed: 1, chain: [{callback: {name: h, await: inner}}, {callback: {name: got}}]}
      timeline: [{at: 1, fire: inner, with: i}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 outer.h callback 1 -> {"deferred": "inner"}
        1000000 timeline 0 timer null -> null
        1000000 outer.got callback "i" -> null
        inner: {"called": true, "paused": 0, "result": null, "waiting": null}
        outer: {"called": true, "paused": 0, "result": null, "waiting": null}
        """#)
  }

  @Test func `a Deferred that has fired is taken at once, and left with none`() throws {
    let seen = try observe(
      #"""
      deferreds:
        inner: {succeed: i}
        outer: {succeed: 1, chain: [{callback: {await: inner}}, {callback: {name: got}}]}
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 outer.callback 0 callback 1 -> {"deferred": "inner"}
        0 outer.got callback "i" -> null
        inner: {"called": true, "paused": 0, "result": null, "waiting": null}
        outer: {"called": true, "paused": 0, "result": null, "waiting": null}
        """#)
  }

  @Test func `of two that wait for one the second gets none`() throws {
    let seen = try observe(
      #"""
      deferreds:
        inner: {}
        a: {succeed: 1, chain: [{callback: {await: inner}}, {callback: {name: got}}]}
        b: {succeed: 1, chain: [{callback: {await: inner}}, {callback: {name: got}}]}
      timeline: [{fire: inner, with: i}]
      """#, .calls)
    #expect(
      seen == #"""
        0 a.callback 0 callback 1 -> {"deferred": "inner"}
        0 b.callback 0 callback 1 -> {"deferred": "inner"}
        0 a.got callback "i" -> null
        0 b.got callback null -> null
        """#)
  }

  @Test func `unpausing a chain that waits hands the inner Deferred to the next handler`() throws {
    let seen = try observe(
      #"""
      deferreds: {inner: {}, outer: {succeed: 1, chain: [{callback: {await: inner}}, {callback: {name: got, return: 3}}]}}
      timeline: [{unpause: outer}]
      """#, .calls)
    #expect(
      seen == #"""
        0 outer.callback 0 callback 1 -> {"deferred": "inner"}
        0 outer.got callback {"deferred": "inner"} -> 3
        """#)
  }

  @Test func `an inline Deferred is made anew each time, and named after who waits for it`() throws {
    let seen = try observe(
      #"""
      deferreds:
        a: {succeed: 1, chain: [{callback: {name: h, await: {succeed: "{value}!", chain: [{callback: {pass: true}}]}}}]}
        b: {succeed: 1, chain: [{callback: &h {name: h, await: {as: again, succeed: 2}}}, {callback: *h}]}
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 a.h callback 1 -> {"deferred": "a.h.await"}
        0 a.h.await.callback 0 callback "1!" -> "1!"
        0 b.h callback 1 -> {"deferred": "again"}
        0 b.h callback 2 -> {"deferred": "again#2"}
        a: {"called": true, "paused": 0, "result": "1!", "waiting": null}
        a.h.await: {"called": true, "paused": 0, "result": null, "waiting": null}
        b: {"called": true, "paused": 0, "result": 2, "waiting": null}
        again: {"called": true, "paused": 0, "result": null, "waiting": null}
        again#2: {"called": true, "paused": 0, "result": null, "waiting": null}
        """#)
  }

  @Test func `a chain that waits for itself never goes on`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{callback: {await: x}}, {callback: {name: never}}]}}
      timeline: [{fire: x}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 x.callback 0 callback null -> {"deferred": "x"}
        x: {"called": true, "paused": 1, "waiting": "x"}
        """#)
  }

  @Test func `names are bound when the thing is made`() throws {
    let seen = try observe(
      #"""
      deferreds: {a: {succeed: 1, chain: [{callback: {await: b}}]}, b: {succeed: 2}}
      timeline: [{drop: b}, {fire: b}]
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 a.callback 0 callback 1 -> {"raise": "NameError", "message": "name 'b' is not defined"}
        0 error timeline 1: NameError name 'b' is not defined
        0 unhandled a: NameError name 'b' is not defined
        """#)
  }

  @Test func `a name made again means the newest`() throws {
    let seen = try observe(
      #"""
      queues: {q: {}}
      timeline: [{put: q, value: 1}, {get: q, as: x}, {get: q, as: x}, {add: x, stages: [{callback: {name: h}}]}, {put: q, value: 2}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 x#2.h callback 2 -> null
        x: {"called": true, "paused": 0, "result": 1, "waiting": null}
        x#2: {"called": true, "paused": 0, "result": null, "waiting": null}
        """#)
  }

  @Test func `who reads a chain that an unpause from inside keeps from pausing gets what it waits for`()
    throws
  {
    let seen = try observe(
      #"""
      deferreds:
        w: {succeed: 1, chain: [{callback: {do: [{unpause: w}], await: {}}}]}
        a: {async: [{await: w, into: x}, {return: ["{x}"]}]}
        r: {race: [w]}
      """#, .final)
    #expect(
      seen == #"""
        w: {"called": true, "paused": 0, "result": null, "waiting": null}
        w.callback 0.await: {"called": false, "paused": 0, "waiting": null}
        a: {"called": true, "paused": 0, "result": [{"deferred": "w.callback 0.await"}], "waiting": null}
        r: {"called": true, "paused": 0, "result": [0, {"deferred": "w.callback 0.await"}], "waiting": null}
        """#)
  }

  @Test func `a coroutine that would look for ever at a chain paused in mid-run is told so`() throws {
    let seen = try observe(
      #"""
      deferreds:
        w: {chain: [{callback: {do: [{pause: w}], return: 1}}]}
        a: {async: [{try: [{await: w}], except: {Exception: [{return: told}]}}]}
      timeline: [{fire: w}]
      """#, .final)
    #expect(
      seen == #"""
        w: {"called": true, "paused": 1, "result": null, "waiting": null}
        a: {"called": true, "paused": 0, "result": "told", "waiting": null}
        """#)
  }
}
