import Explorer
import Scenarios
import Screen
import Testing
import Traces

@testable import trapline

/// The ways of looking at one run tell the same, and going back is the opposite of going on.
@Suite struct AgreementTests {
  static let names = embeddedScenarios.map(\.name)

  private func source(_ name: String) throws -> ScenarioSource {
    ScenarioSource(try readScenario(name), bounds: .init())
  }

  @Test(arguments: names)
  func `a step and a step back is the identity at every step`(name: String) throws {
    let timeline = Timeline(try source(name))
    var worlds = [timeline.world]
    while timeline.forward() { worlds.append(timeline.world) }
    #expect(worlds.count == timeline.count + 1)
    for step in worlds.indices.dropFirst().reversed() {
      #expect(timeline.world == worlds[step])
      #expect(timeline.back())
      #expect(timeline.world == worlds[step - 1])
      #expect(timeline.forward())
      #expect(timeline.world == worlds[step])
      #expect(timeline.back())
    }
    #expect(timeline.world == World(reading: timeline.source))
    #expect(!timeline.back())
  }

  @Test(arguments: names)
  func `a scenario that is run twice, at once or call by call, gives the same records`(name: String) throws {
    let whole = try source(name)
    whole.runToEnd()
    let stepped = Timeline(try source(name))
    while stepped.forward() {}
    #expect(stepped.source.allRecords == whole.records)
    #expect(whole.fault == nil)
  }

  @Test(arguments: names)
  func `the explorer says at each step what run prints for it`(name: String) throws {
    var model = Model(size: Size(width: 250, height: 8))
    _ = update(&model, .opened(try source(name), name: SourceName(name)))
    let start = try #require(model.session).step
    for _ in 0..<start { _ = update(&model, .key(.character("S"))) }
    let narrator = Narrator()
    let whole = try source(name)
    whole.runToEnd()
    var world = World(reading: whole)
    for record in whole.records {
      _ = update(&model, .key(.character("s")))
      world.advance(to: world.step + 1)
      let sentence = cleaned(narrator.sentence(for: record, in: world))
      // The status line wraps at spaces.
      let start = sentence.prefix(60).split(separator: " ").joined(separator: " ")
      #expect(view(model).picture.contains(start), "step \(world.step): \(sentence)")
    }
  }
}
