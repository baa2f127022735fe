import Testing

@testable import Traces

@Test(arguments: 0..<12)
func `one step and one step back is the identity, on nonsense too`(seed: Int) {
  let timeline = Timeline(ListSource(Nonsense.records(400, seed: UInt64(seed)), slice: 7))
  repeat {
    let here = timeline.world
    guard timeline.forward() else { break }
    let next = timeline.world
    timeline.back()
    #expect(timeline.world == here)
    timeline.forward()
    #expect(timeline.world == next)
  } while true
  #expect(timeline.step == 400)
}

@Test func `every step that is sought is what folding from the start gives`() {
  let records = Nonsense.records(3000, seed: 99)
  let timeline = Timeline(ListSource(records))
  var worlds = [timeline.world]
  for step in 1...records.count {
    worlds.append(worlds[step - 1])
    worlds[step].advance(to: step)
  }
  var dice = Dice(1)
  for _ in 0..<300 {
    let step = Int.random(in: 0...3000, using: &dice)
    timeline.seek(to: step)
    #expect(timeline.step == step && timeline.world == worlds[step])
  }
}

@Test func `both ends of a trace stop`() {
  let timeline = Timeline(ListSource(Tale.failing().records, slice: 1))
  #expect(!timeline.back())
  timeline.seek(to: 1_000_000)
  #expect(timeline.step == 4)
  #expect(!timeline.forward())
  timeline.seek(to: -5)
  #expect(timeline.step == 0 && timeline.current == nil)
}

@Test func `a source is asked for more only when the cursor passes what is known`() {
  let source = ListSource(Nonsense.records(100, seed: 1), slice: 10)
  let timeline = Timeline(source)
  #expect(source.extensions == 0)
  timeline.seek(to: 15)
  #expect(source.extensions == 2)
  timeline.seek(to: 3)
  timeline.seek(to: 20)
  #expect(source.extensions == 2)
}

@Test func `a trace is taken in a slice at a time`() {
  let timeline = Timeline(ListSource(Nonsense.records(100, seed: 1), slice: 10))
  #expect(timeline.extend(budget: 30))
  #expect(timeline.frontier.step >= 20 && timeline.frontier.step <= 30)
  #expect(timeline.step == 0)
  while timeline.extend(budget: 30) {}
  #expect(timeline.frontier.step == 100 && timeline.isComplete)
}

@Test func `snapshots are bounded however long the trace`() {
  let record = Record(time: 0, event: .clockAdvanced)
  var world = World(reading: RecordList(Array(repeating: record, count: 3000)))
  var snapshots = Snapshots(from: world, markLimit: 20, firstInterval: 8)
  for step in 1...3000 {
    world.advance(to: step)
    snapshots.mark(world)
  }
  #expect(snapshots.marks.count <= 20)
  #expect(snapshots.nearest(to: 2999).step > 2999 - snapshots.interval)
  #expect(snapshots.marks.indices.allSatisfy { snapshots.marks[$0].step == $0 * snapshots.interval })
}

@Test func `a source that never brings anything does not hang its reader`() {
  final class Dry: RecordSource, RecordArray {
    let sites = Sites()
    var records: [Record] { [] }
    var isAtEnd: Bool { false }
    func extend() {}
    var fault: String? { nil }
    var sourceText: (file: String, lines: [String])? { nil }
    var title: String { "" }
    var summary: String { "" }
  }
  let timeline = Timeline(Dry())
  #expect(!timeline.forward())
  #expect(timeline.extend(budget: .max))
}
