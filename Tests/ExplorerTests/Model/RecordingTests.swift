import Screen
import Testing
import Traces

@testable import Explorer

/// What is particular about recordings of real programs.
@Suite struct RecordingTests {
  private func rows(_ driver: Driver) -> [String] {
    view(driver.model).picture.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func text(_ driver: Driver) -> String { rows(driver).joined(separator: "\n") }

  private func focus(_ driver: Driver, _ panel: Panel) { driver.type(":focus \(panel.title.lowercased())\n") }

  // MARK: Source

  @Test func `the source panel shows the file and the line of the current step`() {
    let driver = ShopScene.driver()
    driver.type("$")
    focus(driver, .source)
    #expect(text(driver).contains("/app/shop.py"))
    #expect(driver.session.shownSource?.current == 4)
    driver.type(":#4\n")
    #expect(driver.session.shownSource?.current == 2)
  }

  @Test
  func `the source panel shows where what is selected was made, and says that the file has changed since`() {
    let files = ShopScene.Files()
    files.isChanged = true
    let driver = ShopScene.driver(files: files)
    focus(driver, .failures)
    driver.type("g")
    focus(driver, .source)
    #expect(driver.session.shownSource?.current == 4)
    #expect(rows(driver).contains { $0.contains("6 Source") && $0.contains("changed") })
    focus(driver, .events)
    driver.type("g")
    focus(driver, .source)
    #expect(driver.session.shownSource?.current == 1)
  }

  @Test func `a file that is named from the folder of the program is found there`() {
    let driver = Driver(nil)
    driver.model.files = ShopScene.Files()
    let place = Place(file: "shop.py", line: 5)
    let source = ScriptedSource([Record(time: 0, place: place, event: .clockAdvanced)])
    source.recording = TraceHeader(program: "shop.py", clock: "monotonic")
    source.recording?.cwd = "/app"
    driver.send(.opened(source, name: "shop.trace.jsonl"))
    driver.settle()
    driver.type("$")
    #expect(driver.session.shownSource?.file == "/app/shop.py" && driver.session.shownSource?.current == 4)
  }

  @Test func `a file that is not at hand is named`() {
    let driver = ShopScene.driver()
    driver.type(":#3\n")
    focus(driver, .source)
    driver.type("+")
    #expect(text(driver).contains("/usr/lib/python3/site-packages/treq/api.py, line 24"))
    focus(driver, .details)
    #expect(text(driver).contains("These are the details of a row of Source, which has none."))
    driver.type("^")
    #expect(text(driver).contains("Press s to step."))
  }

  @Test func `a step that tells no line marks none, and says that the one shown is an earlier one's`() {
    var records = ShopScene.records()
    // A handler that is Python's own is entered, of which there is no line.
    let handler: [Event] = [
      .stageAdded(ShopScene.fetch, index: 0, .handlers, callback: "len", errback: nil),
      .entered(ShopScene.fetch, stage: 0, .callback, input: .text("1")),
    ]
    records += handler.map { Record(time: records.last?.time ?? 0, event: $0) }
    let source = ScriptedSource(records)
    source.recording = ShopScene.open().recording
    let driver = Driver(nil)
    let files = ShopScene.Files()
    driver.model.files = files
    driver.send(.opened(source, name: "shop.trace.jsonl"))
    driver.settle()
    driver.type("^02s")
    focus(driver, .source)
    driver.type("+")
    func isMarked(_ line: String) -> Bool { rows(driver).contains { $0.contains("▶") && $0.contains(line) } }
    #expect(!text(driver).contains("this step tells no line") && isMarked("def fetch"))
    driver.type("$")
    #expect(!isMarked("raise LookupError") && text(driver).contains("raise LookupError"))
    #expect(driver.session.record?.place == nil)
    #expect(text(driver).contains("this step tells no line"))
    files.isChanged = true
    driver.type("S$")
    #expect(text(driver).contains("an earlier line, changed since the recording"))
  }

  @Test func `Enter on a line goes to the next step of that line in that file`() {
    let driver = ShopScene.driver()
    driver.type("$")
    focus(driver, .source)
    driver.type("kk\n")
    #expect(driver.session.record?.place == Place(file: "/app/shop.py", line: 3))
    #expect(driver.step > 0)
  }

  @Test func `details show the line itself, and the calendar's time in UTC`() {
    let driver = ShopScene.driver()
    let text = driver.session.detailsText(of: .failure(0)).joined(separator: "\n")
    #expect(text.contains("/app/shop.py:5") && text.contains("raise LookupError(body)  # always"))
    #expect(text.contains("2.000 s, 2026-11-27 19:43:25.264 UTC"))
  }

  @Test func `a line of Python is lit by its words`() {
    let pieces = SourceLight.pieces(of: "    raise LookupError('#1')  # always", .python)
    #expect(pieces.map(\.text).joined() == "    raise LookupError('#1')  # always")
    #expect(pieces.first { $0.text == "raise" }?.role == .keyword)
    #expect(pieces.first { $0.text == "'#1'" }?.role == .string)
    #expect(pieces.last?.role == .comment)
  }

  @Test func `before a step tells of a line of the program, nobody says that there is no source`() {
    let driver = ShopScene.driver()
    driver.type("^")
    focus(driver, .source)
    driver.type("+")
    #expect(text(driver).contains("No line of the program is told of here"))
    let other = Driver(ScriptedSource([Record(time: 0, event: .clockAdvanced)]))
    focus(other, .source)
    other.type("+")
    #expect(text(other).contains("without the program's source"))
  }

  // MARK: What is missing

  @Test func `details say that the beginning of a thing is not told, and name no step for it`() {
    let records: [Event] = [
      .stageAdded(0, index: 1, .handlers, callback: "late", errback: nil), .fired(0, .failure(0)),
      .timerBegan(0),
    ]
    let driver = Driver(ScriptedSource(records.map { Record(time: 0, event: $0) }))
    driver.settle()
    driver.type("$")
    let subjects: [Subject] = [.deferred(0), .stage(0, stage: 0), .failure(0), .timer(0)]
    for subject in subjects {
      let text = driver.session.detailsText(of: subject).joined(separator: "\n")
      #expect(text.contains("the trace does not tell") && !text.contains("step 0"))
    }
  }

  @Test func `details of a Failure have its traceback, those of an event who called`() {
    let stack = ["/app/shop.py:1 main", "/app/shop.py:5 fetch"]
    let born = Event.failureBorn(0, type: "KeyError", parents: [], message: "", from: nil)
    let driver = Driver(ScriptedSource([Record(time: 0, stack: stack, event: born)]))
    driver.settle()
    driver.type("$")
    #expect(driver.session.detailsText(of: .failure(0)).contains("traceback: /app/shop.py:1 main"))
    #expect(driver.session.detailsText(of: .event(1)).contains("called by: /app/shop.py:1 main"))
  }

  // MARK: Time and threads

  @Test(arguments: [Glyphs.unicode, .ascii])
  func `a long wait is a row of its own in the list of events, and no event`(glyphs: Glyphs) throws {
    let driver = ShopScene.driver()
    driver.model.glyphs = glyphs
    focus(driver, .events)
    driver.type("+G")
    let rows = rows(driver)
    let gap = try #require(rows.firstIndex { $0.contains("nothing for 1.9 s") })
    #expect(rows[gap].contains(glyphs == .unicode ? "···" : "..."))
    #expect(driver.model.subject(at: Position(x: 20, y: gap), in: .events) == nil)
    let below = driver.model.subject(at: Position(x: 20, y: gap + 1), in: .events)
    let step = driver.step { $0 == .generatorResumed(0, .text("'sold out'")) } - 1
    #expect(below == .event(step))
  }

  @Test func `a time of the day is gone to, and a run of now has none`() {
    let driver = ShopScene.driver()
    driver.type(":19:43:25.264263\n")
    #expect(driver.session.world.time == 2_000_000)
    for time in ["19:43", "19:43:23", "19:43:23.2", "19:43:23.264", "19:43:23.264263"] {
      driver.type("$:\(time)\n")
      #expect(driver.step == 0 && driver.message.contains("began at 2026-11-27 19:43:23.264 UTC"))
    }
    driver.type(":19:42\n")
    #expect(driver.step == driver.session.knownSteps)
    #expect(driver.message.hasPrefix("Nothing happens at exactly 2026-11-28 19:42:00"), "the day after")
    let other = Driver()
    other.type(":19:43:25\n")
    #expect(other.message.hasPrefix("Only a recording"))
  }

  @Test func `addresses are shown in full details alone`() {
    #expect(withoutAddresses("<A at 0x7fAd1bb3> and <B object at 0x1>, at 0") == "<A> and <B object>, at 0")
  }

  @Test func `a virtual clock has no gaps`() {
    let driver = Driver(ScriptedSource(ShopScene.records()))
    driver.settle()
    focus(driver, .events)
    driver.type("+G")
    #expect(!text(driver).contains("nothing"))
  }

  @Test func `a thread is named where it is not the main one, and can be filtered by`() {
    let driver = ShopScene.driver()
    driver.type("fthread:Pool\n")
    driver.settle()
    #expect(driver.session.filter?.steps.count == 1)
    driver.type("s")
    #expect(driver.session.record?.thread == "PoolThread-0")
    focus(driver, .events)
    driver.type("+")
    #expect(text(driver).contains("[PoolThread-0]") && text(driver).contains("(in thread PoolThread-0)"))
    let details = driver.session.detailsText(of: .event(driver.step))
    #expect(details.contains("thread: PoolThread-0"))
  }

  // MARK: Loading

  @Test func `while a recording is read the status says how far, and one steps through what is there`() {
    let source = ScriptedSource(TickScene.records(ticks: 20_000), isLazy: true)
    source.recording = TraceHeader(program: "ticks.py", clock: "monotonic")
    let driver = Driver(source)
    driver.send(.idle)
    let early = driver.session.knownSteps
    #expect(early < 20_000 && text(driver).contains("loading \(100 * source.records.count / 100_001)%"))
    driver.type("s03s")
    #expect(driver.step == 4)
    driver.type("/nothing of the kind\n")
    #expect(driver.message.hasPrefix("No match"))
    driver.settle()
    #expect(driver.session.isEndKnown && !text(driver).contains("loading"))
  }

  @Test
  func `what looks for something in a recording that is still read says how far it is, and Esc stops it`() {
    let source = ScriptedSource(TickScene.records(ticks: 20_000), isLazy: true)
    source.recording = TraceHeader(program: "ticks.py", clock: "monotonic")
    let driver = Driver(source)
    driver.press("/", "x", "y", "z", .enter)
    driver.send(.idle)
    #expect(driver.session.work != nil)
    #expect(text(driver).contains("Searching: ") && text(driver).contains("% of the recording read"))
    driver.press(.escape)
    #expect(driver.session.work == nil && driver.message.hasPrefix("Stopped: searching"))
  }

  // MARK: Coroutines

  @Test func `a coroutine's waits are rows above its chain, those to come dim`() throws {
    let driver = ShopScene.driver()
    driver.model.size = Size(width: 100, height: 30)
    driver.type("$:fetch 0\n")
    let rows = rows(driver)
    let first = try #require(rows.firstIndex { $0.contains("response = yield treq.get(url)") })
    #expect(rows[first].contains("shop.py:3") && rows[first].contains("waits on request 1, "))
    #expect(rows[first].contains("10 ms → <Response 500>"))
    #expect(rows[first + 1].contains("1.9 s → 'sold out'"))
    #expect(rows[first + 2].contains("✗ raises LookupError: sold out"))
    driver.type(":#4\n")
    let waiting = self.rows(driver)
    #expect(waiting[first].contains("▶") && !waiting[first].contains("<Response 500>"))
  }

  @Test func `what a coroutine is yet to do is told in words, too`() {
    let driver = ShopScene.driver()
    driver.type(":#2\n+")
    #expect(
      text(driver).contains("will wait on request 1") && text(driver).contains("✗ will raise LookupError"))
    driver.type("$")
    #expect(!text(driver).contains("will wait") && text(driver).contains("✗ raises LookupError"))
  }

