import Testing

@Suite struct `Faults of time, lessons and scripts` {
  static let cases: [FaultCase] = [
    FaultCase(
      "until with a drive list",
      ##"""
      drive: [1, 2]
      until: 3
      """##,
      ##"""
      3:1 `until` does not go together with a `drive` list
        the list says where the clock ends
      """##),
    FaultCase(
      "a drive that is none",
      ##"""
      drive: pump
      timeline: []
      """##,
      ##"""
      2:8 `drive` needs `each` or a list of seconds, and this is the text `pump`
        a list of one is written [pump]
      """##),
    FaultCase(
      "advance without a drive list",
      ##"""
      timeline: [{do: [{advance: 1}]}]
      """##,
      ##"""
      2:19 `advance` acts only where `drive` is a list
        as in `drive: [5, 0.5]`
      """##),
    FaultCase(
      "an answer out of range",
      ##"""
      lesson:
        - {at: 1, ask: q, choices: [a, b], answer: 3, because: z}
        - {at: 1, ask: q, choices: [a, b], answer: 0}
        - {at: 1, ask: q, choices: [], answer: 1}
      """##,
      ##"""
      3:46 `answer` is 3, and there are 2 choices
        choices count from 1
      4:46 `answer` is 0, and there are 2 choices
        choices count from 1
      """##),
    FaultCase(
      "two moments",
      ##"""
      lesson: [{at: 1, when: failure, say: x}]
      """##,
      ##"""
      2:18 a narration has one of `at` and `when`, not both
      """##),
    FaultCase(
      "words that are not known",
      ##"""
      lesson: [{when: failur, say: x}, {at: 1, predict: nxt}, {when: always, say: x}]
      """##,
      ##"""
      2:17 `when` needs one of `failure`, `trap`, `unhandled`, `timer`, and this is the text `failur`
        did you mean `failure`?
      2:51 `predict` needs one of `next`, `outcome`, `handler`, and this is the text `nxt`
        did you mean `next`?
      2:64 `when` needs one of `failure`, `trap`, `unhandled`, `timer`, and this is the text `always`
      """##),
    FaultCase(
      "raise again outside of except",
      ##"""
      deferreds: {s: {script: [{raise: again}, {try: [{raise: E}], except: {E: [{raise: again}]}}]}}
      """##,
      ##"""
      2:34 `raise: again` has nothing to raise outside of `except`
      """##),
    FaultCase(
      "a value awaited in a coroutine",
      ##"""
      deferreds: {s: {async: [{await: {value: 1}}]}, t: {script: [{await: {value: 1}}]}}
      """##,
      ##"""
      2:33 a coroutine can await only a Deferred
        a `script` takes a value; here write `{set: x, to: V}`
      """##),
    FaultCase(
      "a lock held in a script, and one that is none",
      ##"""
      deferreds: {d: {}, s: {script: [{async_with: l, lines: []}]}, t: {async: [{async_with: d, lines: []}]}}
      locks: [l]
      """##,
      ##"""
      2:34 only an `async` can hold something with `async_with`
        in a `script`, `acquire` it, and `release` it in a `finally`
      2:88 `d` is a Deferred, and `async_with` needs a lock or a semaphore
        there is `l`
      """##),
    FaultCase(
      "a function that returns a coroutine and something else",
      ##"""
      deferreds: {d: {maybe: {async: [{return: 1}], return: 2}}}
      """##,
      ##"""
      2:47 an async function has no key `return`
        its keys are `async`
      """##),
    FaultCase(
      "a sleep that is no number",
      ##"""
      deferreds: {s: {script: [{sleep: soon}, {set: x, to: 1}, {sleep: "{x}"}]}}
      """##,
      ##"""
      2:34 `sleep` needs seconds, and this is the text `soon`
        a number such as 2 or 0.5
      """##),
    FaultCase(
      "a try without more",
      ##"""
      deferreds: {s: {script: [{try: []}, {try: [], except: {"": []}}]}}
      """##,
      ##"""
      2:27 `try` needs `except`, `finally` or both
      2:56 `except` needs a type
        `Exception` catches all
      """##),
    FaultCase(
      "values to go through that are no list",
      ##"""
      deferreds: {s: {script: [{for: x, in: 3, lines: []}]}}
      """##,
      ##"""
      2:39 `in` needs a list of values, and this is the number 3
        a list of one is written [3]
      """##),
    FaultCase(
      "an end that is no moment",
      ##"""
      expect: [{at: ende}]
      """##,
      ##"""
      2:15 `at` needs seconds, and this is the text `ende`
        did you mean `end`?
      """##),
  ]

  @Test(arguments: cases)
  func `are reported where they stand`(fault: FaultCase) {
    #expect(fault.found == fault.expected)
  }
}
