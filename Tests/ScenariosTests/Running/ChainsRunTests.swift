import Testing

/// What user code observes of chains and handlers, as on Twisted 26.10.0.
struct ChainsRunTests {
  @Test func `a raise goes to the errback line and is trapped two stages later`() throws {
    let seen = try observe(
      #"""
      errors: {GibberishError: ValueError}
      deferreds:
        poem:
          chain:
            - callback: {name: parse, raise: GibberishError bad line}
            - callback: {name: skipped, return: no}
            - errback: {name: fall_back, trap: ValueError, return: original}
            - callback: {name: use, return: "{value}!"}
      timeline: [{fire: poem, with: roses}]
      """#, .calls)
    #expect(
      seen == #"""
        0 poem.parse callback "roses" -> {"raise": "GibberishError", "message": "bad line"}
        0 poem.fall_back errback {"failure": "GibberishError", "message": "bad line"} -> "original"
        0 poem.use callback "original" -> "original!"
        """#)
  }

  @Test func `a trap that does not match passes the Failure on`() throws {
    let seen = try observe(
      #"""
      deferreds:
        x: {fail: KeyError k, chain: [{errback: {trap: [ValueError, OSError], return: never}}, {errback: {trap: LookupError}}]}
      """#, .calls)
    #expect(
      seen == #"""
        0 x.errback 0 errback {"failure": "KeyError", "message": "k"} -> {"raise": "KeyError", "message": "k"}
        0 x.errback 1 errback {"failure": "KeyError", "message": "k"} -> null
        """#)
  }

  @Test func `a trap acts only on a Failure`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: 1, chain: [{both: {trap: ValueError, return: "{value}"}}]}}
      """#, .calls)
    #expect(
      seen == #"""
        0 x.both 0 callback 1 -> 1
        """#)
  }

  @Test func `a handler that says nothing returns none, which ends a Failure`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {fail: ValueError v, chain: [{errback: {log: "{failure.type} {failure}"}}, {callback: {pass: true}}]}}
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 x.errback 0 errback {"failure": "ValueError", "message": "v"} -> null
        0 x.callback 1 callback null -> null
        0 log x.errback 0: ValueError v
        """#)
  }

  @Test func `the errback of a pair does not see what its callback raises`() throws {
    let seen = try observe(
      #"""
      deferreds:
        x: {succeed: 1, chain: [{callback: {raise: ValueError v}, errback: {return: no}}, {errback: {pass: true}}]}
      """#, .calls, .unhandled)
    #expect(
      seen == #"""
        0 x.callback 0 callback 1 -> {"raise": "ValueError", "message": "v"}
        0 x.errback 1 errback {"failure": "ValueError", "message": "v"} -> {"failure": "ValueError", "message": "v"}
        unhandled: ["x"]
        """#)
  }

  @Test func `a Failure can be returned instead of raised`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: 1, chain: [{callback: {return_failure: KeyError k}}, {errback: {return: "{failure}"}}]}}
      """#, .calls)
    #expect(
      seen == #"""
        0 x.callback 0 callback 1 -> {"failure": "KeyError", "message": "k"}
        0 x.errback 1 errback {"failure": "KeyError", "message": "k"} -> "k"
        """#)
  }

  @Test func `unnamed handlers are called by the index of their stage, late ones included`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{callback: {pass: true}}, {timeout: 5}, {both: {pass: true}}]}}
      timeline: [{add: x, stages: [{errback: {pass: true}}, {both: {return: 2}}]}, {fire: x, with: 1}]
      """#, .calls)
    #expect(
      seen == #"""
        0 x.callback 0 callback 1 -> 1
        0 x.both 2 callback 1 -> 1
        0 x.both 4 callback 1 -> 2
        """#)
  }

  @Test func `the keys of a handler act in their own order, whatever their order in the file`() throws {
    let seen = try observe(
      #"""
      deferreds:
        x: {fail: ValueError v, chain: [{errback: {return: 1, do: [{log: second}], log: first, trap: Exception}}]}
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 x.errback 0 errback {"failure": "ValueError", "message": "v"} -> 1
        0 log x.errback 0: first
        0 log x.errback 0: second
        """#)
  }

  @Test func `an action that raises ends the handler with that error`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: 1, chain: [{callback: {do: [{raise: KeyError k}, {log: never}], return: 2}}]}}
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 x.callback 0 callback 1 -> {"raise": "KeyError", "message": "k"}
        0 unhandled x: KeyError k
        """#)
  }

  @Test func `an action stands for a handler that does it`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: 1, chain: [{callback: {log: "{value}"}}, {callback: {fire: y, with: 2}}]}, y: {}}
      """#, .calls, .log)
    #expect(
      seen == #"""
        0 x.callback 0 callback 1 -> null
        0 x.callback 1 callback null -> {"raise": "NameError", "message": "name 'y' is not defined"}
        0 log x.callback 0: 1
        0 unhandled x: NameError name 'y' is not defined
        """#)
  }

  @Test func `each gives one handler a call, the last repeating`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: 0, chain: [{callback: &turn {name: n, each: [{return: a}, {name: b, return: b}]}}, {callback: *turn}, {callback: *turn}]}}
      """#, .calls)
    #expect(
      seen == #"""
        0 x.n callback 0 -> "a"
        0 x.b callback "a" -> "b"
        0 x.b callback "b" -> "b"
        """#)
  }

  @Test func `a handler added while the chain runs comes last`() throws {
    let seen = try observe(
      #"""
      deferreds:
        x:
          chain: [{callback: {do: [{add: x, stages: [{callback: {name: late}}]}]}}, {callback: {name: early}}]
      timeline: [{fire: x}]
      """#, .calls)
    #expect(
      seen == #"""
        0 x.callback 0 callback null -> null
        0 x.early callback null -> null
        0 x.late callback null -> null
        """#)
  }

  @Test func `chainDeferred fires the other and leaves none`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{chain_to: y}, {callback: {name: after}}]}, y: {chain: [{both: {name: got}}]}}
      timeline: [{fire: x, with: 1}]
      """#, .calls)
    #expect(
      seen == #"""
        """#)
  }

  @Test func `chaining to a Deferred that has fired raises AlreadyCalledError on the source`() throws {
    let seen = try observe(
      #"""
      deferreds: {y: {succeed: 1}, x: {chain: [{errback: {name: got}}]}}
      timeline: [{chain: x, to: y}, {add: x, stages: [{errback: {name: late}}]}, {fire: x, with: 2}]
      """#, .calls)
    #expect(
      seen == #"""
        0 x.late errback {"failure": "AlreadyCalledError", "message": ""} -> null
        """#)
  }

  @Test func `pause holds a chain until as many unpauses came`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{callback: {name: h}}]}}
      timeline: [{pause: x}, {pause: x}, {at: 1, fire: x}, {at: 2, unpause: x}, {at: 3, unpause: x}]
      """#, .calls)
    #expect(
      seen == #"""
        1000000 timeline 2 timer null -> null
        2000000 timeline 3 timer null -> null
        3000000 timeline 4 timer null -> null
        3000000 x.h callback null -> null
        """#)
  }

  @Test func `an unmatched unpause leaves the chain stuck`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: 1}}
      timeline: [{unpause: x}, {add: x, stages: [{callback: {name: never}}]}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        x: {"called": true, "paused": -1, "result": 1, "waiting": null}
        """#)
  }

  @Test func `firing twice raises AlreadyCalledError, which is logged`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {}}
      timeline: [{fire: x}, {at: 1, fail: x, with: ValueError v}, {at: 1, do: [{fire: x}, {log: never}]}]
      """#, .log)
    #expect(
      seen == #"""
        1000000 error timeline 1: AlreadyCalledError
        1000000 error timeline 2: AlreadyCalledError
        """#)
  }

  @Test func `a Failure given to callback goes along the errback line`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{errback: {return: "{failure}"}}]}}
      timeline: [{fire: x, with: {failure: KeyError k}}]
      """#, .calls)
    #expect(
      seen == #"""
        0 x.errback 0 errback {"failure": "KeyError", "message": "k"} -> "k"
        """#)
  }

  @Test func `a Deferred given to callback is neither refused nor waited for`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {chain: [{callback: {name: h, return: 1}}]}, y: {}}
      timeline: [{fire: x, with: {deferred: y}}]
      """#, .calls)
    #expect(
      seen == #"""
        0 x.h callback {"deferred": "y"} -> 1
        """#)
  }

  @Test func `an error out of the making of a Deferred is logged under its name`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: 1, chain: [{chain_to: y}]}, y: {}}
      """#, .log, .final)
    #expect(
      seen == #"""
        0 error x: NameError name 'y' is not defined
        x: {"called": true, "paused": 0, "result": 1, "waiting": null}
        y: {"called": false, "paused": 0, "waiting": null}
        """#)
  }
}
