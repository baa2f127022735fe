import Screen
import Traces

/// Deferreds with state and outcome: all of them as a tree by who waits on whom, or those that one place makes, or that
/// are asked for.
struct DeferredsPanel {
  let scene: Scene
  let timeline: Timeline
  /// The Deferred whose chain is shown.
  let shown: DeferredID?
  let isFocused: Bool
  /// Some of them, in order; nil for all, as a tree.
  var ids: [Int32]?

  /// The Deferreds on the rows of a rectangle so high.
  func rows(height: Int) -> [DeferredID] {
    if let ids {
      let row = shown.map { placeAfter($0, in: ids) - 1 } ?? 0
      let first = firstVisibleRow(showing: row, of: ids.count, height: height)
      return ids.dropFirst(first).prefix(height).map(Int.init)
    }
    let tree = DeferredTree(scene.world)
    guard let anchor = shown ?? tree.first else { return [] }
    return tree.rows(around: anchor, height: height)
  }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let rows = rows(height: rect.height)
    guard !rows.isEmpty else {
      let none = "No Deferred has been made yet. Press s to step."
      return drawEmpty(
        ids == nil ? none : "No Deferred is as asked for at this step.", in: rect, into: &buffer)
    }
    let tree = DeferredTree(scene.world)
    let processes = rows.map { process(of: $0) }
    let processWidth = processes.compactMap { $0.map { width(of: $0) + 1 } }.max() ?? 0
    for (index, id) in rows.enumerated() {
      let (row, end) = rect.row(index).splitRight(processWidth)
      if let process = processes[index] {
        buffer.write(process, in: end, style: Style(.label), align: .trailing)
      }
      if let deferred = scene.deferred(id) {
        let depth = ids == nil ? min(8, tree.depth(of: id, limit: 8)) : 0
        draw(deferred, depth: depth, in: row, into: &buffer)
      } else {
        drawComing(id, in: row, into: &buffer)
      }
      RowList.mark(
        rect.row(index), isCurrent: false, isSelected: id == shown, isFocused: isFocused, into: &buffer)
    }
  }

  /// The number of the process that made it, where there are several.
  private func process(of id: DeferredID) -> String? {
    guard let madeAt = scene.known.deferreds.at(id)?.madeAt,
      let thread = timeline.record(at: madeAt)?.thread, timeline.source.recording(ofThread: thread) != nil
    else { return nil }
    return threadMark(thread, in: timeline.source, isShort: true, glyphs: scene.glyphs)
  }

  /// One that is made later.
  private func drawComing(_ id: DeferredID, in row: Rect, into buffer: inout Buffer) {
    guard let deferred = scene.known.deferreds.at(id) else { return }
    let when = deferred.madeAt == 0 ? "heard of later" : "to be made at step \(deferred.madeAt)"
    let text = "  \(deferred.name)  \(when)"
    buffer.write(text, in: row.splitLeft(2).rest, style: .dim)
  }

  /// Where a recorded program made it, where there is room for that too.
  private func drawPlace(of deferred: DeferredState, in rest: Rect, into buffer: inout Buffer) {
    guard scene.showsPlaces, let place = deferred.madePlace.map({ placeText($0, isShort: true) }),
      width(of: place) + 1 < rest.width
    else {
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
  }
}
