import Screen
import Testing
import Traces

@testable import Explorer

/// The tree of who waits on whom, found row by row.
@Suite struct DeferredTreeTests {
  private func world(_ source: ScriptedSource) -> World { World(after: source.records) }

  private func names(_ ids: [DeferredID], _ world: World) -> [String] { ids.map { world.deferreds[$0].name } }

  @Test func `those that wait stand below what they wait for`() {
    let world = world(ViewScenes.waiters(3))
    let rows = DeferredTree(world).rows(around: 0, height: 10)
    #expect(names(rows, world) == ["hub", "w0", "deep", "w1", "w2"])
    #expect(rows.map { DeferredTree(world).depth(of: $0) } == [0, 1, 2, 1, 1])
  }

  @Test(arguments: 0..<5)
  func `a window shows the anchor, and is full where there are rows enough`(anchor: DeferredID) {
    let world = world(ViewScenes.waiters(3))
    for height in 1...5 {
      let rows = DeferredTree(world).rows(around: anchor, height: height)
      #expect(rows.count == height)
      #expect(rows.contains(anchor))
    }
  }

  /// A page that waits for a request, as a coroutine and by a chain behind it.
  private func coroutines() -> World {
    var script = RecordScript()
    let page = script.make("page", origin: "generator")
    script.say(.generatorBegan(page, name: "page"))
    let request = script.make("request", origin: "generator")
    script.say(.generatorBegan(request, name: "request"))
    let reply = script.make("reply")
    script.say(.generatorYielded(request, on: reply))
    script.say(.generatorYielded(page, on: request))
    return World(after: script.records)
  }

  @Test func `coroutines stand below what they wait for, like chains, and say so`() {
    let world = coroutines()
    let rows = DeferredTree(world).rows(around: 2, height: 10)
    #expect(names(rows, world) == ["reply", "request", "page"])
    #expect(rows.map { DeferredTree(world).depth(of: $0) } == [0, 1, 2])
    let words = rows.map { DeferredWords(world.deferreds[$0], in: Scene(world: world)).text }
    #expect(words == ["not fired", "waits on reply", "waits on request"])
  }

  @Test func `beside a coroutine's chain stand what it waits for and who waits for it`() {
    let scene = Scene(world: coroutines())
    let area = ChainArea(scene: scene, shown: 1, selectedStage: nil, isFocused: false)
    let wide = Rect(x: 0, y: 0, width: 120, height: 40)
    #expect(area.slots(in: wide).map(\.deferred) == [1, 2, 0])
  }

  @Test func `a Deferred whose Failure went on to who waited says so`() {
    var script = RecordScript()
    let page = script.make("page", origin: "generator")
    let reply = script.make("reply")
    script.say(.generatorYielded(page, on: reply))
    let failure = script.failure("OSError", "no route")
    script.say(.fired(reply, .failure(failure)))
    script.say(.generatorResumed(page, .failure(failure)))
    script.say(.settled(reply, .value(.none)))
    let world = World(after: script.records)
    let words = DeferredWords(world.deferreds[reply], in: Scene(world: world))
    #expect(words.text == "OSError, passed on to page" && words.glyph == .raise)
  }

  @Test func `back is the reverse of on`() {
    let tree = DeferredTree(world(ViewScenes.waiters(40)))
    var here = tree.first
    while let id = here, let next = tree.next(after: id) {
      #expect(tree.previous(before: next) == id)
      here = next
    }
    #expect(here == tree.last)
  }
}
