import Testing
import Traces

@testable import Explorer

/// Where a recording opens.
@Suite struct OpeningTests {
  private func opened(_ source: ScriptedSource) -> Driver {
    let driver = Driver(nil)
    driver.send(.opened(source, name: "r.trace.jsonl"))
    return driver
  }

  /// Stopped, or by its own exit, after which the trace is closed.
  @Test(arguments: ["the trace was not closed", nil])
  func `where nothing failed, it opens where its program ended in the middle of a handler`(fault: String?) {
    var script = RecordScript()
    let id = script.make("poem")
    script.stage(id, callback: "parse")
    script.stage(id, callback: "print")
    script.fire(id, .text("x")) { script in
      script.handler(id, 0, .callback, .text("x")) { _ in .returned(ValueText("y")) }
      script.handler(id, 1, .callback, .text("y")) { _ in .returned(ValueText("z")) }
    }
    let entered = 1 + script.records.lastIndex { if case .entered = $0.event { true } else { false } }!
    let source = ScriptedSource(Array(script.records.prefix(entered)))
    source.recording = TraceHeader(program: "poem.py", clock: "monotonic")
    source.fault = fault
    let driver = opened(source)
    #expect(driver.step == entered && driver.session.isAtEnd)
    #expect(driver.message == "The trace ends inside print of poem; ^ goes to the start.")
  }

  @Test func `it opens where the Failure is born that matters most, and stays there`() {
    let driver = opened(FateScene.open(isRecording: true))
    #expect(driver.session.timeline.frontier.failures.at(2)?.bornAt == driver.step)
    #expect(driver.message == "Failure 3 is born here, which nobody handles; ^ goes to the start.")
    #expect(driver.session.shownDeferred == 2 && driver.session.world.deferreds[2].stages.count == 1)
    let step = driver.step
    driver.settle()
    #expect(driver.step == step)
    driver.type("^")
    #expect(driver.step == 0)
  }

