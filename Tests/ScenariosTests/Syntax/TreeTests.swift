import Scenarios
import Testing

@Suite struct `The tree of a scenario` {
  @Test func `keeps sections in file order, each thing with its place`() throws {
    let scenario = try scenario(largeExample)
    #expect(scenario.title == "Where did my exception go?")
    #expect(scenario.deferreds.map(\.name) == ["cache", "poem", "slow", "job", "all"])
    #expect(scenario.deferreds[1].mark == Mark(line: 12, column: 3))
    #expect(scenario.deferreds[1].chain.map(\.mark.line) == [14, 15, 16, 17, 19])
    #expect(scenario.timeline.map(\.index) == [0, 1, 2, 3])
    #expect(scenario.timeline.map(\.at) == [0, 1_000_000, 2_000_000, 2_500_000])
    #expect(scenario.timeline[3].actions[0].mark == Mark(line: 38, column: 15))
    #expect(
      scenario.errorTypes.lineage(of: "GibberishError") == ["GibberishError", "ValueError", "Exception"])
    #expect(scenario.cooperators.map(\.name) == ["cooperator"])
    #expect(scenario.lines[0].hasPrefix("trapline: 1"))
  }

  @Test func `has handlers with the names that they get`() throws {
    let chain = try scenario(
      file("deferreds: {d: {chain: [{callback: {}}, {both: {name: mine}}, {timeout: 1, on_timeout: {}}]}}")
    ).deferreds[0].chain
    guard case .callback(let first) = chain[0].kind, case .both(let second) = chain[1].kind,
      case .timeout(1_000_000, let third?) = chain[2].kind
    else { return #expect(Bool(false)) }
    #expect(first.name(at: 0) == "callback 0")
    #expect(second.name(at: 1) == "mine")
    #expect(third.name(at: 2) == "on_timeout 2")
  }

  @Test func `takes an action alone for a handler that does it`() throws {
    let text = "deferreds: {d: {chain: [{callback: {cancel: d}}, {callback: {log: hello}}]}}"
    let chain = try scenario(file(text)).deferreds[0].chain
    guard case .callback(let first) = chain[0].kind, case .steps(let steps) = first.body,
      case .cancel(let name) = steps.actions[0].kind, case .callback(let second) = chain[1].kind,
      case .steps(let logging) = second.body
    else { return #expect(Bool(false)) }
    #expect(name.text == "d" && steps.log == nil)
    #expect(logging.log == Template(text: "hello") && logging.actions.isEmpty)
  }

  @Test func `numbers each place that counts its calls once, aliases included`() throws {
    let text = """
      deferreds:
        a: {chain: [{callback: &turns {each: [{return: 1}, {return: 2}]}}, {callback: *turns}]}
        b: {later: 1, name: again, each: [{return: 1}, {each: [{return: 2}]}]}
      loops: {l: {every: 1, do: [{return: 1}, {log: x}]}}
      """
    let scenario = try scenario(file(text))
    var counters: [Int] = []
    for stage in scenario.deferreds[0].chain {
      if case .callback(let handler) = stage.kind, case .each(_, let counter) = handler.body {
        counters.append(counter)
      }
    }
    #expect(counters == [0, 0])
    #expect(scenario.counters == 4)
    guard case .each(let ticks, _) = scenario.loops[0].body.body else { return #expect(Bool(false)) }
    #expect(ticks.map(\.kind) == [.tick, .tick])
  }

  @Test func `splits a template at its placeholders`() throws {
    let text =
      ##"deferreds: {a: {chain: [{both: {log: "{{x}} {value} } {failure.sub.type}{failure.index}"}}]}}"##
    guard case .both(let handler) = try scenario(file(text)).deferreds[0].chain[0].kind,
      case .steps(let steps) = handler.body
    else { return #expect(Bool(false)) }
    #expect(
      steps.log?.segments == [
        .text("{x} "), .placeholder(.value), .text(" } "), .placeholder(.subFailureType),
        .placeholder(.failureIndex),
      ])
  }

  @Test func `knows a template that is one value, and the variables of a script`() throws {
    let text =
      #"deferreds: {s: {script: [{return: "{x}"}, {set: x, to: 1}, {set: value, to: 2}, {log: "{value}"}]}}"#
    guard case .script(let lines) = try scenario(file(text)).deferreds[0].origin,
      case .returnValue(.text(let whole)) = lines[0].kind, case .action(let action) = lines[3].kind,
      case .log(let own) = action.kind
    else { return #expect(Bool(false)) }
    #expect(whole.wholePlaceholder == .variable("x"))
    #expect(own.wholePlaceholder == .variable("value"))
  }

  @Test(arguments: [
    ("ValueError bad line 3", "ValueError", "bad line 3"),
    ("'ValueError: bad: worse'", "ValueError", "bad: worse"),
    ("ValueError", "ValueError", ""),
    ("{type: ValueError, message: 2.50}", "ValueError", "2.5"),
    ("{type: My-Error}", "My-Error", ""),
  ])
  func `splits an error into type and message`(written: String, type: String, message: String) throws {
    guard case .fail(let error) = try scenario(file("deferreds: {d: {fail: \(written)}}")).deferreds[0].origin
    else { return #expect(Bool(false)) }
    #expect(error.type == type)
    #expect(error.message.plainText == message)
  }

  @Test func `tells objects handed over from plain values`() throws {
    let text = """
      deferreds: {d: {}}
      timeline:
        - {fire: d}
        - {fire: d, with: {failure: E x}}
        - {fire: d, with: {deferred: d}}
        - {fire: d, with: {deferred: d, more: 1}}
      """
    let kinds = try scenario(file(text)).timeline.map(\.actions[0].kind)
    guard case .fire(_, .value(.none)) = kinds[0], case .fire(_, .failure(let error)) = kinds[1],
      case .fire(_, .deferred(let name)) = kinds[2], case .fire(_, .value(.map(let entries))) = kinds[3]
    else { return #expect(Bool(false)) }
    #expect(error.type == "E" && name.text == "d" && entries.map(\.key) == ["deferred", "more"])
  }
}
