import Testing

/// What user code observes of locks, semaphores and queues, as on Twisted 26.10.0.
struct SharingRunTests {
  @Test func `a lock is handed on in the order in which it was asked for`() throws {
    let seen = try observe(
      #"""
      locks: [l]
      timeline:
        - {acquire: l, as: a, stages: [{callback: {name: got, pass: true}}]}
        - {acquire: l, as: b, stages: [{callback: {name: got, log: "{value}"}}]}
        - {at: 1, release: l}
        - {at: 2, release: l}
        - {at: 3, release: l}
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 a.got callback {"lock": "l"} -> {"lock": "l"}
        1000000 timeline 2 timer null -> null
        1000000 b.got callback {"lock": "l"} -> null
        2000000 timeline 3 timer null -> null
        3000000 timeline 4 timer null -> {"raise": "AssertionError", "message": "Tried to release an unlocked lock"}
        1000000 log b.got: l
        3000000 error timeline 4: AssertionError Tried to release an unlocked lock
        """#)
  }

  @Test func `run_locked gives the lock back on both ways`() throws {
    let seen = try observe(
      #"""
      locks: [l]
      deferreds: {d: {}}
      timeline:
        - do: [{run_locked: l, do: {name: first, await: d}, stages: [{errback: {name: failed}}]}]
        - do: [{run_locked: l, do: {return: 2}, as: second}]
        - {at: 1, fail: d, with: ValueError v}
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 l.run.first run null -> {"deferred": "d"}
        1000000 timeline 2 timer null -> null
        1000000 second.run run null -> 2
        1000000 l.run.failed errback {"failure": "ValueError", "message": "v"} -> null
        d: {"called": true, "paused": 0, "result": null, "waiting": null}
        l.run: {"called": true, "paused": 0, "result": null, "waiting": null}
        second: {"called": true, "paused": 0, "result": 2, "waiting": null}
        """#)
  }

  @Test func `cancelling one that waits for a semaphore removes it from the row`() throws {
    let seen = try observe(
      #"""
      semaphores: {s: 1}
      timeline: [{acquire: s}, {acquire: s, as: b}, {acquire: s, as: c, stages: [{callback: {name: got}}]}, {cancel: b}, {release: s}, {release: s}, {release: s}]
      """#, .calls, .log, .final)
    #expect(
      seen == #"""
        0 c.got callback {"semaphore": "s"} -> null
        0 error timeline 6: AssertionError Someone released me too many times: too many tokens!
        0 unhandled b: CancelledError
        s.acquire: {"called": true, "paused": 0, "result": {"semaphore": "s"}, "waiting": null}
        b: {"called": true, "paused": 0, "result": {"failure": "CancelledError", "message": ""}, "waiting": null}
        c: {"called": true, "paused": 0, "result": null, "waiting": null}
        """#)
  }

  @Test func `a queue hands out what is put in, in order`() throws {
    let seen = try observe(
      #"""
      queues: {q: {size: 1, backlog: 1}}
      timeline:
        - {get: q, as: a, stages: [{callback: {name: got, pass: true}}]}
        - {get: q, as: b}
        - {put: q, value: 1}
        - {put: q, value: [2, none]}
        - {put: q, value: 3}
        - {get: q}
      """#, .calls, .log, .final)
    #expect(
      seen == #"""
        0 a.got callback 1 -> 1
        0 error timeline 1: QueueUnderflow
        0 error timeline 4: QueueOverflow
        a: {"called": true, "paused": 0, "result": 1, "waiting": null}
        q.get: {"called": true, "paused": 0, "result": [2, null], "waiting": null}
        """#)
  }
}
