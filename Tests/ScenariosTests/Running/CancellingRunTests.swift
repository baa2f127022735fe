import Testing

/// What user code observes of cancelling, timeouts, what nobody handled, as on Twisted 26.10.0.
struct CancellingRunTests {
  @Test func `cancelling without a canceller fails with CancelledError, and one late result is swallowed`()
    throws
  {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{errback: {trap: CancelledError, return: 1}}]}}
      timeline: [{cancel: x}, {fire: x, with: 2}, {fire: x, with: 3}]
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 x.errback 0 errback {"failure": "CancelledError", "message": ""} -> 1
        0 error timeline 2: AlreadyCalledError
        """#)
  }

  @Test func `a canceller may fire the Deferred itself`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {canceller: {fire: x, with: saved}, chain: [{callback: {pass: true}}]}}
      timeline: [{cancel: x}, {fire: x}]
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 x.canceller canceller null -> null
        0 x.callback 0 callback "saved" -> "saved"
        0 error timeline 1: AlreadyCalledError
        """#)
  }

  @Test func `a canceller that raises leaves the Deferred unfired`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {canceller: [{log: hm}, {raise: ValueError v}]}}
      timeline: [{at: 1, cancel: x}]
      """#, .calls, .log, .final)
    #expect(
      seen == #"""
        1000000 timeline 0 timer null -> {"raise": "ValueError", "message": "v"}
        1000000 x.canceller canceller null -> {"raise": "ValueError", "message": "v"}
        1000000 log x.canceller: hm
        1000000 error timeline 0: ValueError v
        x: {"called": false, "paused": 0, "waiting": null}
        """#)
  }

  @Test func `cancelling what waits cancels what it waits for`() throws {
    let seen = try observe(
      #"""
      deferreds:
        inner: {}
        outer: {succeed: 1, chain: [{callback: {await: inner}}, {errback: {name: got}}]}
      timeline: [{cancel: outer}]
      """#, .calls)
    #expect(
      seen == #"""
        0 outer.callback 0 callback 1 -> {"deferred": "inner"}
        0 outer.got errback {"failure": "CancelledError", "message": ""} -> null
        """#)
  }

  @Test func `a timeout turns a cancel into TimeoutError, and covers the stages above it`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{errback: {pass: true}}, {timeout: 1.5}, {errback: {return: "{failure.type} {failure}"}}]}}
      """#, .calls)
    #expect(
      seen == #"""
        1500000 x.errback 0 errback {"failure": "CancelledError", "message": ""} -> {"failure": "CancelledError", "message": ""}
        1500000 x.errback 2 errback {"failure": "TimeoutError", "message": "(1.5, 'Deferred')"} -> "TimeoutError (1.5, 'Deferred')"
        """#)
  }

  @Test func `a timeout that comes too late does nothing`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{timeout: 2}, {callback: {pass: true}}]}}
      timeline: [{at: 1, fire: x, with: 1}]
      """#, .calls, .time)
    #expect(
      seen == #"""
        1000000 timeline 0 timer null -> null
        1000000 x.callback 1 callback 1 -> 1
        time: 1000000
        """#)
  }

  @Test func `on_timeout gets the value at that point, a success too`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {canceller: {fire: x, with: late}, chain: [{timeout: 1, on_timeout: {return: "{value}?"}}]}}
      """#, .calls)
    #expect(
      seen == #"""
        1000000 x.canceller canceller null -> null
        1000000 x.on_timeout 0 on_timeout "late" -> "late?"
        """#)
  }

  @Test func `a canceller that raises under a cancel of a list is logged under the list`() throws {
    let seen = try observe(
      #"""
      deferreds: {a: {canceller: {raise: ValueError v}}, b: {}, all: {list: [a, b]}}
      timeline: [{cancel: all}]
      """#, .calls, .log, .final)
    #expect(
      seen == #"""
        0 a.canceller canceller null -> {"raise": "ValueError", "message": "v"}
        0 error all: ValueError v
        0 unhandled b: CancelledError
        a: {"called": false, "paused": 0, "waiting": null}
        b: {"called": true, "paused": 0, "result": {"failure": "CancelledError", "message": ""}, "waiting": null}
        all: {"called": false, "paused": 0, "waiting": null}
        """#)
  }

  @Test func `drop reports a Failure that nobody handled, once`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {fail: ValueError v}, y: {}}
      timeline: [{at: 1, drop: x}, {at: 1, drop: y}]
      """#, .log, .unhandled)
    #expect(
      seen == #"""
        1000000 unhandled x: ValueError v
        unhandled: ["x"]
        """#)
  }

  @Test func `at the end unhandled Failures are reported in the order of creation`() throws {
    let seen = try observe(
      #"""
      deferreds: {b: {fail: ValueError b}, a: {fail: ValueError a}, p: {}, ok: {succeed: 1}}
      timeline: [{pause: p}, {fail: p, with: ValueError p}]
      """#, .log, .unhandled)
    #expect(
      seen == #"""
        0 unhandled b: ValueError b
        0 unhandled a: ValueError a
        unhandled: ["a", "b"]
        """#)
  }
}
