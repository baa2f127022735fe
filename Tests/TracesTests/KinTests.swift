import Testing

@testable import Traces

private func stories(_ tale: Tale) -> Stories { Stories(world: tale.world, isComplete: true) }

/// Deferreds in a row, each fired with a Failure of its own that its one errback takes, and gives none for.
private func swallowing(_ count: Int, at file: String = "shop.py", types: [String] = ["KeyError"]) -> Tale {
  var tale = Tale()
  for id in 0..<count {
    tale.tell(.made(id, origin: "deferred", name: "page \(id)", hasCanceller: false))
    tale.say(
      .stageAdded(id, index: 0, .handlers, callback: nil, errback: "forget"), at: Place(file: file, line: 7))
    let type = types[id % types.count]
    tale.tell(.failureBorn(id, type: type, parents: [], message: "no. \(id)", from: nil))
    tale.tell(.fired(id, .failure(id)))
    tale.call(id, 0, .errback, .failure(id)) { _ in .text("none") }
  }
  return tale
}

@Test func `Failures that went the same way are kin, whatever they say`() {
  let kin = stories(swallowing(6, types: ["KeyError", "OSError"])).kin
  #expect(kin.map(\.members) == [[0, 2, 4], [1, 3, 5]])
  #expect(kin.map(\.title) == ["KeyError", "OSError"])
  #expect(kin.map(\.concern) == [.swallowed, .swallowed])
  #expect(kin.first?.end == "swallowed by forget (added at shop.py:7)")
}

@Test func `those of other births, or that nobody handled elsewhere, are no kin of theirs`() {
  func members(births: [Int], names: [String]) -> [[FailureID]] {
    var tale = Tale()
    for (id, name) in names.enumerated() {
      tale.tell(.made(id, origin: "deferred", name: name, hasCanceller: false))
      let birth = Event.failureBorn(id, type: "OSError", parents: [], message: "", from: nil)
      tale.say(birth, at: Place(file: "shop.py", line: births[id]))
      tale.tell(.fired(id, .failure(id)), .unhandled(id, id))
    }
    return stories(tale).kin.map(\.members)
  }
  #expect(members(births: [5, 5], names: ["page 1", "page 2"]) == [[0, 1]])
  #expect(members(births: [5, 8], names: ["page 1", "page 2"]) == [[0], [1]])
  #expect(members(births: [5, 5], names: ["page 1", "price 2"]) == [[0], [1]])
}

@Test func `one of its kind keeps its message`() {
  #expect(stories(swallowing(1)).kin.map(\.title) == ["KeyError: no. 0"])
}

@Test func `what an installed package swallows is of less concern`() {
  let file = "/srv/venv/lib/python3.11/site-packages/treq/client.py"
  let kin = stories(swallowing(1, at: file)).kin
  #expect(kin.map(\.concern) == [.silentInPackage])
  #expect(kin.first?.end == "swallowed by forget (added at treq/client.py:7)")
}

/// A Deferred that a package fails, with an errback whose text is elsewhere.
private func failing(_ home: Place, asking types: [String]) -> Tale {
  var tale = Tale.failing(stages: 0)
  let package = Place(file: "/srv/venv/lib/python3.11/site-packages/scrapy/engine.py", line: 3)
  tale.say(.stageAdded(0, index: 0, .handlers, callback: nil, errback: "missed"), at: package)
  tale.say(.entered(0, stage: 0, .errback, input: .failure(0)), at: home)
  tale.tell(.trapAsked(0, types: types, matched: nil), .left(0, stage: 0, .errback, .returned(.none)))
  return tale
}

@Test func `a handler that asks for other types and gives none is as silent as one that asks for none`() {
  let told = stories(failing(Place(file: "/srv/shop/spider.py", line: 45), asking: ["HttpError"]))
  #expect(told.kin.map(\.concern) == [.swallowed], "its text is the program's own, though a package added it")
  #expect(told.kin.map(\.end) == ["taken by missed (shop/spider.py:45), which asked for HttpError only"])
  #expect(
    told.why(0).last
      == "Step 5: missed of d (shop/spider.py:45) took it, though it asked for HttpError only, and gave none."
  )
  let package = Place(file: "/srv/venv/lib/python3.11/site-packages/klein/_app.py", line: 1)
  #expect(stories(failing(package, asking: ["OSError"])).kin.map(\.concern) == [.silentInPackage])
}

