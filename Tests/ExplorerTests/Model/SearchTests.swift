import Screen
import Testing
import Traces

@testable import Explorer

@Test(arguments: [
  ("fired", "poem is fired with 'roses'", true), ("poem FIRED", "poem is fired", false),
  ("roses poem", "poem: 'roses'", true),
  ("!fired", "poem is fired", false), ("! fired", "poem is made", true), ("Fired", "it is Fired", true),
  ("é", "café", true), ("xyzzy", "", false),
])
func `a query asks for all of its words`(asked: String, text: String, isMatch: Bool) {
  #expect(Query(asked)?.matches(text) == isMatch)
}

@Test(arguments: [
  ("8", "process 8968", false), ("8", "callback of Deferred 8.", true), ("8", "due at 0.8 s", false),
  ("0.8", "due at 0.8 s.", true), ("8", "item_8", true), ("8", "08-lists.yaml", true), ("8", "80 08", true),
  ("08", "8", false), ("!8", "Deferred 88", true), ("deferred 8", "Deferred 18", false), ("v8", "v88", true),
  ("127.0.0.1", "host 127.0.0.1:80", true), ("80", "host 127.0.0.1:80", true), ("0", "1", false),
])
func `a number is asked for as a whole`(asked: String, text: String, isMatch: Bool) {
  #expect(Query(asked)?.matches(text) == isMatch)
}

@Test(arguments: [
  ("thread:pool", "Pool-1", "28495", true), ("thread:pool", "main", "28495", false),
  ("thread:job", "main", "", false), ("thread:28495", "main", "28495", false),
  ("process:28495", "Pool-1", "worker.py 28495", true), ("process:2849", "main", "worker.py 28495", false),
  ("process:Worker", "main", "worker.py 28495", true), ("process:pool", "Pool-1", "28495", false),
  ("!process:7", "thread:7", "8", true), ("made process:7", "main", "a.py 7", true),
  ("made thread:\"my thread\"", "On my thread", "", true), ("thread:\"my thread\"", "thread", "", false),
  ("thread:my thread", "my", "", false), ("thread:\"my thread", "my thread", "", true),
  ("\"is made\"", "main", "", true), ("\"made is\"", "main", "", false),
  ("\"thread:main\"", "main", "", false),
])
func `a thread or a process is asked for by a part of its name, in quotes where that has blanks`(
  asked: String, thread: String, process: String, isMatch: Bool
) {
  let origin = Query.Origin(thread: thread, process: process)
  #expect(Query(asked)?.matches("job is made", from: origin) == isMatch)
}

@Test func `of several recordings in a row each has its main thread, and its process, as of one alone`()
  throws
{
  func header(_ pid: Int) -> String { #"{"trapline":1,"program":"p","pid":\#(pid)}"# }
  let lines = ["main thread", "worker · 2", "x thread:79"].enumerated().map {
    #"{"t":\#($0),"e":"note","kind":"mark","name":"n","text":"m","th":"\#($1)"}"#
  }
  let made = #"{"t":0,"e":"made","d":0,"name":"a 0"}"#
  let one = [header(78), made] + lines
  let two = [header(79), made] + lines
  func file(_ lines: [String]) throws -> TraceFile {
    try TraceFile(Array((lines.joined(separator: "\n") + "\n").utf8), name: "f")
  }
  func count(_ asked: String, _ source: any RecordSource) throws -> Int {
    let timeline = Timeline(source)
    while timeline.extend(budget: 100) {}
    var index = MatchIndex(try #require(Query(asked)))
    while !index.scan(timeline, budget: 10) {}
    return index.steps.count
  }
  let whole = try file(one)
  let cat = try file(one + two)
  let joined = JoinedTraces([try file(one), try file(two)])
  for (asked, counts) in [
    ("thread:main", [2, 4, 6]), ("thread:\"main thread\"", [1, 2, 2]), ("process:78", [4, 4, 5]),
    ("process:79", [0, 4, 5]), ("!process:79", [4, 4, 5]), ("process:worker", [0, 0, 0]),
    ("process:2", [0, 0, 0]), ("thread:worker", [1, 2, 2]),
  ] {
    #expect(try [count(asked, whole), count(asked, cat), count(asked, joined)] == counts, "\(asked)")
  }
}

@Test(arguments: ["", "   ", "!", " ! "])
func `a query of no words asks for nothing`(text: String) {
  #expect(Query(text) == nil)
}

@Test func `search goes to the next event with these words, n and N to the others`() {
  let driver = Driver()
  driver.type("/gibberisherror\n")
  let first = driver.step
  #expect(driver.session.record?.event.failure == 0)
  driver.type("n")
  #expect(driver.step > first)
  driver.type("N")
  #expect(driver.step == first)
  driver.type("N")
  #expect(driver.message == "No match for gibberisherror before this step.")
}

@Test func `a search that finds nothing stays where it is`() {
  let driver = Driver()
  driver.type("03s/xyzzy\n")
  #expect(driver.step == 3)
  #expect(driver.message == "No match for xyzzy after this step.")
}

@Test func `n without a search says how one begins`() {
  let driver = Driver()
  driver.type("n")
  #expect(driver.message == "There is nothing to search for yet: / begins a search.")
}

@Test func `a search looks on in what has not been driven yet, and can be stopped`() {
  let driver = Driver(ScriptedSource(TickScene.records(ticks: 5000), isLazy: true))
  driver.type("/")
  driver.press("t", "i", "c", "k", " ", "4", "9", "9", "9", .enter)
  #expect(driver.session.work != nil)
  driver.finishWork()
  #expect(driver.session.world.log.last?.text == "tick 4999")
  driver.press("n", .control("c"))
  #expect(driver.session.work == nil)
}

@Test func `under a filter, single steps stop only at what it shows`() {
  let driver = Driver()
  driver.type("ftimer\n")
  #expect(driver.message.hasPrefix("Only events with timer are shown"))
  driver.type("s")
  #expect(driver.session.record?.event.timer == 0)
  driver.type("ss")
  #expect(driver.session.record?.event == .timerBegan(0))
  driver.type("S")
  #expect(driver.session.record?.event == .timerMade(1, due: 2_000_000, name: "fire cache"))
  driver.type("099s")
  #expect(driver.session.record?.event == .timerEnded(1, raised: nil))
}

@Test func `an inverted filter leaves events out, and Esc shows all again`() {
  let driver = Driver()
  driver.type("f!made stage\n")
  driver.type("s")
  #expect(driver.session.record?.event == .made(0, origin: "deferred", name: "poem", hasCanceller: false))
  driver.type("s")
  #expect(driver.session.filter?.contains(driver.step) == true)
  driver.type("\u{1b}")
  #expect(driver.session.filter == nil)
  #expect(driver.message == "All events are shown again.")
}

@Test func `the filter's matches are found while nobody types`() {
  let driver = Driver(ScriptedSource(TickScene.records(ticks: 2000), isLazy: true))
  driver.type("flog\n")
  driver.settle()
  #expect(driver.session.filter?.steps.count == 2000)
  #expect(driver.session.filter?.rank(of: driver.session.knownSteps) == 2000)
}