  @Test
  func
    `one that begins after the Failure opens at the first step that tells of it, and does not call it born`()
  {
    var script = RecordScript()
    script.say(.clockAdvanced)
    script.say(.unhandled(0, 0))
    let source = ScriptedSource(script.records)
    source.recording = TraceHeader(program: "late.py", clock: "monotonic")
    let driver = opened(source)
    #expect(driver.step == 2)
    #expect(
      driver.message == "Failure 1, there before the trace, which nobody handles; ^ goes to the start.")
  }

  @Test func `one in which all was handled opens where the first Failure is born`() {
    let source = ScriptedSource(FateScene.records().filter { $0.time < 500_000 })
    source.recording = TraceHeader(program: "fates.py", clock: "monotonic")
    let driver = opened(source)
    #expect(driver.session.timeline.frontier.failures.at(0)?.bornAt == driver.step)
    #expect(driver.message == "Failure 1 is born here, which is handled; ^ goes to the start.")
  }

  @Test func `one without trouble opens where the first handler runs, and a scenario at its start`() {
    var script = RecordScript()
    script.say(.clockAdvanced)
    let id = script.make("calm")
    script.stage(id, callback: "ask")
    script.fire(id, .text("1")) { script in
      script.handler(id, 0, .callback, .text("1")) { _ in .returned(ValueText("2")) }
      script.settle(id, .text("2"))
    }
    let source = ScriptedSource(script.records)
    #expect(opened(source).step == 0)
    source.recording = TraceHeader(program: "calm.py", clock: "monotonic")
    let driver = opened(source)
    #expect(driver.session.record?.event == .entered(id, stage: 0, .callback, input: .text("1")))
    #expect(
      driver.message == "No Failure. The first handler runs here; ^ goes to the start.")
  }

  @Test(arguments: [
    (1, "No Failure, but 1 Deferred never fires: $ goes to the end, where 2 lists them."),
    (2, "No Failure, but 2 Deferreds never fire: $ goes to the end, where 2 lists them."),
    (0, "No Failure, as far as is told: 7 events missing."),
  ])
  func `one that hangs, or that is not whole, says so`(unfired: Int, message: String) {
    var script = RecordScript()
    let id = script.make("calm")
    script.stage(id, callback: "ask")
    script.fire(id, .text("1")) { script in
      script.handler(id, 0, .callback, .text("1")) { _ in .returned(ValueText("2")) }
      script.settle(id, .text("2"))
    }
    for number in 0..<unfired { _ = script.make("waits \(number)") }
    if unfired == 0 { script.say(.dropped(7)) }
    let source = ScriptedSource(script.records)
    source.recording = TraceHeader(program: "hang.py", clock: "monotonic")
    #expect(opened(source).message == message)
  }

  @Test func `many Failures that packages handled hide no worse one after them`() {
    var script = RecordScript()
    let package = Place(file: "/v/lib/python3.11/site-packages/p/a.py", line: 3)
    for number in 0..<2001 {
      let id = script.make("p \(number)")
      script.stage(id, errback: "ignore")
      let failure = script.failure("KeyError", "\(number)")
      script.fire(id, .failure(failure)) { script in
        script.place = package
        script.handler(id, 0, .errback, .failure(failure)) { _ in .returned(.none) }
        script.place = nil
      }
    }
    let late = script.make("late")
    let failure = script.failure("OSError", "gone")
    script.fire(late, .failure(failure)) { _ in }
    script.say(.unhandled(late, failure))
    let source = ScriptedSource(script.records)
    source.recording = TraceHeader(program: "late.py", clock: "monotonic")
    let driver = opened(source)
    #expect(driver.message == "Not all is looked at yet: the first handler runs here; ^ goes to the start.")
    driver.type("5")
    driver.settle()
    #expect(driver.message == "All is read now: nobody handles 1 Failure; 5 lists them first.")
  }

  @Test func `once all is read, it says that worse came later, once`() {
    var script = RecordScript()
    for _ in 0..<15_100 {
      script.at(1) { _ in }
      script.at(2) { _ in }
    }
    let late = script.make("late")
    let failure = script.failure("OSError", "gone")
    script.fire(late, .failure(failure)) { _ in }
    script.say(.unhandled(late, failure))
    let source = ScriptedSource(script.records, isLazy: true)
    source.recording = TraceHeader(program: "late.py", clock: "monotonic")
    let driver = opened(source)
    #expect(!driver.session.isEndKnown && driver.message == "")
    driver.settle()
    #expect(driver.step == 0)
    #expect(driver.message == "All is read now: nobody handles 1 Failure; 5 lists them first.")
    driver.type("s")
    driver.settle()
    #expect(driver.message == "")
  }

  @Test func `who is at the end when all is read is told why it ends there, and what hangs`() {
    var script = RecordScript()
    for _ in 0..<15_100 {
      script.at(1) { _ in }
      script.at(2) { _ in }
    }
    _ = script.make("never")
    let source = ScriptedSource(script.records, isLazy: true)
    source.recording = TraceHeader(program: "hang.py", clock: "monotonic")
    source.fault = "it was killed"
    let driver = opened(source)
    driver.type("$")
    driver.settle()
    #expect(driver.session.isAtEnd)
    #expect(
      driver.message == "ended early: it was killed. No Failure, but 1 Deferred never fires: 2 lists them.")
  }

  @Test func `what is on its way while more is read is no trouble yet, and an empty one opens empty`() {
    let source = ScriptedSource(TickScene.records(ticks: 30_000), isLazy: true)
    source.recording = TraceHeader(program: "ticks.py", clock: "monotonic")
    let driver = opened(source)
    #expect(!driver.session.isEndKnown && driver.message == "")
    let none = ScriptedSource([])
    none.recording = source.recording
    #expect(opened(none).step == 0)
  }
}
