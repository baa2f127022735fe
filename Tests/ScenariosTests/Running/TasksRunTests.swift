import Testing

/// What user code observes of cooperative tasks, as on Twisted 26.10.0.
struct TasksRunTests {
  @Test func `tasks take turns, one step each`() throws {
    let seen = try observe(
      #"""
      tasks: {a: {steps: [{yield: 1}, {yield: 2}]}, b: {steps: [{do: [{log: x}]}]}}
      timeline: [{start: a}, {start: b}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 a step null -> 1
        0 b step null -> null
        0 a step null -> 2
        0 b step null -> {"done": true}
        0 a step null -> {"done": true}
        a: {"called": true, "paused": 0, "result": {"task": "a"}, "waiting": null}
        b: {"called": true, "paused": 0, "result": {"task": "b"}, "waiting": null}
        """#)
  }

  @Test func `a task waits for the Deferred that a step gives`() throws {
    let seen = try observe(
      #"""
      deferreds: {d: {}}
      tasks: {t: {steps: [{await: d}, {yield: 1}], chain: [{callback: {name: done}}]}}
      timeline: [{start: t}, {at: 1, fire: d}]
      """#, .calls)
    #expect(
      seen == #"""
        0 t step null -> {"deferred": "d"}
        1000000 timeline 1 timer null -> null
        1000000 t step null -> 1
        1000000 t step null -> {"done": true}
        1000000 t.done callback {"task": "t"} -> null
        """#)
  }

  @Test func `a step that raises ends its task, and a repeat repeats`() throws {
    let seen = try observe(
      #"""
      tasks: {t: {steps: [{repeat: 2, steps: [{yield: 1}]}, {raise: ValueError v}, {yield: no}]}}
      timeline: [{start: t}]
      """#, .calls, .unhandled)
    #expect(
      seen == #"""
        0 t step null -> 1
        0 t step null -> 1
        0 t step null -> {"raise": "ValueError", "message": "v"}
        unhandled: ["t"]
        """#)
  }

  @Test func `a task is paused, resumed and stopped`() throws {
    let seen = try observe(
      #"""
      tasks: {t: {steps: [{repeat: 9, steps: [{yield: 1}]}], chain: [{errback: {return: "{failure.type}"}}]}}
      timeline: [{start: t}, {pause_task: t}, {at: 1, resume_task: t}, {at: 2, resume_task: t}, {at: 2, stop: t}]
      """#, .log, .final)
    #expect(
      seen == #"""
        2000000 error timeline 3: NotPaused
        2000000 error timeline 4: TaskDone
        t: {"called": true, "paused": 0, "result": {"task": "t"}, "waiting": null}
        """#)
  }

  @Test func `a stopped task cannot be stopped again, nor one that was never started`() throws {
    let seen = try observe(
      #"""
      tasks: {t: {steps: [{yield: 1}]}, u: {steps: []}}
      timeline: [{start: t}, {stop: t}, {stop: t}, {pause_task: t}, {stop: u}]
      """#, .log)
    #expect(
      seen == #"""
        0 error timeline 2: TaskStopped
        0 error timeline 3: TaskStopped
        0 error timeline 4: NameError name 'u' is not defined
        0 unhandled t: TaskStopped
        """#)
  }

  @Test func `when_done gives a Deferred for the end, before and after it`() throws {
    let seen = try observe(
      #"""
      tasks: {t: {steps: []}}
      timeline: [{start: t}, {when_done: t, as: w, stages: [{callback: {pass: true}}]}, {at: 1, when_done: t}]
      """#, .calls, .final)
    #expect(
      seen == #"""
        0 t step null -> {"done": true}
        0 w.callback 0 callback {"task": "t"} -> {"task": "t"}
        1000000 timeline 2 timer null -> null
        t: {"called": true, "paused": 0, "result": {"task": "t"}, "waiting": null}
        w: {"called": true, "paused": 0, "result": {"task": "t"}, "waiting": null}
        t.when_done: {"called": true, "paused": 0, "result": {"task": "t"}, "waiting": null}
        """#)
  }

  @Test func `a cooperator can make several steps a turn, and wait for its start`() throws {
    let seen = try observe(
      #"""
      cooperators: {slow: {started: false, units_per_turn: 2}}
      tasks: {t: {cooperator: slow, steps: [{yield: 1}, {yield: 2}, {yield: 3}]}}
      timeline: [{start: t}, {at: 1, start: slow}]
      """#, .calls)
    #expect(
      seen == #"""
        1000000 timeline 1 timer null -> null
        1000000 t step null -> 1
        1000000 t step null -> 2
        1000000 t step null -> 3
        1000000 t step null -> {"done": true}
        """#)
  }

  @Test func `a stopped cooperator fails its tasks`() throws {
    let seen = try observe(
      #"""
      tasks: {t: {steps: [{yield: 1}]}}
      timeline: [{stop: cooperator}, {start: t}, {add: t, stages: [{errback: {return: "{failure.type}"}}]}]
      """#, .calls)
    #expect(
      seen == #"""
        0 t.errback 0 errback {"failure": "SchedulerStopped", "message": ""} -> "SchedulerStopped"
        """#)
  }
}
