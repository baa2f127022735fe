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
  #expect(driver.message == "Nothing more had come yet.")
}

@Test func `what has not come in a file that grows is told as that, and the cursor stays`() {
  let source = GrowingSource()
  source.records = TickScene.records(ticks: 20)
  let driver = Driver(source)
  driver.type("$eee")
  #expect(driver.message == "Nothing more happens to a Failure after this step so far.")
  #expect(driver.step == source.records.count)
  driver.type("t")
  #expect(driver.message == "No later moment has come so far.")
  let known = source.records.count
  source.records += TickScene.records(ticks: 30).dropFirst(known)
  driver.send(.moreMayHaveCome)
  driver.settle()
  #expect(driver.step == source.records.count, "neither moved the cursor away from the newest step")
}

@Test(arguments: ["$", "0500s", ":#500\n"])
func `what wants on in a file that grows goes as far as that has come, and further when more has`(
  keys: String
) {
  let source = GrowingSource()
  source.records = TickScene.records(ticks: 20)
  let driver = Driver(source)
  let known = source.records.count
  driver.type(keys)
  #expect(driver.step == known)
  let newest = "The newest step so far: the cursor goes on with what comes until a key moves it."
  let isEnd = keys == "$"
  #expect(
    driver.message
      == (isEnd
        ? newest : "Nothing more had come yet."))
  source.records += TickScene.records(ticks: 30).dropFirst(known)
  driver.send(.moreMayHaveCome)
  driver.settle()
  #expect(driver.step == (isEnd ? source.records.count : known))
  #expect(!driver.message.isEmpty, "it answers a key, and stays until the next")
  driver.type(keys)
  #expect(driver.step == source.records.count)
}

@Test func `who leaves the newest step of a file that grows stays where that leads`() {
  let source = GrowingSource()
  source.records = TickScene.records(ticks: 20)
  let driver = Driver(source)
  let known = source.records.count
  driver.type("$Ss")
  source.records += TickScene.records(ticks: 30).dropFirst(known)
  driver.send(.moreMayHaveCome)
  driver.settle()
  #expect(driver.step == known && driver.session.knownSteps == source.records.count)
}

@Test(arguments: ["$", "$SSS"])
func `reading a file that grows again keeps the step, and following`(keys: String) {
  let source = GrowingSource()
  source.records = TickScene.records(ticks: 20)
  let driver = Driver(source)
  driver.type(keys)
  let step = driver.step
  let again = GrowingSource()
  again.records = source.records
  driver.send(.reloaded(again))
  driver.settle()
  #expect(driver.step == step && step > 0)
  again.records = TickScene.records(ticks: 30)
  driver.send(.moreMayHaveCome)
  driver.settle()
  #expect(driver.step == (keys == "$" ? again.records.count : step))
}

@Test func `reading a file that grows again goes to the newest step where the old one has not come yet`() {
  let source = GrowingSource()
  source.records = TickScene.records(ticks: 20)
  let driver = Driver(source)
  driver.type("$SS")
  let again = GrowingSource()
  again.records = TickScene.records(ticks: 10)
  driver.send(.reloaded(again))
  driver.settle()
  #expect(driver.step == again.records.count)
  #expect(driver.message.contains("has not come so far again"))
}

@Test func `what is known of a file that grows is found in it by name`() {
  let source = GrowingSource()
  source.records = PoemScene.open().records
  let driver = Driver(source)
  driver.type("^:GibberishError\n")
  #expect(driver.message == "Here the only GibberishError is born.")
  driver.type("^:50%\n")
  #expect(driver.step == source.records.count / 2)
  driver.type("^:banana\n")
  #expect(driver.step == 0)
  #expect(driver.message == "Nothing is called banana so far.")
  driver.type("$:banana\n")
  #expect(driver.message == "Nothing is called banana so far.")
}

@Test func `a search that finds nothing in a file that grows goes nowhere`() {
  let source = GrowingSource()
  source.records = TickScene.records(ticks: 20)
  let driver = Driver(source)
  driver.type("s/xyzzy\n")
  #expect(driver.step == 1)
  #expect(driver.message == "No match for xyzzy after this step so far.")
}

@Test func `x where no Failure has come says so, and counts nothing that grows on`() {
  let source = GrowingSource()
  source.records = TickScene.records(ticks: 20)
  let driver = Driver(source)
  driver.type("sx")
  #expect(driver.step == 1 && driver.message == "No Failure had come yet.")
  driver.type(":#999\n")
  #expect(driver.message == "Nothing more had come yet.")
}

