import Screen
import Testing
import Traces

@testable import Explorer

/// Each state of a box can be told from every other one by its signs alone.
@Suite struct ChainStateTests {
  static let states: [BoxState] = [
    .open, .closed, .never, .skipped, .passed, .running, .returned, .trapped, .swallowed, .consumed, .raised,
    .letThrough,
    .waiting(on: 1), .got(from: 1), .handedOn,
  ]

  /// One stage with `state` on one side, and a box that says nothing on the other.
  private func picture(_ state: BoxState, on side: Side, width: Int, hasHandler: Bool, _ glyphs: Glyphs)
    -> String
  {
    var script = RecordScript()
    let poem = script.make("poem")
    script.make("cache")
    script.stage(poem, callback: hasHandler ? "parse" : nil, errback: hasHandler ? "parse" : nil)
    let world = World(after: script.records)
    let sight = ChainSight(world.deferreds[poem], in: Scene(world: world, glyphs: glyphs))
    let size = Size(width: width, height: 5)
    var drawing = ChainDrawing(
      sight: sight, geometry: ChainGeometry(width: width, stageCount: 1), rect: Rect(.zero, size),
      firstStage: 0,
      selectedStage: nil, buffer: Buffer(size, glyphs: glyphs))
    let look = ChainSight.Look(
      callback: side == .callback ? state : .skipped, errback: side == .errback ? state : .skipped)
    drawing.drawStage(0, y: 1, look)
    return drawing.buffer.picture
  }

  @Test(arguments: [Glyphs.unicode, .ascii], [ChainGeometry.leastWidth, 80, 140])
  func `no two states look the same without colour`(glyphs: Glyphs, width: Int) {
    for side in [Side.callback, .errback] {
      for hasHandler in [true, false] {
        let pictures = Self.states.map {
          picture($0, on: side, width: width, hasHandler: hasHandler, glyphs)
        }
        #expect(Set(pictures).count == Self.states.count)
      }
    }
  }

  @Test func `every state has a word of its own, in capitals where something happened`() {
    let marks = Self.states.map { $0.mark(hasHandler: true, glyphs: .unicode) }
    #expect(Set(marks).count == marks.count)
    for (state, mark) in zip(Self.states, marks) where state.isReached && state != .passed {
      #expect(mark.contains { $0.isUppercase })
    }
  }
}