@Test func `what nobody handled comes before what was logged, and that before what was swallowed`() {
  var tale = swallowing(3)
  for id in 3..<5 {
    tale.tell(.failureBorn(id, type: "IOError", parents: [], message: "", from: nil))
    tale.tell(.made(id, origin: "deferred", name: nil, hasCanceller: false))
    tale.tell(.fired(id, .failure(id)))
  }
  tale.tell(.note(kind: "error", who: "log", text: "", 3), .unhandled(4, 4))
  #expect(stories(tale).kin.map(\.concern) == [.unhandled, .logged, .swallowed])
}

/// A member of a gather fails; the gather fails with a Failure made of that, which an errback takes.
private func gathering() -> Tale {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "generator", name: "price 0", hasCanceller: false),
    .generatorBegan(0, name: "price"),
    .made(1, origin: "gather", name: "both 1", hasCanceller: false),
    .groupMade(1, kind: "gather", members: [0]),
    .stageAdded(0, index: 0, .slot(group: 1, index: 0), callback: "_cbDeferred", errback: "_cbDeferred"),
    .stageAdded(1, index: 0, .handlers, callback: nil, errback: "sold_out"))
  tale.say(
    .failureBorn(0, type: "ValueError", parents: [], message: "free", from: nil),
    at: Place(file: "/srv/shop/shop.py", line: 54))
  tale.tell(.generatorEnded(0, .raised(0)), .fired(0, .failure(0)))
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.failureBorn(1, type: "FirstError", parents: [], message: "#0", from: 0))
    tale.tell(.fired(1, .failure(1)))
    tale.call(1, 0, .errback, .failure(1)) { _ in .text("'sold out'") }
    return .text("none")
  }
  return tale
}

@Test func `what a coroutine caught is told with the line at which it waited`() {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "deferred", name: "handle 0", hasCanceller: false),
    .made(1, origin: "generator", name: "worker 1", hasCanceller: false), .generatorBegan(1, name: "worker"),
    .generatorYielded(1, on: 0))
  tale.say(
    .stageAdded(0, index: 0, .resumes(1), callback: "worker", errback: "worker"),
    at: Place(file: "/srv/shop/shop.py", line: 53))
  tale.tell(.failureBorn(0, type: "KeyError", parents: [], message: "", from: nil), .fired(0, .failure(0)))
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.generatorResumed(1, .failure(0)), .generatorEnded(1, .returned(ValueText("none"))))
    return .text("none")
  }
  let stories = stories(tale)
  #expect(stories.why(0).last == "worker 1 (shop/shop.py:53) caught it, at step 9.")
  let telling = Telling(narrator: Narrator(), world: stories.world)
  #expect(stories.end(of: [0], leftOut: 0, telling) == "caught by worker (shop/shop.py:53)")
}

@Test func `a Failure that took the place of another is of that one's kin`() {
  let kin = stories(gathering()).kin
  #expect(kin.map(\.members) == [[0]])
  #expect(kin.map(\.chain) == [[0, 1]])
  #expect(kin.map(\.end) == ["became FirstError, taken by sold_out, which asked for no type"])
}

@Test func `a story goes from a generator's line through a group's slot to what the last handler gave`() {
  let told = stories(gathering())
  #expect(
    told.why(0) == [
      "Born at step 7, at 0 s, in price 0, at shop/shop.py:54.",
      "Step 10: it went into slot 0 of both 1, which failed with Failure 2, FirstError.",
    ])
  #expect(
    told.why(1) == [
      "Born at step 11, at 0 s, in both 1, of what came into its slot 0.",
      "It was made while Failure 1, ValueError: free, was being handled.",
      "Step 13: sold_out of both 1 took it without asking for a type, and gave 'sold out'.",
    ])
}

/// A Failure that a handler turns into another one, and the next handler that into a third, and so on.
private func becoming(_ count: Int) -> Tale {
  var tale = Tale.failing(stages: count - 1)
  for id in 1..<count {
    tale.call(0, id - 1, .errback, .failure(id - 1)) { tale in
      tale.tell(.failureBorn(id, type: "E\(id)", parents: [], message: "", from: id - 1))
      return .raised(id)
    }
  }
  return tale
}

@Test func `one that met no stage is told with the Deferred that it was given to`() {
  var tale = Tale()
  tale.tell(
    .made(0, origin: "deferred", name: "kept", hasCanceller: false),
    .failureBorn(0, type: "RuntimeError", parents: [], message: "", from: nil), .fired(0, .failure(0)))
  #expect(
    stories(tale).why(0) == [
      "Born at step 2, at 0 s, outside of any chain.", "Step 3: kept was fired with it.",
      "At the end nobody has handled it, or noticed.",
    ])
}

