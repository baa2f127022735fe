import Testing

@testable import Traces

/// The sentences of all records of a tale.
private func sentences(_ tale: Tale) -> [String] {
  var world = World(reading: RecordList(tale.records))
  return tale.records.map { record in
    world.advance(to: world.step + 1)
    return Narrator().sentence(for: record, in: world)
  }
}

private func poem() -> Tale {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "deferred", name: "poem", hasCanceller: false),
    .stageAdded(0, index: 0, .handlers, callback: "parse", errback: nil),
    .stageAdded(0, index: 1, .handlers, callback: nil, errback: "fall_back"),
    .stageAdded(0, index: 2, .handlers, callback: "use_cache", errback: nil),
    .made(1, origin: "deferred", name: "cache", hasCanceller: true))
  tale.at(1) { tale in
    tale.tell(.callEntered(kind: "timeline", name: "timeline 1", input: nil), .fired(0, .text("'roses'")))
    tale.inside { tale in
      tale.call(0, 0, .callback, .text("'roses'")) { tale in
        tale.tell(
          .failureBorn(0, type: "GibberishError", parents: ["ValueError"], message: "bad line 3", from: nil))
        return .raised(0)
      }
      tale.call(0, 1, .errback, .failure(0)) { tale in
        tale.tell(.trapAsked(0, types: ["GibberishError"], matched: "GibberishError"))
        return .text("'original'")
      }
      tale.call(0, 2, .callback, .text("'original'")) { _ in .returnedDeferred(1) }
      tale.tell(
        .stageAdded(1, index: 0, .resumes(0), callback: nil, errback: nil),
        .waits(outer: 0, inner: 1, innerStage: 0))
    }
    tale.tell(.callLeft(kind: "timeline", name: "timeline 1", .returned(.none)))
  }
  return tale
}

@Test func `a poem's way is told in plain sentences`() {
  #expect(
    sentences(poem()) == [
      "poem is made.",
      "poem gets stage 0: callback parse.",
      "poem gets stage 1: errback fall_back.",
      "poem gets stage 2: callback use_cache.",
      "cache is made, with a canceller.",
      "The clock moves on to 1 s.",
      "Timeline 1 begins.",
      "poem is fired with 'roses', by timeline 1.",
      "poem calls parse with 'roses'.",
      "A Failure is born in parse of poem: GibberishError: bad line 3.",
      "parse raises GibberishError: bad line 3, so poem moves to its errback line.",
      "poem calls errback fall_back with GibberishError: bad line 3.",
      "fall_back asks for GibberishError, and that is what came.",
      "fall_back traps GibberishError and returns 'original': poem is back on its callback line.",
      "poem calls use_cache with 'original'.",
      "use_cache returns cache, which has not fired.",
      "cache gets stage 0: its result will go to poem, which waits for it.",
      "cache has nothing to give yet, so poem waits for it.",
      "Timeline 1 is done.",
    ])
}

@Test func `a Failure that goes on is told with the reason`() {
  var tale = Tale.failing()
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.trapAsked(0, types: ["ValueError", "OSError"], matched: nil))
    return .raised(0)
  }
  tale.tell(.settled(0, .failure(0)), .unhandled(0, 0))
  #expect(
    sentences(tale).suffix(4) == [
      "e0 asks for ValueError or OSError, and KeyError is not one.",
      "e0 traps only ValueError and OSError, so KeyError stays on d's errback line.",
      "d has no stage left and holds KeyError, which nobody has handled yet.",
      "Nobody is left to handle KeyError in d: reported unhandled.",
    ])
}

@Test func `who asks and then returns the Failure is not said to trap`() {
  var tale = Tale.failing()
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.trapAsked(0, types: ["ValueError", "OSError"], matched: nil))
    return .returnedFailure(0)
  }
  #expect(
    sentences(tale).last
      == "e0 asks for ValueError or OSError, and passes KeyError on, so d stays on its errback line.")
}

@Test func `a Failure that an errback gave to another Deferred is not told to end there`() {
  var tale = Tale.failing()
  tale.tell(.made(1, origin: "deferred", name: "other", hasCanceller: false))
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.fired(1, .failure(0)), .settled(1, .failure(0)))
    return .returned(.none)
  }
  #expect(sentences(tale).last == "e0 gets KeyError and returns none: d is back on its callback line.")
}

@Test func `an errback that says nothing is told to end the Failure silently`() {
  var tale = Tale.failing()
  tale.call(0, 0, .errback, .failure(0)) { _ in .returned(.none) }
  #expect(
    sentences(tale).last
      == "e0 takes any Failure and returns none, which ends KeyError silently: d is back on its callback line."
  )
}

@Test func `unnamed handlers are called by their places`() {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "deferred", name: "d", hasCanceller: false),
    .stageAdded(0, index: 0, .handlers, callback: "callback 0", errback: nil),
    .stageAdded(0, index: 1, .handlers, callback: "both 1", errback: "both 1"),
    .entered(0, stage: 0, .callback, input: .text("1")))
  #expect(
    sentences(tale).suffix(3) == [
      "d gets stage 0: callback 0.", "d gets stage 1: both 1, for whatever comes.",
      "d calls callback 0 with 1.",
    ])
}

