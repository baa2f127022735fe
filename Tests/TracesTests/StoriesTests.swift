import Testing

@testable import Traces

/// A Failure that a first errback does not trap, that passes two empty stages, and that the last errback traps.
private func journey(isTrapped: Bool = true) -> Tale {
  var tale = Tale.failing("no such key", stages: 1)
  tale.tell(
    .stageAdded(0, index: 1, .handlers, callback: "a", errback: nil),
    .stageAdded(0, index: 2, .handlers, callback: "b", errback: nil),
    .stageAdded(0, index: 3, .handlers, callback: nil, errback: "rescue"))
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.trapAsked(0, types: ["ValueError"], matched: nil))
    return .raised(0)
  }
  tale.tell(.passedThrough(0, stage: 1, .errback), .passedThrough(0, stage: 2, .errback))
  guard isTrapped else {
    tale.tell(.unhandled(0, 0))
    return tale
  }
  tale.call(0, 3, .errback, .failure(0)) { tale in
    tale.tell(.trapAsked(0, types: ["LookupError"], matched: "LookupError"))
    return .text("0")
  }
  return tale
}

private func taken(_ tale: Tale) -> Timeline {
  let timeline = Timeline(ListSource(tale.records))
  while timeline.extend(budget: 1000) {}
  return timeline
}

@Test func `why tells the whole story of a Failure`() {
  #expect(
    taken(journey()).stories.why(0) == [
      "Born at step 3, at 0 s, outside of any chain.",
      "Step 8: e0 of d traps only ValueError, so it stayed on the errback line.",
      "Steps 11 to 12: stages 1 to 2 of d have no errback, so it passed through.",
      "Step 13: rescue of d trapped it, asking for LookupError, and gave 0.",
    ])
}

@Test(arguments: [(HandlerEnd.raised(1), "raised"), (.returnedFailure(1), "returned")])
func `a handler that gives another Failure is told with how it did`(end: HandlerEnd, verb: String) {
  var tale = Tale.failing("no such key", stages: 1)
  tale.call(0, 0, .errback, .failure(0)) { tale in
    tale.tell(.failureBorn(1, type: "OSError", parents: [], message: "gone", from: 0))
    return end
  }
  let told = taken(tale).stories.why(0)
  #expect(told.contains { $0.contains("e0 of d \(verb) Failure 2 in its place, ") }, "\(told)")
}

@Test func `the program's own function that the library called is where its Failure was born`() {
  let own = Place(file: "/app/shop.py", line: 24)
  func story(_ stack: [String]) -> [String] {
    let library = Place(file: "/v/lib/python3.11/site-packages/twisted/internet/base.py", line: 497)
    let events: [(Event, Place?)] = [
      (.made(0, origin: "deferred", name: "run 0", hasCanceller: false), nil),
      (.stageAdded(0, index: 0, .handlers, callback: "_fire", errback: nil), nil),
      (.fired(0, .text("1")), nil), (.entered(0, stage: 0, .callback, input: .text("1")), library),
      (.failureBorn(0, type: "KeyError", parents: [], message: "", from: nil), own),
    ]
    let records = events.map { Record(time: 0, place: $0.1, stack: stack, event: $0.0) }
    let timeline = Timeline(ListSource(records))
    while timeline.extend(budget: 1000) {}
    return timeline.stories.why(0)
  }
  #expect(story(["/app/shop.py:9 main", "/app/shop.py:24 go"])[0].contains(", in go, at "))
  #expect(story([])[0].contains(", in _fire of run 0, at "), "nobody tells the function")
}

@Test func `a Failure that a timer brings ready-made was born where that timer was set`() {
  var tale = Tale()
  tale.tell(.made(0, origin: "deferred", name: "d", hasCanceller: false))
  tale.say(.timerMade(0, due: 1, name: "errback of d"), at: Place(file: "mail.py", line: 14))
  tale.tell(.timerBegan(0))
  tale.inside { tale in
    tale.tell(.failureBorn(0, type: "KeyError", parents: [], message: "", from: nil), .fired(0, .failure(0)))
  }
  tale.tell(.timerEnded(0, raised: nil), .unhandled(0, 0))
  #expect(
    taken(tale).stories.why(0).first
      == "Born at step 4, at 0 s, in the timer errback of d, which was set at mail.py:14.")
}

@Test func `a Failure of another thread's work is told with the work, the thread, and for whom it was`() {
  func told(_ stack: [String], thread: String? = nil) -> String? {
    let events: [Event] = [
      .made(0, origin: "deferred", name: "deferToThread 0", hasCanceller: false),
      .failureBorn(0, type: "OSError", parents: [], message: "", from: nil), .fired(0, .failure(0)),
    ]
    let place = Place(file: "app.py", line: 5)
    let records = events.map { Record(time: 0, place: place, thread: thread, stack: stack, event: $0) }
    return Stories(world: World(after: records), isComplete: true).why(0).first
  }
  let pool = "/v/lib/python3.11/site-packages/twisted/python/threadpool.py:269 inContext"
  let born = "Born at step 2, at 0 s,"
  #expect(
    told([pool, "app.py:5 load"])
      == "\(born) in load, on a thread of the pool, for deferToThread 0, at app.py:5.")
  #expect(told(["app.py:5 load"]) == "\(born) in load, at app.py:5.")
  #expect(told([], thread: "reader") == "\(born) on thread reader, for deferToThread 0, at app.py:5.")
}

@Test func `a Failure's fate is known before it happens`() {
  let stories = taken(journey()).stories
  #expect(stories.fate(of: 0, at: 3) == "will be trapped at step 15 by rescue, as LookupError")
  #expect(stories.fate(of: 0, at: 15) == "was trapped at step 15 by rescue, as LookupError")
}

