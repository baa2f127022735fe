import Testing

/// What user code observes of the clock, as on Twisted 26.10.0.
struct TimingRunTests {
  @Test func `every call sees its own due time, and ties run in the order in which they were made`() throws {
    let seen = try observe(
      #"""
      timeline: [{at: 2, log: b}, {at: 1, log: a}, {at: 2, log: c}, {log: now}]
      """#, .calls, .log)
    #expect(
      seen == #"""
        1000000 timeline 1 timer null -> null
        2000000 timeline 0 timer null -> null
        2000000 timeline 2 timer null -> null
        0 log timeline 3: now
        1000000 log timeline 1: a
        2000000 log timeline 0: b
        2000000 log timeline 2: c
        """#)
  }

  @Test func `with a drive list every call sees the time after the advance`() throws {
    let seen = try observe(
      #"""
      drive: [5, 0.5]
      timeline: [{at: 1, log: a}, {at: 3, do: [{call: c, after: 0, do: [{log: c}]}]}, {at: 9, log: never}]
      """#, .calls, .timers, .time)
    #expect(
      seen == #"""
        5000000 timeline 0 timer null -> null
        5000000 timeline 1 timer null -> null
        5000000 c timer null -> null
        timers: [9000000]
        time: 5500000
        """#)
  }

  @Test func `a nested advance moves time inside a call`() throws {
    let seen = try observe(
      #"""
      drive: [1]
      timeline: [{at: 1, do: [{advance: 2}, {log: after}]}, {at: 2, log: inside}]
      """#, .log, .time)
    #expect(
      seen == #"""
        3000000 log timeline 1: inside
        3000000 log timeline 0: after
        time: 3000000
        """#)
  }

  @Test func `until runs what is due exactly then, and ends there`() throws {
    let seen = try observe(
      #"""
      until: 2
      timeline: [{at: 2, log: last}, {at: 2.000001, log: never}]
      """#, .log, .timers, .time)
    #expect(
      seen == #"""
        2000000 log timeline 0: last
        timers: [2000001]
        time: 2000000
        """#)
  }

  @Test func `calls are moved by reset and delay, and keep their place among equals`() throws {
    let seen = try observe(
      #"""
      timeline:
        - {call: a, after: 1, do: [{log: a}]}
        - {call: b, after: 2, do: [{log: b}]}
        - {reset_call: a, after: 2}
        - {call: c, after: 2, do: [{log: c}]}
        - {at: 0, delay_call: c, by: -1}
      """#, .log)
    #expect(
      seen == #"""
        1000000 log c: c
        2000000 log a: a
        2000000 log b: b
        """#)
  }

  @Test func `a call that was made or cancelled cannot be moved or cancelled`() throws {
    let seen = try observe(
      #"""
      timeline:
        - do: [{call: c, after: 1, do: [{cancel_call: c}]}]
        - {at: 2, reset_call: c, after: 1}
        - do: [{call: d, after: 1, do: []}, {cancel_call: d}, {cancel_call: d}]
        - {cancel_call: d}
      """#, .calls, .log)
    #expect(
      seen == #"""
        1000000 c timer null -> {"raise": "AlreadyCalled", "message": "Tried to cancel an already-called event."}
        2000000 timeline 1 timer null -> {"raise": "AlreadyCalled", "message": "Tried to cancel an already-called event."}
        0 error timeline 2: AlreadyCancelled Tried to cancel an already-cancelled event.
        0 error timeline 3: AlreadyCancelled Tried to cancel an already-cancelled event.
        1000000 error c: AlreadyCalled Tried to cancel an already-called event.
        2000000 error timeline 1: AlreadyCalled Tried to cancel an already-called event.
        """#)
  }

  @Test func `actions written inside a handler see its placeholders later too`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{callback: {do: [{call: c, after: 1, do: [{log: "{value}"}]}]}}]}}
      timeline: [{fire: x, with: roses}]
      """#, .log)
    #expect(
      seen == #"""
        1000000 log c: roses
        """#)
  }

  @Test func `an error out of a timer is logged, and the run goes on`() throws {
    let seen = try observe(
      #"""
      timeline: [{at: 1, do: [{raise: KeyError k}, {log: never}]}, {at: 1, log: on}]
      """#, .calls, .log)
    #expect(
      seen == #"""
        1000000 timeline 0 timer null -> {"raise": "KeyError", "message": "k"}
        1000000 timeline 1 timer null -> null
        1000000 error timeline 0: KeyError k
        1000000 log timeline 1: on
        """#)
  }

  @Test func `a second call of a name has a number`() throws {
    let seen = try observe(
      #"""
      timeline: [{call: c, after: 1, do: [{log: a}]}, {call: c, after: 1, do: [{log: b}]}]
      """#, .calls)
    #expect(
      seen == #"""
        1000000 c timer null -> null
        1000000 c#2 timer null -> null
        """#)
  }

  @Test func `seconds are kept to the microsecond`() throws {
    let seen = try observe(
      #"""
      timeline: [{at: 0.1, call: c, after: 0.2, do: [{log: x}]}]
      """#, .calls, .time)
    #expect(
      seen == #"""
        100000 timeline 0 timer null -> null
        300000 c timer null -> null
        time: 300000
        """#)
  }
}