  @Test func `of a long-lived coroutine the waits around now are shown`() {
    var script = RecordScript()
    let poll = script.make("poll", origin: "generator")
    script.say(.generatorBegan(poll, name: "poll"))
    for round in 0..<1000 {
      script.at(Double(round)) { script in
        script.say(.generatorYielded(poll, on: nil))
        script.say(.generatorResumed(poll, .text("\(round)")))
      }
    }
    let driver = Driver(ScriptedSource(script.records))
    driver.settle()
    driver.type(":#1502\n")
    let rows = driver.session.awaits(of: poll, limit: 6)
    #expect(rows.count == 6)
    #expect(rows.contains { $0.step <= 1502 } && rows.contains { $0.step > 1502 })
    #expect(rows.allSatisfy { abs($0.step - 1502) < 30 })
  }

  // MARK: Who makes what

  @Test func `Deferreds are counted by the places that make them, the program's own first`() {
    let driver = ShopScene.driver()
    driver.type("$")
    focus(driver, .deferreds)
    driver.type("v+")
    let rows = rows(driver)
    #expect(rows[1].contains("1 fetch") && rows[1].contains("1 failed") && rows[1].contains("shop.py:2"))
    #expect(rows[2].contains("2 request") && rows[2].contains("2 not fired") && rows[2].contains("api.py:24"))
  }