@Test func `nobody will handle this is said from the birth on`() {
  let stories = taken(journey(isTrapped: false)).stories
  #expect(stories.isNeverHandled(0))
  #expect(stories.fate(of: 0, at: 3) == "nobody will handle this")
  #expect(stories.why(0).last == "Nobody was left to handle it in d: reported unhandled at step 13.")
}

@Test func `while more may come, the future is unknown, not never`() {
  let timeline = Timeline(ListSource(journey().records, slice: 5))
  timeline.extend(budget: 10)
  let rescue = StageRef(deferred: 0, stage: 3, side: .errback)
  #expect(timeline.stories.reach(of: rescue) == .unknown)
  #expect(timeline.stories.fate(of: 0, at: 5) == nil)
  while timeline.extend(budget: 10) {}
  #expect(timeline.stories.reach(of: rescue) == .at(13))
  #expect(timeline.stories.reach(of: StageRef(deferred: 0, stage: 3, side: .callback)) == .never)
  #expect(timeline.stories.firing(of: 0) == .at(4) && timeline.stories.firing(of: 9) == .never)
}

@Test func `a very long way is told without its middle`() {
  var tale = Tale.failing(stages: 0)
  for stage in 0..<5000 {
    tale.call(0, stage, .errback, .failure(0)) { _ in .raised(0) }
  }
  let lines = taken(tale).stories.why(0)
  #expect(lines.count < 110)
  #expect(lines.contains("4900 more stages are left out here."))
}

@Test func `what passed through shares a line, so that nothing else is left out for it`() {
  var tale = Tale.failing(stages: 0)
  for stage in 0..<5000 {
    if stage == 2500 {
      tale.call(0, stage, .errback, .failure(0)) { _ in .raised(0) }
    } else {
      tale.tell(.passedThrough(0, stage: stage, .errback))
    }
  }
  let lines = taken(tale).stories.why(0)
  #expect(!lines.contains { $0.contains("left out") })
  #expect(lines.count { $0.contains("have no errback") } == 2)
  #expect(lines.contains { $0.contains("passed it on as it is") })
}

// MARK: Landmarks

/// Two timers; the first fires `d`, whose first handler fires `e`.
private func nested() -> Tale {
  var tale = Tale()
  tale.tell(  // 1, 2
    .made(0, origin: "deferred", name: "d", hasCanceller: false),
    .made(1, origin: "deferred", name: "e", hasCanceller: false))
  tale.at(1) { tale in  // 3
    tale.tell(.fired(0, .text("1")))  // 4
    tale.inside { tale in
      tale.call(0, 0, .callback, .text("1")) { tale in  // 5
        tale.tell(.fired(1, .text("2")))  // 6
        tale.inside { tale in
          tale.call(1, 0, .callback, .text("2")) { _ in .text("3") }  // 7, 8
          tale.tell(.settled(1, .text("3")))  // 9
        }
        return .text("4")  // 10
      }
      tale.tell(.settled(0, .text("4")))  // 11
    }
  }
  tale.at(2) { $0.tell(.note(kind: "log", who: "x", text: "y", nil)) }  // 12, 13
  return tale
}

@Test(arguments: [
  (Landmark.endOfRun, 4, true, Finding.found(11)), (.endOfRun, 5, true, .found(11)),
  (.endOfRun, 6, true, .found(9)), (.endOfRun, 7, true, .found(9)), (.endOfRun, 9, true, .found(10)),
  (.endOfRun, 11, true, .found(12)), (.endOfRun, 11, false, .found(4)), (.endOfRun, 9, false, .found(6)),
  (.outside, 7, true, .found(10)), (.outside, 5, true, .found(12)), (.outside, 7, false, .found(6)),
  (.outside, 5, false, .found(4)), (.outside, 3, true, .none), (.moment, 0, true, .found(3)),
  (.moment, 3, true, .found(12)), (.moment, 12, false, .found(3)), (.handler, 0, true, .found(5)),
  (.handler, 5, true, .found(7)), (.handler, 7, true, .none), (.failureEvent, 0, true, .none),
])
func `a key leads to its landmark`(landmark: Landmark, from: Int, forward: Bool, finding: Finding) {
  #expect(taken(nested()).find(landmark, from: from, forward: forward) == finding)
}

@Test func `Failure events are births, every stage a Failure passes, and what ends it`() {
  let timeline = taken(journey())
  #expect(timeline.find(.failureEvent, from: 0) == .found(3))
  #expect(timeline.find(.failureEvent, from: 3) == .found(4))
  #expect(timeline.find(.failureEvent, from: 12) == .found(15))
  #expect(timeline.find(.failureEvent, from: 15, forward: false) == .found(12))
}

@Test func `a landmark that has not come may still come`() {
  let timeline = Timeline(ListSource(nested().records, slice: 1))
  timeline.extend(budget: 2)
  #expect(timeline.find(.moment, from: 0) == .notYet)
  #expect(timeline.find(.moment, from: 2, forward: false) == .none)
}

@Test(arguments: [
  (Int64(0), Finding.found(1)), (1, .found(3)), (1_000_000, .found(3)), (1_000_001, .found(12)),
  (2_000_001, .none),
])
func `a time leads to the first step at it`(time: Int64, finding: Finding) {
  #expect(taken(nested()).find(time: time) == finding)
}

@Test func `per cent are of what is taken in`() {
  let timeline = taken(nested())
  #expect([-5, 0, 50, 100, 900].map { timeline.step(atPercent: $0) } == [0, 0, 7, 13, 13])
}