@Test func `playing a file that grows waits at the last step that came, and goes on when more has come`() {
  let source = GrowingSource()
  source.records = TickScene.records(ticks: 20)
  let driver = Driver(source)
  let known = source.records.count
  driver.type("$ ")
  driver.send(.tick)
  #expect(driver.message == "Playing waits for more: \(known) steps so far. Space pauses.")
  source.records += TickScene.records(ticks: 30).dropFirst(known)
  driver.send(.tick)
  driver.finishWork()
  #expect(driver.step == known + 1 && driver.message.isEmpty)
  driver.send(.tick)
  #expect(driver.step == known + 2)
}

/// A file that may grow, and does not.
private final class GrowingSource: RecordSource, RecordArray {
  let sites = Sites()
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
  #expect(driver.model.message == .warning("ended early: poll never stops: add `until`, or stop it"))
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
  driver.type("012s2G")
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
  driver.type("012s")
  var records = PoemScene.records()
  records[0].place = Place(file: "scene.yaml", line: 99)
  driver.send(.reloaded(ScriptedSource(records, isLazy: true)))
  driver.finishWork()
  #expect(driver.step == 12)
  #expect(driver.message == "Read again: it runs differently before this step.")
}

/// The poem's records after one more Deferred was put before all others: every number is another one.
private func withOneMoreOnTop() -> [Record] {
  var records = PoemScene.records()
  for (index, record) in records.enumerated() { records[index].event = record.event.renumbered }
  records.insert(
    Record(time: 0, event: .made(0, origin: "deferred", name: "new", hasCanceller: false)), at: 0)
  return records
}

extension Event {
  /// The same about Deferreds whose numbers are one higher.
  fileprivate var renumbered: Event {
    func up(_ kind: StageKind) -> StageKind {
      if case .resumes(let id) = kind { .resumes(id + 1) } else { kind }
    }
    return switch self {
    case .made(let id, let origin, let name, let has):
      .made(id + 1, origin: origin, name: name, hasCanceller: has)
    case .stageAdded(let id, let index, let kind, let one, let other):
      .stageAdded(id + 1, index: index, up(kind), callback: one, errback: other)
    case .fired(let id, let outcome): .fired(id + 1, outcome)
    case .entered(let id, let stage, let side, let input): .entered(id + 1, stage: stage, side, input: input)
    case .left(let id, let stage, let side, .returnedDeferred(let inner)):
      .left(id + 1, stage: stage, side, .returnedDeferred(inner + 1))
    case .left(let id, let stage, let side, let end): .left(id + 1, stage: stage, side, end)
    case .waits(let outer, let inner, let stage):
      .waits(outer: outer + 1, inner: inner + 1, innerStage: stage)
    case .resumed(let outer, let inner, let stage, let outcome):
      .resumed(outer: outer + 1, inner: inner + 1, innerStage: stage, outcome)
    case .settled(let id, let outcome): .settled(id + 1, outcome)
    default: self
    }
  }
}

@Test(arguments: 1..<PoemScene.records().count)
func `reading again finds the step where one more Deferred stands on top`(step: Int) {
  let driver = Driver()
  driver.settle()
  driver.type("\(step)")
  driver.type(":#\(step)\n")
  driver.send(.reloaded(ScriptedSource(withOneMoreOnTop(), isLazy: true)))
  driver.finishWork()
  #expect(driver.step == step + 1)
  #expect(driver.message == "Read again: it runs differently before this step.")
}

@Test(arguments: [PoemScene.records(), withOneMoreOnTop()])
func `reading again keeps what is held, visited and marked`(records: [Record]) {
  let more = records.count - PoemScene.records().count
  let driver = Driver()
  driver.type("05sma$:cache\n2G")
  let held = driver.session.world.deferreds[driver.session.shownDeferred!].name
  #expect(driver.session.isHeld)
  let visited = driver.session.visited.steps
  driver.send(.reloaded(ScriptedSource(records, isLazy: true)))
  driver.finishWork()
  #expect(driver.session.isHeld)
  #expect(driver.session.world.deferreds[driver.session.shownDeferred!].name == held)
  #expect(driver.session.visited.steps == visited.map { $0 == 0 ? 0 : $0 + more })
  #expect(driver.session.visited.canGoBack)
  #expect(driver.session.bookmarks == ["a": 5 + more])
}

@Test func `reading again goes to the last step before one that is gone`() {
  let driver = Driver()
  driver.settle()
  driver.type(":#13\n")
  var records = PoemScene.records()
  records.remove(at: 12)
  driver.send(.reloaded(ScriptedSource(records)))
  driver.finishWork()
  #expect(driver.step == 12)
  #expect(driver.message == "Read again: the step is gone, so this is the last one before it.")
}

@Test func `r asks for the same file`() {
  let driver = Driver()
  driver.type("r")
  #expect(driver.effects == [.reload("scene.yaml")])
  driver.send(.openFailed(name: "scene.yaml", reason: "it is gone"))
  #expect(driver.model.message == .error("Not read again: it is gone"))
}
