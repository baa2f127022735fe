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