  @Test func `Enter shows the Deferreds of a place, Esc all places again, v the tree`() {
    let driver = ShopScene.driver()
    focus(driver, .deferreds)
    driver.type("vGj\n")
    #expect(driver.session.deferredsView == .site(1))
    #expect(text(driver).contains("request 1  to be made at step 3"))
    driver.type("G\n")
    #expect(driver.session.world.deferreds.count == 3)
    #expect(driver.session.subject == .deferred(2))
    focus(driver, .deferreds)
    driver.type("\u{1b}")
    #expect(driver.session.deferredsView == .sites)
    driver.type("v")
    #expect(driver.session.deferredsView == .tree)
  }

  @Test func `the Deferred that is marked in the list of a place is the one whose chain is shown`() {
    let driver = ShopScene.driver()
    driver.type("$")
    focus(driver, .deferreds)
    driver.type("vGj\n")
    #expect(driver.session.deferredsView == .site(1))
    #expect(driver.session.deferredsSubject == .deferred(driver.session.shownDeferred ?? -1))
    driver.type("\u{1b}")
    #expect(!driver.session.isHeld)
  }

  @Test func `how many Deferreds there are is told at any width`() {
    let driver = ShopScene.driver()
    driver.type("$")
    focus(driver, .deferreds)
    driver.type("v")
    #expect(rows(driver).contains { $0.contains("2 Deferreds") && $0.contains("3 of 3, 2 places") })
    driver.type("+")
    #expect(rows(driver)[0].contains("3 of 3 Deferreds from 2 places"))
  }

