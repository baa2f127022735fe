import Testing

@Suite struct `Faults of values` {
  static let cases: [FaultCase] = [
    FaultCase(
      "a template that is a YAML map",
      ##"""
      deferreds: {d: {chain: [{callback: {return: {value}}}, {errback: {log: {failure.type}}}]}}
      """##,
      ##"""
      2:45 `{value}` without quotes is a YAML map
        quote the template: "{value}"
      2:72 `{failure.type}` without quotes is a YAML map
        quote the template: "{failure.type}"
      """##),
    FaultCase(
      "the variable of a script as a YAML map",
      ##"""
      deferreds: {d: {script: [{set: x, to: 1}, {return: {x}}]}}
      """##,
      ##"""
      2:52 `{x}` without quotes is a YAML map
        quote the template: "{x}"
      """##),
    FaultCase(
      "an unknown placeholder",
      ##"""
      deferreds: {d: {chain: [{callback: {log: "{valeu}"}}, {errback: {return: "a {nothing} b"}}]}}
      """##,
      ##"""
      2:43 there is no placeholder `{valeu}`
        did you mean `value`? Braces as text are `{{` and `}}`
      2:77 there is no placeholder `{nothing}`
        braces as text are `{{` and `}}`
      """##),
    FaultCase(
      "count outside of a loop",
      ##"""
      deferreds: {d: {chain: [{callback: {log: "{count}"}}]}}
      loops: {l: {every: 1, do: {log: "{count}"}, chain: [{both: {log: "{count}"}}]}}
      """##,
      ##"""
      2:43 `{count}` has a meaning only in what a loop does
      3:67 `{count}` has a meaning only in what a loop does
      """##),
    FaultCase(
      "an open brace",
      ##"""
      deferreds: {d: {chain: [{callback: {log: "a {value"}}]}}
      """##,
      ##"""
      2:45 this `{` opens a placeholder that nothing closes
        a brace as text is `{{`
      """##),
    FaultCase(
      "a variable in a handler inside of the script",
      ##"""
      deferreds: {d: {script: [{set: x, to: 1}, {log: "{x}"}, {await: {maybe: {log: "{x}"}}}]}}
      """##,
      ##"""
      2:80 there is no placeholder `{x}`
        braces as text are `{{` and `}}`
      """##),
    FaultCase(
      "numbers that are none",
      ##"""
      deferreds: {a: {succeed: .inf}, b: {succeed: -.nan}, c: {succeed: .nan}, d: {succeed: 9223372036854775808}, e: {succeed: 1e999}}
      """##,
      ##"""
      2:26 `.inf` is not a value
        quote it to make it a text
      2:67 `.nan` is not a value
        quote it to make it a text
      2:87 `9223372036854775808` is too big a number
        quote it to make it a text
      2:122 `1e999` is too big a number
        quote it to make it a text
      """##),
    FaultCase(
      "seconds",
      ##"""
      deferreds: {a: {later: -1}, b: {later: "1"}, c: {later: soon}, d: {later: .inf}, e: {later: 9223372036854.775808}, f: {later: [1]}}
      """##,
      ##"""
      2:24 `later` cannot be negative, and this is -1
      2:40 `later` needs seconds, and this is the text `1`
        a number is written without quotes
      2:57 `later` needs seconds, and this is the text `soon`
        a number such as 2 or 0.5
      2:75 `later` needs seconds, and this is not a finite number
        a number such as 2 or 0.5
      2:93 `later` is beyond 2^63 microseconds
      2:127 `later` needs seconds, and this is a list
      """##),
    FaultCase(
      "a text where a truth value belongs",
      ##"""
      loops: {l: {every: 1, now: yes, with_count: off, do: {}}}
      """##,
      ##"""
      2:28 `now` needs true or false, and this is the text `yes`
        write `true`: in YAML 1.2 this is a text
      2:45 `with_count` needs true or false, and this is the text `off`
        write `false`: in YAML 1.2 this is a text
      """##),
    FaultCase(
      "bounds of whole numbers",
      ##"""
      semaphores: {s: 0, t: 1.5}
      queues: {q: {size: -1}}
      cooperators: {c: {units_per_turn: 0}}
      tasks: {t: {steps: [{repeat: -1, steps: []}]}}
      """##,
      ##"""
      2:17 `s` needs a whole number from 1 on, and this is 0
      2:23 `t` needs a whole number, and this is the number 1.5
      3:20 `size` needs a whole number from 0 on, and this is -1
      4:35 `units_per_turn` needs a whole number from 1 on, and this is 0
      5:9 the name `t` is already taken by a semaphore
        it is at 2:20
      5:30 `repeat` needs a whole number from 0 on, and this is -1
      """##),
    FaultCase(
      "pass is only true",
      ##"""
      deferreds: {d: {chain: [{callback: {pass: false}}]}}
      """##,
      ##"""
      2:43 `pass` is only ever true
        a handler without it returns none
      """##),
    FaultCase(
      "a trap on a callback",
      ##"""
      deferreds: {d: {chain: [{callback: {trap: ValueError}, errback: {trap: ValueError}}, {callback: {each: [{trap: A}]}}]}}
      """##,
      ##"""
      2:37 a callback never gets a Failure, so it has nothing to trap
        `trap` belongs into an `errback` or a `both`
      2:106 a callback never gets a Failure, so it has nothing to trap
        `trap` belongs into an `errback` or a `both`
      """##),
    FaultCase(
      "a trap of several types in one text",
      ##"""
      deferreds: {d: {chain: [{errback: {trap: "ValueError, KeyError"}}, {errback: {trap: []}}]}}
      """##,
      ##"""
      2:42 `trap` needs one type or a list
        several are written [ValueError, TypeError]
      2:85 `trap` needs a type to trap
      """##),
    FaultCase(
      "errors that Twisted makes",
      ##"""
      deferreds: {d: {fail: FirstError x}, e: {fail: {type: FailureGroup}}}
      """##,
      ##"""
      2:23 `FirstError` is made by Twisted only, around other Failures
      2:55 `FailureGroup` is made by Twisted only, around other Failures
      """##),
    FaultCase(
      "errors that are maps",
      ##"""
      deferreds: {d: {fail: {ValueError: bad}}, e: {fail: {message: x}}, f: {fail: {type: A, mesage: x}}}
      """##,
      ##"""
      2:23 an error is written without a colon
        drop it: `fail: ValueError bad`
      2:53 an error needs `type`
        `type`: Its type.
      2:88 an error has no key `mesage`
        did you mean `message`?
      """##),
    FaultCase(
      "errors that are none",
      ##"""
      deferreds: {d: {fail: "{value}"}, e: {fail: 5}, f: {fail: none}, g: {fail: "(x)"}}
      """##,
      ##"""
      2:23 `{value}` is not the name of an error type
        an error starts with its type; `return: "{value}"` or `pass: true` hands the Failure on
      2:45 `fail` needs an error, and this is the number 5
        as in `ValueError bad line 3`
      2:59 `fail` needs an error, and this is none
        as in `ValueError bad line 3`
      2:76 `(x)` is not the name of an error type
        an error is a type and a message: `ValueError bad line 3`
      """##),
    FaultCase(
      "error types",
      ##"""
      errors: {A: B, B: A, ValueError: KeyError, C: [D], D: D}
      """##,
      ##"""
      2:10 `A` descends from itself
      2:16 `B` descends from itself
      2:22 `ValueError` is built in
        choose another name for your own type
      2:47 `C` needs an error type, and this is a list
      2:52 `D` descends from itself
      """##),
    FaultCase(
      "a list of nothing",
      ##"""
      deferreds: {d: {}}
      expect: [{at: end, unhandled: [none], pending: none, held: []}]
      """##,
      ##"""
      3:32 `unhandled` needs names, and this is a list with nothing in it
        an empty list is `[]`
      3:48 `pending` needs a list of names, and this is none
        an empty list is `[]`
      """##),
  ]

  @Test(arguments: cases)
  func `are reported where they stand`(fault: FaultCase) {
    #expect(fault.found == fault.expected)
  }
}
