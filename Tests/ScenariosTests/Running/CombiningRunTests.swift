import Testing

/// What user code observes of lists, gathers, races, maybe and later, as on Twisted 26.10.0.
struct CombiningRunTests {
  @Test func `a list fires with what became of each member`() throws {
    let seen = try observe(
      #"""
      deferreds: {a: {}, b: {fail: KeyError k}, all: {list: [a, b, {succeed: 3}], chain: [{callback: {pass: true}}]}}
      timeline: [{at: 1, fire: a, with: 1}]
      """#, .calls, .unhandled)
    #expect(
      seen == #"""
        1000000 timeline 0 timer null -> null
        1000000 all.callback 0 callback [[true, 1], [false, {"failure": "KeyError", "message": "k"}], [true, 3]] -> [[true, 1], [false, {"failure": "KeyError", "message": "k"}], [true, 3]]
        unhandled: ["b"]
        """#)
  }

  @Test func `a list can fire with the first value`() throws {
    let seen = try observe(
      #"""
      deferreds: {a: {}, all: {list: [a, {fail: ValueError v}], fire_on_one_callback: true, chain: [{callback: {pass: true}}]}}
      timeline: [{fire: a, with: 1}]
      """#, .calls)
    #expect(
      seen == #"""
        0 all.callback 0 callback [1, 0] -> [1, 0]
        """#)
  }

  @Test func `a list can fail with the first Failure, and consume it`() throws {
    let seen = try observe(
      #"""
      deferreds:
        a: {fail: ValueError v}
        all: {list: [{}, a], fire_on_one_errback: true, consume_errors: true, chain: [{errback: {return: "{failure} {failure.sub} {failure.sub.type} {failure.index}"}}]}
      """#, .calls, .unhandled)
    #expect(
      seen == #"""
        0 all.errback 0 errback {"failure": "FirstError", "message": "#1 ValueError v"} -> "#1 ValueError v v ValueError 1"
        unhandled: []
        """#)
  }

  @Test func `an empty list fires at once, but never for its first value`() throws {
    let seen = try observe(
      #"""
      deferreds: {a: {list: []}, b: {list: [], fire_on_one_callback: true}, c: {gather: []}, d: {race: []}}
      """#, .final)
    #expect(
      seen == #"""
        a: {"called": true, "paused": 0, "result": [], "waiting": null}
        b: {"called": false, "paused": 0, "waiting": null}
        c: {"called": true, "paused": 0, "result": [], "waiting": null}
        d: {"called": false, "paused": 0, "waiting": null}
        """#)
  }

  @Test func `gather fires with the values, or with FirstError`() throws {
    let seen = try observe(
      #"""
      deferreds: {a: {}, all: {gather: [a, {succeed: 2}]}, bad: {gather: [a, {fail: ValueError v}], consume_errors: true}}
      timeline: [{fire: a, with: 1}]
      """#, .final)
    #expect(
      seen == #"""
        a: {"called": true, "paused": 0, "result": 1, "waiting": null}
        all.1: {"called": true, "paused": 0, "result": 2, "waiting": null}
        all: {"called": true, "paused": 0, "result": [1, 2], "waiting": null}
        bad.1: {"called": true, "paused": 0, "result": null, "waiting": null}
        bad: {"called": true, "paused": 0, "result": {"failure": "FirstError", "message": "#1 ValueError v"}, "waiting": null}
        """#)
  }

  @Test func `a race fires with the first value, after the losers were cancelled`() throws {
    let seen = try observe(
      #"""
      deferreds:
        a: {canceller: {log: cancelled}}
        b: {}
        first: {race: [a, b], chain: [{callback: {log: "{value}", pass: true}}]}
      timeline: [{at: 1, fire: b, with: 2}]
      """#, .calls, .log, .final)
    #expect(
      seen == #"""
        1000000 timeline 0 timer null -> null
        1000000 a.canceller canceller null -> null
        1000000 first.callback 0 callback [1, 2] -> [1, 2]
        1000000 log a.canceller: cancelled
        1000000 log first.callback 0: [1, 2]
        a: {"called": true, "paused": 0, "result": null, "waiting": null}
        b: {"called": true, "paused": 0, "result": null, "waiting": null}
        first: {"called": true, "paused": 0, "result": [1, 2], "waiting": null}
        """#)
  }

  @Test func `a race of failures fails with all of them`() throws {
    let seen = try observe(
      #"""
      deferreds: {r: {race: [{fail: KeyError a}, {fail: ValueError b}], chain: [{errback: {return: "{failure}"}}]}}
      """#, .calls)
    #expect(
      seen == #"""
        0 r.errback 0 errback {"failure": "FailureGroup", "message": "#0 KeyError a, #1 ValueError b"} -> "#0 KeyError a, #1 ValueError b"
        """#)
  }

  @Test func `maybe makes a Deferred of what a handler returns or raises`() throws {
    let seen = try observe(
      #"""
      deferreds: {a: {maybe: {return: 1}}, b: {maybe: {name: h, raise: ValueError v}}, c: {maybe: {return_failure: KeyError k}}}
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 a.maybe maybe null -> 1
        0 b.h maybe null -> {"raise": "ValueError", "message": "v"}
        0 c.maybe maybe null -> {"failure": "KeyError", "message": "k"}
        a: {"called": true, "paused": 0, "result": 1, "waiting": null}
        b: {"called": true, "paused": 0, "result": {"failure": "ValueError", "message": "v"}, "waiting": null}
        c: {"called": true, "paused": 0, "result": {"failure": "KeyError", "message": "k"}, "waiting": null}
        """#)
  }

  @Test func `maybe gives back a Deferred as it is, under another name`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {}, y: {maybe: {await: x}, chain: [{callback: {pass: true}}]}}
      timeline: [{add: y, stages: [{callback: {pass: true}}]}, {fire: x, with: 1}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 y.maybe maybe null -> {"deferred": "x"}
        0 x.callback 0 callback 1 -> 1
        0 x.callback 1 callback 1 -> 1
        x: {"called": true, "paused": 0, "result": 1, "waiting": null}
        y: {"called": true, "paused": 0, "result": 1, "waiting": null, "alias": "x"}
        """#)
  }

  @Test func `later calls its handler when the time has come`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {later: 2, log: now, return: 1, chain: [{callback: {return: "{value}!"}}]}, y: {later: 3}}
      timeline: [{at: 1, cancel: y}]
      """#, .calls, .log, .final)
    #expect(
      seen == #"""
        1000000 timeline 0 timer null -> null
        2000000 x.later later null -> 1
        2000000 x.callback 0 callback 1 -> "1!"
        2000000 log x.later: now
        2000000 unhandled y: CancelledError
        x: {"called": true, "paused": 0, "result": "1!", "waiting": null}
        y: {"called": true, "paused": 0, "result": {"failure": "CancelledError", "message": ""}, "waiting": null}
        """#)
  }

  @Test func `what a loser's canceller makes while a race is being made comes before the race`() throws {
    let seen = try observe(
      #"""
      deferreds:
        q: {succeed: 1}
        w: {race: [{canceller: {add: q, stages: [{callback: {await: {}}}]}}, {succeed: 3}]}
      """#, .final)
    #expect(
      seen.split(separator: "\n").map { $0.prefix { $0 != ":" } } == [
        "q", "w.0", "w.1", "q.callback 0.await", "w",
      ])
  }
}
