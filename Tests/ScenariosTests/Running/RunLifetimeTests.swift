import Deferreds
import Testing

@testable import Scenarios

@Suite struct `The end of a run` {
  /// What a run made, held weakly.
  private final class Traces {
    var objects: [(name: String, isAlive: () -> Bool)] = []

    func watch(_ object: AnyObject, as name: String) {
      objects.append((name, { [weak object] in object != nil }))
    }

    var alive: [String] { objects.filter { $0.isAlive() }.map(\.name) }
  }

  @Test(arguments: [
    "loops: {tick: {every: 3, do: {log: tick}}}\ntimeline: [{start: tick}]\nuntil: 10",
    """
    tasks: {copy: {steps: [{yield: 1}, {await: never}, {yield: 2}]}}
    deferreds: {never: {}}
    timeline: [{start: copy}, {when_done: copy}]
    until: 0
    """,
    """
    locks: [ledger]
    deferreds: {bank: {}}
    timeline:
      - {at: 0, run_locked: ledger, do: {await: bank}, as: first}
      - {at: 0, run_locked: ledger, do: {return: 1}, as: second}
      - {at: 0, acquire: ledger, as: third}
    """,
    """
    queues: {inbox: {}}
    deferreds: {reader: {script: [{get: inbox, as: letter}, {await: letter}, {sleep: 3}]}}
    until: 1
    """,
    "deferreds: {slow: {later: 5}, list: {list: [slow, {}]}, race: {race: [slow, list]}}\nuntil: 1",
  ])
  func `leaves nothing alive of what still waited`(yaml: String) throws {
    let traces = Traces()
    do {
      let run = try finished(yaml)
      traces.watch(run, as: "run")
      traces.watch(run.clock, as: "clock")
      for (name, loop) in run.loops { traces.watch(loop.loop, as: name) }
      for (name, cooperator) in run.cooperators { traces.watch(cooperator, as: name) }
      for (name, task) in run.tasks { traces.watch(task.task, as: name) }
      for case (let name, .lock(let lock, _)) in run.sharing { traces.watch(lock, as: name) }
    }
    #expect(traces.alive == [])
  }
}
