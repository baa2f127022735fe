/// The example with which the format's description opens.
let largeExample = ##"""
  trapline: 1                       # format version, required
  title: Where did my exception go?
  summary: A parser raises; two stages later an errback traps it.

  errors:                           # your own types: name -> parent; undeclared names are children of Exception
    GibberishError: ValueError

  deferreds:                        # created at set-up, in this order
    cache:
      chain:
        - callback: {name: unwrap, return: cached}
    poem:
      chain:
        - callback: {name: parse, raise: GibberishError bad line 3}
        - errback:  {name: fall_back, trap: GibberishError, return: original}
        - callback: {name: use_cache, await: cache}
        - callback: {name: shout, return: "{value}!"}       # addCallbacks: both sides of one stage
          errback:  {name: complain, log: "{failure}"}       # says nothing else, so returns none, as in Python
        - both: {name: close, pass: true}
    slow:
      chain:
        - timeout: 3                # addTimeout: covers the stages above it
        - errback: {name: give_up, trap: TimeoutError, return: gave-up}
    job:
      canceller: {fail: job, with: Aborted by canceller}
      chain:
        - errback: {name: never, trap: CancelledError, return: never}
    all:
      list: [poem, slow, job]       # DeferredList

  loops:
    poll: {every: 1, now: false, do: [{return: ok}, {return: ok}, {raise: ConnectionLost peer}]}

  timeline:                         # each entry with `at` is a callLater made at set-up
    - {at: 0,   start: poll}
    - {at: 1,   fire: poem, with: roses}
    - {at: 2,   fire: cache, with: x}
    - {at: 2.5, cancel: job}

  lesson:
    - {at: 0, say: "poem has five stages, and the first always raises. Where can the Failure go?"}
    - {before: poem.parse, predict: next}         # the engine computes the answer
    - at: 2.5
      ask: Why did job's errback not stop Aborted?
      choices: [it is not an errback, trap re-raises types it does not list, job had already fired]
      answer: 2
      because: trap re-raises when no listed type matches, so the Failure stays on the errback line.

  expect:
    - {at: 1,   waiting: {poem: cache}}
    - {at: 2.5, failed: {job: Aborted}}
    - {at: end, result: {poem: cached!, slow: gave-up}, ticks: {poll: 3}, unhandled: [job, poll]}
  """##
