import Screen
import Traces

/// All Deferreds as a tree by who waits on whom, with state and outcome.
struct DeferredsPanel {
  let scene: Scene
  /// The Deferred whose chain is shown.
  let shown: DeferredID?
  let isFocused: Bool

  /// The Deferreds on the rows of a rectangle so high.
  func rows(height: Int) -> [DeferredID] {
    let tree = DeferredTree(scene.world)
    guard let anchor = shown ?? tree.first else { return [] }
    return tree.rows(around: anchor, height: height)
  }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let rows = rows(height: rect.height)
    guard !rows.isEmpty else {
      return drawEmpty("No Deferred has been made yet. Press s to step.", in: rect, into: &buffer)
    }
    let tree = DeferredTree(scene.world)
    for (index, id) in rows.enumerated() {
      guard let deferred = scene.deferred(id) else { continue }
      draw(deferred, depth: min(8, tree.depth(of: id, limit: 8)), in: rect.row(index), into: &buffer)
    }
  }

  /// Where a recorded program made it, where there is room for that too.
  private func drawPlace(of deferred: DeferredState, in rest: Rect, into buffer: inout Buffer) {
    guard scene.showsPlaces, let place = deferred.madePlace?.short, width(of: place) + 1 < rest.width else {
      return
    }
    buffer.write(place, in: rest, style: .dim, align: .trailing)
  }

  private func draw(_ deferred: DeferredState, depth: Int, in row: Rect, into buffer: inout Buffer) {
    let words = DeferredWords(deferred, in: scene)
    let nameWidth = min(26, max(8, row.width * 2 / 5))
    var writer = RowWriter(row.splitLeft(2).rest)
    let (left, _) = writer.rest.splitLeft(nameWidth)
    var name = RowWriter(left)
    if depth > 0 {
      let branch = String(repeating: "  ", count: depth - 1) + (scene.glyphs == .unicode ? "└ " : "` ")
      name.write(branch, Style(.border), into: &buffer)
    }
    name.write("\(scene.glyphs[words.glyph]) ", Style(words.role), into: &buffer)
    let nameStyle: Style = deferred.isCollected ? .dim : Style(.plain, .bold)
    name.write(fittedName(deferred.name, to: name.rest.width, glyphs: scene.glyphs), nameStyle, into: &buffer)
    writer = RowWriter(writer.rest.splitLeft(nameWidth + 1).rest)
    writer.write(
      words.text, deferred.isCollected && words.role == .plain ? .dim : Style(words.role), into: &buffer)
    drawPlace(of: deferred, in: writer.rest, into: &buffer)
    let isShown = deferred.id == shown
    RowList.mark(row, isCurrent: false, isSelected: isShown, isFocused: isFocused, into: &buffer)
  }
}
