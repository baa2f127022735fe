import Testing

@Suite struct `Faults of names` {
  static let cases: [FaultCase] = [
    FaultCase(
      "a name that nothing makes",
      ##"""
      deferreds: {poem: {}}
      timeline: [{fire: peom}, {cancel: nowhere}, {add: poem, stages: [{chain_to: peom}, {callback: {await: peom}}]}]
      """##,
      ##"""
      3:19 nothing ever makes `peom`
        did you mean `poem`?
      3:35 nothing ever makes `nowhere`
        there is `poem`
      3:77 nothing ever makes `peom`
        did you mean `poem`?
      3:103 nothing ever makes `peom`
        did you mean `poem`?
      """##),
    FaultCase(
      "no name at all",
      ##"""
      deferreds: {a b: {}, "": {}}
      timeline: [{fire: }, {cancel: none}, {drop: [d]}]
      """##,
      ##"""
      2:13 `a b` is not a name
        names are made of letters, digits, `_` and `-`
      2:22 a name cannot be empty
        names are made of letters, digits, `_` and `-`
      3:19 `fire` needs a name, and this is nothing
      3:31 `cancel` needs a name, and this is none
      3:45 `drop` needs a name, and this is a list
      """##),
    FaultCase(
      "a name of something else",
      ##"""
      deferreds: {d: {}}
      locks: [l]
      loops: {p: {every: 1, do: {}}}
      timeline: [{acquire: d}, {fire: l}, {start: d}, {pause_task: p}, {get: l}, {cancel_call: p}, {reset: l}]
      """##,
      ##"""
      5:22 `d` is a Deferred, and `acquire` needs a lock or a semaphore
        there is `l`
      5:33 `l` is a lock, and `fire` needs a Deferred
        there is `d`, `p`
      5:45 `d` is a Deferred, and `start` needs a loop, a task or a cooperator
        there is `cooperator`, `p`
      5:62 `p` is a loop, and `pause_task` needs a task
      5:72 `l` is a lock, and `get` needs a queue
      5:90 `p` is a loop, and `cancel_call` needs the name of a call
      5:102 `l` is a lock, and `reset` needs a loop
        there is `p`
      """##),
    FaultCase(
      "an interval for what is no loop",
      ##"""
      tasks: {t: {steps: []}}
      timeline: [{start: t, every: 1}]
      """##,
      ##"""
      3:20 `t` is a task, and `start … every` needs a loop
      """##),
    FaultCase(
      "one name space",
      ##"""
      deferreds: {x: {}}
      locks: [x, y, y]
      loops: {cooperator: {every: 1, do: {}}}
      """##,
      ##"""
      3:9 the name `x` is already taken by a Deferred
        it is at 2:13
      3:15 the name `y` is already taken by a lock
        it is at 3:12
      4:9 the name `cooperator` is already taken by a cooperator
        there is always a cooperator of this name
      """##),
    FaultCase(
      "members that are not above",
      ##"""
      deferreds: {a: {list: [b, a]}, b: {}, c: {gather: [poll, b]}, d: {race: [nobody]}, e: {list: [none]}}
      loops: {poll: {every: 1, do: {}}}
      """##,
      ##"""
      2:24 `b` is not made yet when this `list` is
        declare it in `deferreds` above this
      2:27 `a` is not made yet when this `list` is
        declare it in `deferreds` above this
      2:52 `poll` is not made yet when this `gather` is
        loops and tasks have a Deferred only once they are started
      2:74 nothing ever makes `nobody`
        there is `a`, `b`, `c`, `d`, `e`, `poll`
      2:95 `list` needs Deferreds, and this is a list with nothing in it
        an empty list is `[]`
      """##),
    FaultCase(
      "members that are made above, in place",
      ##"""
      deferreds: {a: {list: [{as: one}, {succeed: 1}]}, b: {gather: [one, a]}}
      """##,
      ##"""
      nothing
      """##),
    FaultCase(
      "a gather fired by hand",
      ##"""
      deferreds: {a: {}, g: {gather: [a]}}
      timeline: [{fire: g}, {fail: g, with: E}, {chain: a, to: g}, {add: a, stages: [{chain_to: g}]}, {cancel: g}]
      """##,
      ##"""
      3:19 `g` is a gather, which cannot be fired by hand
        its members fire it; a `list` can be fired by hand
      3:30 `g` is a gather, which cannot be fired by hand
        its members fire it; a `list` can be fired by hand
      3:58 `g` is a gather, which cannot be fired by hand
        its members fire it; a `list` can be fired by hand
      3:91 `g` is a gather, which cannot be fired by hand
        its members fire it; a `list` can be fired by hand
      """##),
    FaultCase(
      "a gather whose name something else has too",
      ##"""
      deferreds: {a: {}, g: {gather: [a]}}
      queues: {q: {}}
      timeline: [{get: q, as: g}, {fire: g}]
      """##,
      ##"""
      nothing
      """##),
    FaultCase(
      "a handler that is not there",
      ##"""
      deferreds: {poem: {chain: [{callback: {name: shout}}]}}
      lesson: [{before: poem.shuot, say: x}, {before: "poem.callback 0", say: y}, {before: peom.shout, say: z}]
      """##,
      ##"""
      3:19 no handler is called `shuot`
        did you mean `shout`?
      3:86 nothing ever makes `peom`
        did you mean `poem`?
      """##),
    FaultCase(
      "names in expectations",
      ##"""
      deferreds: {poem: {}}
      loops: {poll: {every: 1, do: {}}}
      expect: [{at: end, result: {peom: 1, poem#2: 1}, ticks: {poem: 1}, waiting: {poem: pol}, ran: [poll, nobody.x]}]
      """##,
      ##"""
      4:29 nothing ever makes `peom`
        did you mean `poem`?
      4:58 `poem` is a Deferred, and `ticks` needs a loop
        there is `poll`
      4:84 nothing ever makes `pol`
        did you mean `poll`?
      4:102 no handler is called `x`
        a handler without a name is called by its place: `D.callback 0`
      4:102 nothing ever makes `nobody`
        there is `cooperator`, `poem`, `poll`
      """##),
  ]

  @Test(arguments: cases)
  func `are reported where they stand`(fault: FaultCase) {
    #expect(fault.found == fault.expected)
  }
}
