import Screen
import Testing
import Traces

@testable import Explorer

private func longScene(_ ticks: Int = 5000) -> ScriptedSource {
  ScriptedSource(TickScene.records(ticks: ticks), isLazy: true)
}

@Test func `nothing is driven before a key asks for it`() {
  let source = longScene()
  _ = Driver(source)
  #expect(source.extensions == 0)
}

@Test func `driving to the end goes in slices and shows its progress`() {
  let driver = Driver(longScene())
  driver.press("$")
  #expect(driver.step == 0)
  let progress = driver.session.progress
  #expect(progress?.done ?? 0 > 0 && progress?.total == nil)
  driver.finishWork()
  #expect(driver.session.isAtEnd)
  #expect(driver.slices > 3)
}

@Test func `^C stops a long run first, and quits only then`() {
  let driver = Driver(longScene())
  driver.press("$", .control("c"))
  #expect(driver.session.work == nil)
  #expect(driver.step == 0)
  #expect(driver.message.hasPrefix("Stopped: driving to the end."))
  #expect(driver.effects.isEmpty)
  driver.press(.control("c"))
  #expect(driver.effects == [.quit])
}

@Test func `stepping waits for a long run, and says so`() {
  let driver = Driver(longScene())
  driver.press("$", "s")
  #expect(driver.message == "Driving to the end goes on: ^C stops it first.")
  #expect(driver.session.work != nil)
}

@Test func `the source is driven ahead while nobody types, so that the end becomes known`() {
  let driver = Driver(longScene(500))
  driver.type("s")
  #expect(!driver.session.isEndKnown)
  driver.settle()
  #expect(driver.session.isEndKnown)
  #expect(driver.step == 1)
}

@Test func `driving ahead has a bound`() {
  let driver = Driver(longScene(5000))
  driver.model.session?.aheadLimit = 3000
  driver.settle()
  #expect(!driver.session.isEndKnown)
  #expect((3000..<5000).contains(driver.session.knownSteps))
}

@Test func `a source that has nothing for now is not asked again and again`() {
  let source = GrowingSource()
  let driver = Driver(source)
  driver.settle()
  #expect(driver.slices < 5)
  driver.type("$")
  #expect(driver.message == "No more has come so far: 0 steps.")
}

/// A file that may grow, and does not.
private final class GrowingSource: RecordSource {
  var records: [Record] = []
  var isAtEnd: Bool { false }
  func extend() {}
  var fault: String? { nil }
  var sourceText: (file: String, lines: [String])? { nil }
  var title: String { "" }
  var summary: String { "" }
}

@Test func `a run that a fault ended says why at its end`() {
  let source = PoemScene.open()
  source.fault = "poll never stops: add `until`, or stop it"
  let driver = Driver(source)
  driver.type("$")
  #expect(driver.model.message == .warning("poll never stops: add `until`, or stop it"))
  driver.type("s")
  #expect(driver.message == "poll never stops: add `until`, or stop it")
}

@Test func `a source without any step says so`() {
  let driver = Driver(ScriptedSource([]))
  driver.type("s")
  #expect(driver.message == "There are no steps at all.")
}

@Test func `reading again keeps the step where the run is the same`() {
  let driver = Driver()
  driver.type("12s2G")
  driver.send(.reloaded(PoemScene.open(isLazy: true)))
  driver.finishWork()
  #expect(driver.step == 12)
  #expect(driver.message == "Read again: this is the same step.")
  #expect(driver.session.focus == .deferreds)
}

@Test func `reading again goes to the same time where the run differs before`() {
  let driver = Driver()
  driver.type("$")
  let time = driver.session.world.time
  var records = PoemScene.records()
  records.insert(Record(time: 0, event: .note(kind: "log", who: "", text: "new", nil)), at: 0)
  driver.send(.reloaded(ScriptedSource(records, isLazy: true)))
  driver.finishWork()
  #expect(driver.session.world.time == time)
  #expect(driver.model.message?.kind == .warning)
}

@Test func `reading again keeps the step where only a value before it differs`() {
  let driver = Driver()
  driver.type("12s")
  var records = PoemScene.records()
  records[0].place = Place(file: "scene.yaml", line: 99)
  driver.send(.reloaded(ScriptedSource(records, isLazy: true)))
  driver.finishWork()
  #expect(driver.step == 12)
  #expect(driver.message == "Read again: it runs differently before this step.")
}

@Test func `r asks for the same file`() {
  let driver = Driver()
  driver.type("r")
  #expect(driver.effects == [.reload("scene.yaml")])
  driver.send(.openFailed(name: "scene.yaml", reason: "it is gone"))
  #expect(driver.model.message == .error("Not read again: it is gone"))
}
