import Testing

/// What user code observes of values and templates, as on Twisted 26.10.0.
struct ValuesRunTests {
  @Test func `a template that is one placeholder is that value itself`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: [1, 2.0, true, none, {k: v}], chain: [{callback: {return: "{value}"}}, {callback: {return: "{value}!"}}]}}
      """#, .calls)
    #expect(
      seen == #"""
        0 x.callback 0 callback [1, 2, true, null, {"k": "v"}] -> [1, 2, true, null, {"k": "v"}]
        0 x.callback 1 callback [1, 2, true, null, {"k": "v"}] -> "[1, 2, true, null, {\"k\": \"v\"}]!"
        """#)
  }

  @Test func `braces are doubled, and a single closing one is itself`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: "{{a}} } {{value}}"}}
      """#, .final)
    #expect(
      seen == #"""
        x: {"called": true, "paused": 0, "result": "{a} } {value}", "waiting": null}
        """#)
  }

  @Test func `numbers are written with the shortest digits`() throws {
    let seen = try observe(
      #"""
      timeline: [{log: "x"}]
      deferreds: {x: {succeed: [2.0, 0.1, 1e3, 1e16, 123456789.125, 0.0001, 0.00001, -0.5], chain: [{callback: {log: "{value}"}}]}}
      """#, .log)
    #expect(
      seen == #"""
        0 log x.callback 0: [2, 0.1, 1000, 1e+16, 123456789.125, 0.0001, 1e-05, -0.5]
        0 log timeline 0: x
        """#)
  }

  @Test func `objects are shown by their names`() throws {
    let seen = try observe(
      #"""
      locks: [l]
      semaphores: {s: 1}
      deferreds: {d: {}}
      timeline: [{acquire: l, stages: [{callback: {return: ["{value}", "{value}!"]}}]}, {acquire: s}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 l.acquire.callback 0 callback {"lock": "l"} -> [{"lock": "l"}, "l!"]
        d: {"called": false, "paused": 0, "waiting": null}
        l.acquire: {"called": true, "paused": 0, "result": [{"lock": "l"}, "l!"], "waiting": null}
        s.acquire: {"called": true, "paused": 0, "result": {"semaphore": "s"}, "waiting": null}
        """#)
  }

  @Test func `a Failure in a text is its type and its message`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {fail: "ValueError bad {{x}}", chain: [{both: {return: "{value}|{failure}|{failure.type}|{failure.sub}"}}]}}
      """#, .calls)
    #expect(
      seen == #"""
        0 x.both 0 errback {"failure": "ValueError", "message": "bad {x}"} -> "ValueError bad {x}|bad {x}|ValueError|none"
        """#)
  }

  @Test func `texts that are not ASCII stay as they are`() throws {
    let seen = try observe(
      #"""
      deferreds: {x: {succeed: "日本 é \" \\ \n", chain: [{callback: {return: ["{value}"]}}]}}
      """#, .calls)
    #expect(
      seen == #"""
        0 x.callback 0 callback "日本 é \" \\ \n" -> ["日本 é \" \\ \n"]
        """#)
  }
}
