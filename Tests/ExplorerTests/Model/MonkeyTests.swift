import Screen
import Testing
import Traces

@testable import Explorer

/// Numbers that look random and are the same in every run.
private struct Dice {
  var state: UInt64
  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(sides))
  }
}

private let keys: [Key] =
  Bindings.table.flatMap(\.keys)
  + "0123456789poem.fall_back#%xyz ".map { Key.character($0) }
  + [.unknown, .insert, .alt("x"), .paste("poem"), .function(8), .character("界")]

@Test(arguments: [1, 2, 3, 4])
func `whatever is typed, the model stays sound and can be drawn`(seed: Int) {
  var dice = Dice(state: UInt64(seed))
  let source =
    seed % 2 == 0 ? PoemScene.open(isLazy: true) : ScriptedSource(TickScene.records(ticks: 60), isLazy: true)
  let driver = Driver(source)
  for _ in 0..<1500 {
    switch dice.roll(20) {
    case 0: driver.send(.tick)
    case 1: driver.send(.idle)
    case 2: driver.press(.resize(Size(width: dice.roll(130), height: dice.roll(50))))
    case 3:
      let kinds: [Mouse.Kind] = [.press, .doubleClick, .scrollUp, .scrollDown, .drag]
      let position = Position(x: dice.roll(130), y: dice.roll(50))
      driver.press(.mouse(Mouse(kinds[dice.roll(kinds.count)], at: position)))
    default: driver.press(keys[dice.roll(keys.count)])
    }
    if driver.model.session == nil {
      driver.send(.opened(PoemScene.open(isLazy: true), name: "scene.yaml"))
    }
    let session = driver.session
    #expect(session.step >= 0 && session.step <= session.knownSteps)
    #expect(session.shownEvent <= session.knownSteps)
    if dice.roll(10) == 0 { _ = view(driver.model) }
  }
}

@Test func `a trace that begins in mid-life can be walked through`() {
  let events: [Event] = [
    .fired(7, .failure(3)), .left(2, stage: 9, .errback, .raised(5)), .timerBegan(4),
    .resumed(outer: 1, inner: 99, innerStage: 3, .deferred(12)),
    .settled(-1, .text("x")), .unhandled(0, -5),
    .stageAdded(3, index: -2, .handlers, callback: nil, errback: nil),
  ]
  let driver = Driver(ScriptedSource(events.map { Record(time: -3, depth: -1, event: $0) }))
  for panel in Panel.allCases { driver.type("^\(panel.digit)sssssssGgwWyoOuUtTeE") }
  #expect(driver.session.isEndKnown)
}