@Test func `where records are missing after it, nobody claims to know how a Failure ended`() {
  func told(_ tell: (inout Tale) -> Void) -> (why: String?, fate: String?) {
    var tale = Tale()
    tell(&tale)
    let stories = stories(tale)
    return (stories.why(0).last, stories.fate(of: 0, at: 2))
  }
  let birth = Event.failureBorn(0, type: "KeyError", parents: [], message: "", from: nil)
  let doubtful = told { $0.tell(birth, .dropped(20_307)) }
  #expect(
    doubtful.why
      == "At the end nobody has handled it, or noticed, as far as is told: at step 2 events are missing.")
  #expect(doubtful.fate == "is still on its way at the end, as far as is known")
  // What goes on with it after that is there.
  let later = told {
    $0.tell(
      .made(0, origin: "deferred", name: "poem", hasCanceller: false), birth, .fired(0, .failure(0)),
      .dropped(3),
      .passedThrough(0, stage: 0, .errback))
  }
  #expect(later.why == "At the end nobody has handled it, or noticed.")
  // What went before does not matter.
  let certain = told { $0.tell(.dropped(20_307), birth) }
  #expect(certain.why == "At the end nobody has handled it, or noticed.")
  #expect(certain.fate == "is still on its way at the end")
}

@Test func `a story names the program's own functions through which a Failure was raised`() {
  func told(_ stack: [String]) -> String? {
    let born = Event.failureBorn(0, type: "T", parents: [], message: "", from: nil)
    let lines = Stories(world: World(after: [Record(time: 0, stack: stack, event: born)]), isComplete: true)
      .why(0)
    return lines.first { $0.hasPrefix("Raised") }
  }
  let library = "/v/lib/python3.11/site-packages/twisted/internet/defer.py:1082 _runCallbacks"
  #expect(told([library, "/srv/shop/shop.py:59 price"]) == nil, "the place of its birth says as much")
  #expect(
    told([library, "/srv/shop/shop.py:59 price", "/srv/shop/money.py:7 parse"])
      == "Raised through price (shop/shop.py:59), parse (shop/money.py:7).")
  #expect(
    told((1...20).map { "a.py:\($0) f" })
      == "Raised through f (a.py:1), f (a.py:2), 13 more, f (a.py:16), f (a.py:17), f (a.py:18), f (a.py:19), "
      + "f (a.py:20).")
  #expect(told(["odd", "a.py:x y"]) == "Raised through odd, a.py:x y.")
}

@Test func `however often a Failure became another, the last one tells how it ended`() {
  var tale = becoming(50)
  tale.tell(.unhandled(0, 49))
  let kin = stories(tale).kin
  #expect(kin.map(\.concern) == [.unhandled])
  #expect(kin.map(\.end) == ["became another 49 times, at last E49, never handled"])
  #expect(kin.map(\.chain) == [Array(0..<19) + [49]])
  #expect(kin.map(\.leftOut) == [30])
  #expect(stories(tale).chain(from: 0).chain == Array(0..<19) + [49])
  #expect(stories(tale).chain(from: 0).leftOut == 30)
}

@Test func `of thousands in a row each is told by the last, and the way to it is gone once`() {
  var tale = becoming(2_000)
  let early = stories(tale)
  var known = LastFailures()
  #expect(early.concern(of: 0, &known) == .travelling)
  tale.tell(.unhandled(0, 1_999))
  let late = stories(tale)
  #expect((0..<2_000).allSatisfy { late.concern(of: $0, &known) == .unhandled })
}

@Test func `one that was the last and became another is followed from there`() {
  var tale = becoming(3)
  var known = LastFailures()
  #expect(stories(tale).concern(of: 0, &known) == .travelling)
  tale.tell(.stageAdded(0, index: 2, .handlers, callback: nil, errback: "last"))
  tale.call(0, 2, .errback, .failure(2)) { _ in .text("7") }
  #expect(stories(tale).concern(of: 0, &known) == .handled)
}

@Test(arguments: [1, 2, 19, 20, 21]) func `a chain is found one by one as it is found for all`(count: Int) {
  let told = stories(becoming(count))
  #expect(told.kin.map(\.chain) == [told.chain(from: 0).chain])
  #expect(told.kin.map(\.leftOut) == [told.chain(from: 0).leftOut])
  #expect(told.kin.first?.chain.last == count - 1)
}

@Test func `a stage that hands a Failure on to another chain says so once`() {
  var tale = Tale.failing(stages: 0)
  tale.tell(
    .made(1, origin: "deferred", name: "next", hasCanceller: false),
    .stageAdded(0, index: 0, .chainTo(1), callback: "callback", errback: "errback"),
    .stageAdded(1, index: 0, .handlers, callback: nil, errback: "rescue"))
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.fired(1, .failure(0)))
    tale.call(1, 0, .errback, .failure(0)) { _ in .text("1") }
    return .text("none")
  }
  let told = stories(tale).why(0)
  #expect(
    told.dropFirst() == [
      "Step 7: it was handed on to next.",
      "Step 9: rescue of next took it without asking for a type, and gave 1.",
    ])
}

