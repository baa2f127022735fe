import Testing

@Suite struct `Faults of keys` {
  static let cases: [FaultCase] = [
    FaultCase(
      "a misspelt key",
      ##"""
      titel: x
      deferreds: {d: {chain: [{callback: {retrun: 1}}]}}
      loops: {l: {evry: 1, do: {log: x}}}
      """##,
      ##"""
      2:1 a scenario has no key `titel`
        did you mean `title`?
      3:37 a handler has no key `retrun`
        did you mean `return`?
      4:13 a loop has no key `evry`
        did you mean `every`?
      """##),
    FaultCase(
      "a misspelt key, and another one missing",
      ##"""
      loops: {l: {evry: 1}}
      """##,
      ##"""
      2:12 a loop needs `do`
        `do`: What each tick does: a handler, or a list of them, one a tick, the last repeating.
      2:13 a loop has no key `evry`
        did you mean `every`?
      """##),
    FaultCase(
      "a key in another style",
      ##"""
      deferreds: {d: {list: [], consumeErrors: true}}
      """##,
      ##"""
      2:27 a list has no key `consumeErrors`
        did you mean `consume_errors`?
      """##),
    FaultCase(
      "a key that belongs elsewhere",
      ##"""
      deferreds: {d: {succeed: 1, canceller: {log: x}}}
      timeline: [{cancel: d, with: 3}]
      """##,
      ##"""
      2:29 a `succeed` Deferred has no key `canceller`
        its keys are `succeed`, `chain`
      3:24 `cancel` has no key `with`
        its keys are `cancel`, `at`
      """##),
    FaultCase(
      "a missing key",
      ##"""
      deferreds: {d: {}}
      loops: {l: {do: {log: x}}}
      timeline: [{fail: d}, {put: q}]
      queues: {q: {}}
      lesson: [{say: x}]
      expect: [{pending: [d]}]
      """##,
      ##"""
      3:12 a loop needs `every`
        `every`: Seconds from one tick to the next.
      4:12 `fail` needs `with`
        `with`: The error.
      4:23 `put` needs `value`
        `value`: What is put in.
      6:10 a lesson entry needs a moment
        `at: S`, `before: D.handler` or `when: failure`
      7:10 an expectation needs `at`
        `at`: After everything due at this second, or `end`.
      """##),
    FaultCase(
      "two actions in one entry",
      ##"""
      deferreds: {d: {}}
      timeline: [{at: 1, fire: d, cancel: d}, {fire: d, do: []}]
      """##,
      ##"""
      3:29 a timeline entry is exactly one thing, and this is `fire` and `cancel`
        make them two entries
      3:51 a timeline entry is exactly one thing, and this is `fire` and `do`
        make them two entries
      """##),
    FaultCase(
      "no action in an entry",
      ##"""
      timeline: [{at: 1}, {at: 2, fier: d}]
      """##,
      ##"""
      2:12 a timeline entry needs a key that says what it is
        one of `fire`, `fail`, `cancel`, `pause`, `unpause`, `add`, `chain`, `drop`, `start`, `stop`, `reset`, `pause_task`, `resume_task`, `when_done`, `call`, `cancel_call`, `reset_call`, `delay_call`, `advance`, `acquire`, `release`, `run_locked`, `put`, `get`, `raise`, `log`, `say`, `do`
      2:29 `fier` is not a timeline entry
        did you mean `fire`?
      """##),
    FaultCase(
      "a list where a map belongs, and the other way round",
      ##"""
      timeline: {at: 1, log: x}
      deferreds: [a]
      """##,
      ##"""
      2:11 `timeline` needs a list of entries, and this is a map
        a list of one is written [{…}]
      3:12 `deferreds` needs a map of Deferreds, and this is a list
      """##),
    FaultCase(
      "two stages in one entry",
      ##"""
      deferreds: {d: {chain: [{callback: {}, both: {}}, {timeout: 3, errback: {}}]}}
      """##,
      ##"""
      2:40 a stage is exactly one thing, and this is `callback` and `both`
        make them two entries
      2:64 a stage is exactly one thing, and this is `timeout` and `errback`
        make them two entries
      """##),
    FaultCase(
      "two origins",
      ##"""
      deferreds: {d: {succeed: 1, fail: E}}
      """##,
      ##"""
      2:29 a Deferred is exactly one thing, and this is `succeed` and `fail`
        make them two entries
      """##),
    FaultCase(
      "two ends of a handler",
      ##"""
      deferreds: {d: {chain: [{callback: {return: 1, raise: E}}, {both: {pass: true, await: d}}]}}
      """##,
      ##"""
      2:48 a handler has one of `return` and `raise`, not both
      2:80 a handler has one of `pass` and `await`, not both
      """##),
    FaultCase(
      "a handler's keys beside an action",
      ##"""
      deferreds: {d: {chain: [{callback: {name: n, fire: d}}]}}
      """##,
      ##"""
      2:37 `fire` has no key `name`
        a handler with more than an action has it under `do`: [{fire: …}]
      """##),
    FaultCase(
      "other keys beside each",
      ##"""
      deferreds: {d: {chain: [{callback: {each: [{}], log: x}}]}}
      """##,
      ##"""
      2:49 a handler with `each` has no key `log`
        its keys are `name`, `each`
      """##),
    FaultCase(
      "no handler to take turns",
      ##"""
      loops: {l: {every: 1, do: []}}
      """##,
      ##"""
      2:27 a list of handlers needs at least one
      """##),
    FaultCase(
      "a list of actions for a handler",
      ##"""
      deferreds: {d: {chain: [{callback: [{log: x}]}]}}
      """##,
      ##"""
      2:36 a handler is a map, and this is a list
        several actions go under `do: […]`, a handler that changes under `each: […]`
      """##),
    FaultCase(
      "one action where a list belongs",
      ##"""
      deferreds: {d: {chain: [{callback: {do: {log: x}}}]}}
      """##,
      ##"""
      2:41 `do` needs a list of actions, and this is a map
        a list of one is written [{…}]
      """##),
    FaultCase(
      "a comma that ends a value",
      ##"""
      deferreds: {d: {chain: [{callback: {return: a, b}}]}}
      """##,
      ##"""
      2:48 a handler has no key `b`
        inside {…} a comma ends the value; a text with a comma in it is quoted
      """##),
    FaultCase(
      "a colon without a space",
      ##"""
      deferreds: {d: {}}
      timeline: [fire:d]
      """##,
      ##"""
      3:12 a timeline entry is a map, and this is the text `fire:d`
        a key has a space after its colon
      """##),
    FaultCase(
      "a step and a line that are none",
      ##"""
      tasks: {t: {steps: [{foo: 1}]}}
      deferreds: {d: {script: [{yeld: 1}]}}
      """##,
      ##"""
      2:22 `foo` is not a step
        its keys are `yield`, `await`, `raise`, `do`, `repeat`
      3:27 `yeld` is not a line
        its keys are `await`, `set`, `sleep`, `return`, `raise`, `repeat`, `for`, `try`, `async_with`, `fire`, `fail`, `cancel`, `pause`, `unpause`, `add`, `chain`, `drop`, `start`, `stop`, `reset` and others
      """##),
  ]

  @Test(arguments: cases)
  func `are reported where they stand`(fault: FaultCase) {
    #expect(fault.found == fault.expected)
  }
}