  @Test func `200,000 Deferreds are as many rows as places make them`() {
    var script = RecordScript()
    for index in 0..<200_000 {
      script.place = Place(file: "/app/shop.py", line: index % 40)
      script.make(nil)
    }
    let source = ScriptedSource(script.records)
    source.recording = TraceHeader(program: "shop.py", clock: "monotonic")
    let driver = Driver(source)
    driver.model.session?.timeline.extend(budget: .max)
    driver.settle()
    driver.type("$")
    focus(driver, .deferreds)
    driver.type("v")
    #expect(driver.session.siteOrder.sites.count == 40)
    #expect(text(driver).contains("5000"))
    driver.type("G\nG")
    #expect(driver.session.subject == .deferred(199_999))
  }

  @Test func `whence leads to where a Deferred was made, then to what ran there`() {
    var script = RecordScript()
    let outer = script.make("outer")
    script.stage(outer, callback: "parse")
    script.fire(outer, .text("1")) { script in
      script.handler(outer, 0, .callback, .text("1")) { script in
        script.make("inner")
        return .returned(ValueText("2"))
      }
    }
    let driver = Driver(ScriptedSource(script.records))
    driver.settle()
    driver.type("$")
    focus(driver, .deferreds)
    let text = driver.session.detailsText(of: .deferred(1)).joined(separator: "\n")
    #expect(text.contains("inside: outer.parse, step 4"))
    driver.type("G")
    driver.type("w")
    #expect(driver.step == 5)
    driver.type("w")
    #expect(driver.step == 4)
  }
}
