import Deferreds
import Scenarios
import Testing

/// Keeps what is told, in a few words each.
private final class Listener: ChainObserver {
  var heard: [String] = []
  weak var observation: Observation?
  var lines: [String: Int] = [:]

  func observe(_ event: ChainEvent) {
    switch event {
    case .note(let kind, let who, let text, _): heard.append("\(kind.rawValue) \(who): \(text)")
    case .entered(_, let stage, let side, _): hear("entered \(stage) \(side)")
    case .callEntered(let kind, let name, _): hear("call \(kind) \(name)")
    case .timerMade(let id, _, _, _): lines["timer \(id)"] = observation?.place.line
    case .timerBegan(let id): heard.append("timer \(id)")
    case .clockAdvanced(let time): heard.append("clock \(time)")
    case .unhandled: heard.append("unhandled")
    default: break
    }
  }

  private func hear(_ words: String) {
    heard.append(words)
    lines[words] = observation?.place.line
  }
}

private func listen(_ yaml: String) throws -> (heard: [String], lines: [String: Int]) {
  let listener = Listener()
  let run = ScenarioRun(try scenario(file(yaml)), observer: listener)
  listener.observation = run.observation
  run.setUp()
  while run.advance() {}
  run.finish()
  return (listener.heard, listener.lines)
}

/// What a run tells its observer beside what the library tells.
struct NarrationTests {
  @Test func `a lesson speaks when all that is due then is done`() throws {
    let heard = try listen(
      """
      timeline: [{at: 2, log: now}]
      lesson:
        - {at: 0, say: hello}
        - {at: 1, say: between}
        - {at: 2, say: look}
        - {at: 2, ask: Why?, choices: [a, b], answer: 1}
      """
    ).heard
    #expect(
      heard == [
        "say lesson: hello", "clock 1000000", "say lesson: between", "clock 2000000", "timer 0",
        "log timeline 0: now", "say lesson: look", "say lesson: Why?\n(1) a\n(2) b",
      ])
  }

  @Test func `what is said at 0 introduces, what is asked at 0 comes when all that is due then is done`()
    throws
  {
    let heard = try listen(
      """
      timeline: [{at: 0, log: now}, {at: 1, log: later}]
      lesson:
        - {at: 0, ask: Why?, choices: [a, b], answer: 1}
        - {at: 0, say: hello}
      """
    ).heard
    #expect(
      heard.filter { !$0.hasPrefix("clock") } == [
        "say lesson: hello", "timer 0", "log timeline 0: now", "say lesson: Why?\n(1) a\n(2) b", "timer 1",
        "log timeline 1: later",
      ])
  }

  @Test(arguments: [
    "until: 2\ntimeline: [{at: 3, log: now}]", "timeline: [{at: 1, log: now}]", "drive: [1, 1]",
  ])
  func `what a lesson says later than the run ends is never said`(run: String) throws {
    let heard = try listen("\(run)\nlesson: [{at: 1, say: soon}, {at: 5, say: too late}]").heard
    #expect(heard.contains("say lesson: soon"))
    #expect(!heard.contains("say lesson: too late"))
  }

  @Test func `a lesson speaks right before a handler, and on occasions, once`() throws {
    let heard = try listen(
      """
      deferreds:
        x: {chain: [{callback: {name: h, raise: ValueError v}}, {errback: {trap: KeyError}}]}
      timeline: [{fire: x}]
      lesson:
        - {before: x.h, say: watch}
        - {when: failure, say: it is born}
        - {when: trap, say: never}
        - {when: unhandled, say: nobody}
      """
    ).heard
    #expect(
      heard == [
        "call timeline timeline 0 (fire x)", "say lesson: watch",
        "entered 0 callback", "say lesson: it is born",
        "entered 1 errback", "unhandled", "say lesson: nobody",
      ])
  }

  @Test func `what a lesson says is no part of the log`() throws {
    let seen = try observe("timeline: [{say: mine}]\nlesson: [{at: 0, say: hello}]", .log)
    #expect(seen == "0 say timeline 0: mine")
  }

  @Test func `the place is the line whose code runs`() throws {
    let lines = try listen(
      """
      deferreds:
        x:
          later: 1
          return: 2
          chain:
            - timeout: 5
            - callback: {name: h}
      timeline:
        - {log: a}
        - at: 1
          fire: x
      """
    ).lines
    #expect(lines.first { $0.key.hasPrefix("call timeline timeline 0") }?.value == 10)
    #expect(lines["timer 2"] == 11)
    #expect(lines["entered 2 callback"] == 8)
  }

  @Test func `one advance runs one call`() throws {
    let run = ScenarioRun(try scenario(file("timeline: [{at: 1, log: a}, {at: 1, log: b}]")), records: true)
    run.setUp()
    #expect(!run.observed.contains("\"text\": \"a\""))
    #expect(run.advance())
    #expect(run.observed.contains("\"text\": \"a\""))
    #expect(!run.observed.contains("\"text\": \"b\""))
    #expect(run.advance())
    #expect(run.observed.contains("\"text\": \"b\""))
    #expect(!run.advance())
  }

  @Test func `the same scenario gives the same every time`() throws {
    let yaml = """
      locks: [a, b, c]
      deferreds: {x: {fail: ValueError v}, y: {race: [x, {later: 1}]}}
      timeline: [{acquire: a}, {acquire: b}, {acquire: c}, {at: 1, drop: x}]
      """
    let first = try finished(yaml, records: true).observed
    for _ in 0..<10 { #expect(try finished(yaml, records: true).observed == first) }
  }
}