@Test func `a timer that fires a Deferred is called by that one's own name, also in what it does`() {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "later", name: "deferLater 8", hasCanceller: true),
    .timerMade(0, due: 5, name: "callback of Deferred 8", deferred: 0), .timerBegan(0),
    .fired(0, .text("none")), .timerEnded(0, raised: nil),
    .made(1, origin: "deferred", name: nil, hasCanceller: false),
    .timerMade(1, due: 5, name: "cancel of Deferred 1", deferred: 1), .timerCancelled(1),
    .timerMade(2, due: 5, name: "poll of Deferred things", deferred: 0))
  let told = sentences(tale)
  #expect(told[1] == "The timer callback of deferLater 8 is set, due at 0.000005 s.")
  #expect(told[3] == "deferLater 8 is fired with none, by the timer callback of deferLater 8.")
  #expect(told[7] == "The timer cancel of Deferred 1 is cancelled.")
  #expect(told[8] == "The timer poll of Deferred things is set, due at 0.000005 s.")
}

@Test(arguments: [
  ("lock 1", "The lock 1 is held"), ("door", "The lock door is held"), ("locker", "The lock locker is held"),
])
func `a lock without a name of its own is not called one twice`(name: String, start: String) {
  var tale = Tale()
  tale.tell(.sharedChanged(1, kind: "lock", name: name, held: 1, waiting: 0, total: 1))
  #expect(sentences(tale).last == "\(start); nobody waits.")
}

@Test(arguments: [
  ("lock", SharedTurn.asked(0), "begins to wait."), ("lock", .given(0), "gets it."),
  ("lock", .gaveUp(0), "waits no more."),
  ("semaphore", .given(0), "gets a token."), ("queue", .given(0), "gets one."),
])
func `whose turn it is at something shared is told`(kind: String, turn: SharedTurn, end: String) {
  var tale = Tale()
  tale.tell(
    .made(0, origin: kind, name: "acquire 0", hasCanceller: true),
    .sharedChanged(0, kind: kind, name: "s", held: 1, waiting: 0, total: 1, turn: turn))
  #expect(sentences(tale).last?.hasSuffix("; nobody waits; acquire 0 \(end)") == true)
}

@Test func `a Failure that a thread of the pool raised is told to come from there`() {
  let born = Event.failureBorn(0, type: "OSError", parents: [], message: "", from: nil)
  let pool = "/v/lib/python3.11/site-packages/twisted/python/threadpool.py:269 inContext"
  let records = [Record(time: 0, stack: [pool, "app.py:5 load"], event: born)]
  #expect(
    Narrator().sentence(for: records[0], in: World(after: records))
      == "A Failure is born on a thread of the pool: OSError.")
}

@Test func `long values are cut to a bound`() {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "deferred", name: "d", hasCanceller: false),
    .fired(0, .text(String(repeating: "x", count: 10_000))))
  #expect(sentences(tale)[1] == "d is fired with " + String(repeating: "x", count: 60) + "…")
}

@Test(arguments: [
  (0, "0 s"), (1_000_000, "1 s"), (2_500_000, "2.5 s"), (1, "0.000001 s"), (-500_000, "-0.5 s"),
  (Int64.min, "-9223372036854.775808 s"),
])
func `times are as short as they are exact`(time: Int64, text: String) {
  #expect(secondsText(time) == text)
}

@Test func `nonsense is told without falling over, in whole sentences`() {
  for seed in 0..<10 {
    let records = Nonsense.records(500, seed: UInt64(seed))
    var world = World(reading: RecordList(records))
    for record in records {
      world.advance(to: world.step + 1)
      let sentence = Narrator().sentence(for: record, in: world)
      #expect(!sentence.isEmpty && (sentence.hasSuffix(".") || sentence == "t" || sentence.contains("log")))
    }
  }
}

@Test func `a message that ends in a period ends the sentence once`() {
  var tale = Tale()
  tale.tell(
    .failureBorn(0, type: "AlreadyCalled", parents: [], message: "It has run.", from: nil),
    .note(kind: "error", who: "timeline 0", text: "AlreadyCalled It has run.", nil))
  #expect(
    sentences(tale) == [
      "A Failure is born: AlreadyCalled: It has run.",
      "The log gets an error from timeline 0: AlreadyCalled It has run.",
    ])
}

@Test func `what the library does at its own stages is told in its own words, under no handler's name`() {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "deferred", name: "a", hasCanceller: false),
    .made(1, origin: "gather", name: "all", hasCanceller: false),
    .stageAdded(0, index: 0, .slot(group: 1, index: 0), callback: "gather", errback: "gather"),
    .failureBorn(0, type: "KeyError", parents: [], message: "", from: nil))
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.fired(1, .failure(0)))
    return .returned(.none)
  }
  #expect(
    sentences(tale).suffix(3) == [
      "a gives KeyError to slot 0 of all.", "all fails with KeyError, by a.", "a goes on with none.",
    ])
}

@Test(arguments: [
  ("tick", ".none", "poll's function is done."), ("step", "proceed", "poll yields, until its next turn."),
  ("step", "done", "poll has come to its end."),
])
func `a loop's tick and a task's step end in words of their own`(kind: String, value: String, words: String) {
  var tale = Tale()
  tale.tell(
    .callEntered(kind: kind, name: "poll", input: nil),
    .callLeft(kind: kind, name: "poll", value == ".none" ? .returned(.none) : .text(value)))
  #expect(sentences(tale).last == words)
}