@Test func `work of the library on the way is told as such`() {
  var tale = Tale.failing(stages: 0)
  tale.tell(
    .stageAdded(0, index: 0, .library("release"), callback: "release", errback: "release"),
    .stageAdded(0, index: 1, .handlers, callback: nil, errback: "rescue"))
  tale.call(0, 0, .errback, .failure(0)) { _ in .returnedFailure(0) }
  tale.call(0, 1, .errback, .failure(0)) { _ in .text("1") }
  #expect(
    stories(tale).why(0).dropFirst() == [
      "Step 6: stage 0 of d, the library's own (release), let it go on.",
      "Step 8: rescue of d took it without asking for a type, and gave 1.",
    ])
}

@Test(arguments: [
  ("shop.py", "shop.py:3"), ("app/shop.py", "app/shop.py:3"), ("/srv/a/b/shop.py", "b/shop.py:3"),
  ("/shop.py", "shop.py:3"), ("/v/lib/python3.11/site-packages/klein/_app.py", "klein/_app.py:3"),
  ("/usr/lib/python3/dist-packages/treq/api.py", "treq/api.py:3"), ("", "line 3"),
])
func `a place is told by what tells files apart`(file: String, text: String) {
  #expect(placeText(Place(file: file, line: 3)) == text)
}

@Test func `where it was born, and what a stage made of it, tells apart which way a Failure went`() {
  func kin(_ parts: [(born: String, asks: String)]) -> Int {
    var tale = Tale()
    for (id, part) in parts.enumerated() {
      tale.tell(.made(id, origin: "deferred", name: "poem \(id)", hasCanceller: false))
      tale.tell(
        .stageAdded(id, index: 0, .handlers, callback: part.born, errback: nil),
        .stageAdded(id, index: 1, .handlers, callback: nil, errback: "rescue"), .fired(id, .text("1")))
      tale.call(id, 0, .callback, .text("1")) { tale in
        tale.tell(.failureBorn(id, type: "KeyError", parents: [], message: "bad", from: nil))
        return .raised(id)
      }
      tale.call(id, 1, .errback, .failure(id)) { tale in
        tale.tell(.trapAsked(id, types: [part.asks], matched: nil))
        return .raised(id)
      }
      tale.tell(.unhandled(id, id))
    }
    return stories(tale).kin.count
  }
  #expect(kin([("parse", "OSError"), ("parse", "OSError")]) == 1)
  #expect(kin([("parse", "OSError"), ("shout", "OSError")]) == 2)
  #expect(kin([("parse", "OSError"), ("parse", "ValueError")]) == 2)
}

@Test(arguments: [true, false])
func `what an errback gives to another Deferred has not ended with it`(isLost: Bool) {
  var tale = Tale.failing()
  tale.tell(.made(1, origin: "loop", name: "other", hasCanceller: false))
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.fired(1, .failure(0)), .settled(1, .failure(0)))
    if isLost { tale.tell(.unhandled(1, 0)) }
    return .returned(.none)
  }
  let stories = stories(tale)
  let end =
    isLost ? "Nobody was left to handle it in other: reported unhandled" : "At the end nobody has handled it"
  #expect(stories.why(0).contains("Step 7: other was fired with it."))
  #expect(stories.why(0).last?.hasPrefix(end) == true)
  #expect(stories.kin.map(\.concern) == [isLost ? .unhandled : .travelling])
}

@Test func `what a timer's call raised, and nobody logged, went to who made its time come`() {
  func told(_ isLogged: Bool, logsItself: Bool = false) -> String? {
    var tale = Tale()
    let note = Event.note(kind: "error", who: "log", text: "OSError", 0)
    tale.tell(
      .timerMade(0, due: 1, name: "poll", deferred: nil), .timerBegan(0),
      .failureBorn(0, type: "OSError", parents: [], message: "", from: nil))
    if logsItself { tale.tell(note) }
    tale.tell(.timerEnded(0, raised: 0))
    if isLogged { tale.tell(note) }
    return stories(tale).why(0).last
  }
  for isLogged in [true, false] {
    let next = told(isLogged, logsItself: true)?.replacing("step 5", with: "step 4").replacing(
      "step 6", with: "step 5")
    #expect(next == told(isLogged))
  }
  #expect(told(false) == "It was thrown out of the timer at step 4, to whoever made its time come.")
  #expect(
    told(true)
      == "It was thrown out of the timer at step 4, where no Deferred was: logged at step 5, and gone.")
}
