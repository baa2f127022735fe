import Testing

/// What user code observes of loops, as on Twisted 26.10.0.
struct LoopsRunTests {
  @Test func `a loop ticks at every interval until it is stopped`() throws {
    let seen = try observe(
      #"""
      loops: {poll: {every: 1, do: {return: "{count}"}, chain: [{callback: {pass: true}}]}}
      timeline: [{at: 1, start: poll}, {at: 2.5, stop: poll}]
      """#, .calls, .ticks)
    #expect(
      seen == #"""
        1000000 timeline 0 timer null -> null
        1000000 poll tick null -> 1
        2000000 poll tick null -> 2
        2500000 timeline 1 timer null -> null
        2500000 poll.callback 0 callback {"loop": "poll"} -> {"loop": "poll"}
        ticks: {"poll": 2}
        """#)
  }

  @Test func `a loop dies of an error of its body`() throws {
    let seen = try observe(
      #"""
      loops: {poll: {every: 1, now: false, do: [{return: ok}, {name: bad, raise: ConnectionLost peer}]}}
      timeline: [{start: poll}]
      """#, .calls, .unhandled, .ticks)
    #expect(
      seen == #"""
        1000000 poll tick null -> "ok"
        2000000 poll.bad tick null -> {"raise": "ConnectionLost", "message": "peer"}
        unhandled: ["poll"]
        ticks: {"poll": 2}
        """#)
  }

  @Test func `a loop waits for the Deferred of its tick, and skips what went by`() throws {
    let seen = try observe(
      #"""
      deferreds: {d: {}}
      loops: {poll: {every: 1, with_count: true, do: [{await: d}, {return: "{count}"}]}}
      timeline: [{start: poll}, {at: 2.5, fire: d}, {at: 3, stop: poll}]
      """#, .calls)
    #expect(
      seen == #"""
        0 poll tick 1 -> {"deferred": "d"}
        2500000 timeline 1 timer null -> null
        3000000 timeline 2 timer null -> null
        """#)
  }

  @Test func `each start returns a Deferred of its own`() throws {
    let seen = try observe(
      #"""
      loops: {poll: {every: 1, do: {return: 1}, chain: [{callback: {name: done}}]}}
      timeline: [{start: poll}, {stop: poll}, {start: poll, every: 2}, {at: 3, stop: poll}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 poll tick null -> 1
        0 poll.done callback {"loop": "poll"} -> null
        0 poll tick null -> 1
        2000000 poll tick null -> 1
        3000000 timeline 3 timer null -> null
        3000000 poll#2.done callback {"loop": "poll"} -> null
        poll: {"called": true, "paused": 0, "result": null, "waiting": null}
        poll#2: {"called": true, "paused": 0, "result": null, "waiting": null}
        """#)
  }

  @Test func `a loop resets, and refuses what makes no sense`() throws {
    let seen = try observe(
      #"""
      loops: {poll: {every: 2, now: false, do: {log: tick}}}
      timeline: [{stop: poll}, {reset: poll}, {start: poll}, {start: poll}, {at: 1, reset: poll}, {at: 3, stop: poll}]
      """#, .calls, .log)
    #expect(
      seen == #"""
        1000000 timeline 4 timer null -> null
        3000000 timeline 5 timer null -> null
        0 error timeline 0: AssertionError Tried to stop a LoopingCall that was not running.
        0 error timeline 1: AssertionError Tried to reset a LoopingCall that was not running.
        0 error timeline 3: AssertionError Tried to start an already running LoopingCall.
        """#)
  }

  @Test func `the ticks of a loop with an interval of zero come at one time until it stops`() throws {
    let seen = try observe(
      #"""
      loops: {poll: {every: 0, do: [{return: a}, {return: b}, {stop: poll}]}}
      timeline: [{at: 1, start: poll}]
      """#, .calls)
    #expect(
      seen == #"""
        1000000 timeline 0 timer null -> null
        1000000 poll tick null -> "a"
        1000000 poll tick null -> "b"
        1000000 poll tick null -> null
        """#)
  }
}
