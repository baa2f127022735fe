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
  ("thread:28495", "job is made thread:worker.py 28495 · Pool-1", true),
  ("thread:pool", "x thread:Pool-1", true),
  ("thread:Worker.py", "x thread:worker.py 28495", true), ("thread:job", "job is made thread:main", false),
  ("thread:2849", "x thread:worker.py 28495", false), ("process:28495", "x thread:28495 · Pool-1", true),
  ("process:worker", "x thread:worker.py 28495", true), ("process:pool", "x thread:28495 · Pool-1", false),
  ("!process:7", "x thread:8", true), ("made process:7", "x is made thread:a.py 7", true),
])
func `a thread or a process is asked for by a part of its name`(asked: String, text: String, isMatch: Bool) {
  #expect(Query(asked)?.matches(text) == isMatch)
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
