import Screen
import Traces

/// The chain of one Deferred as two lines with a box on each for every stage: where it went, and where it may go.
struct ChainPanel {
  let sight: ChainSight
  /// The stage a person has selected, which is then kept in view instead of the current one.
  var selectedStage: Int?

  init(_ sight: ChainSight, selectedStage: Int? = nil) {
    self.sight = sight
    self.selectedStage = selectedStage
  }

  /// Draws the visible part of the chain.
  ///
  /// - Parameter slotWidth: the width after which the boxes are sized, where that is less than the
  ///   rectangle's: so the drawing stays the same when a linked chain appears beside it, but for boxes whose words
  ///   need more room while there is more.
  /// - Complexity: O(visible rows).
  func draw(in rect: Rect, slotWidth: Int? = nil, into buffer: inout Buffer) {
    guard rect.height > 0 else { return }
    let width = min(rect.width, slotWidth ?? rect.width)
    guard width >= ChainGeometry.leastWidth else {
      let first = firstStage(rows: rect.height, rowsPerStage: ChainColumn.rowsPerStage)
      ChainColumn(sight, selectedStage: selectedStage).draw(from: first, in: rect, into: &buffer)
      return
    }
    let first = firstStage(rows: rect.height, rowsPerStage: ChainGeometry.rowsPerStage)
    let geometry = ChainGeometry(
      width: width, stageCount: sight.stageCount, room: rect.width,
      words: sight.boxWords(around: first, count: rect.height / ChainGeometry.rowsPerStage + 1))
    var drawing = ChainDrawing(
      sight: sight, geometry: geometry, rect: rect, firstStage: first, selectedStage: selectedStage,
      buffer: Buffer(.zero, glyphs: buffer.glyphs))
    // Swapped, not copied: a second reference would copy every cell at the first change.
    swap(&drawing.buffer, &buffer)
    drawing.draw()
    swap(&drawing.buffer, &buffer)
  }
}

extension ChainPanel {
  /// The stage at the top, so that the selected one, else the current one, is in view.
  private func firstStage(rows: Int, rowsPerStage: Int) -> Int {
    ChainGeometry.firstStage(
      showing: selectedStage ?? sight.currentStage ?? 0, of: sight.stageCount, rows: rows,
      rowsPerStage: rowsPerStage, hasEnding: sight.ending != nil)
  }

  /// The stage in a row of the drawing, from 0.
  func stage(atRow row: Int, height: Int, width: Int) -> Int? {
    let isNarrow = width < ChainGeometry.leastWidth
    let rowsPerStage = isNarrow ? ChainColumn.rowsPerStage : ChainGeometry.rowsPerStage
    guard row >= 1 else { return nil }
    let stage = firstStage(rows: height, rowsPerStage: rowsPerStage) + (row - 1) / rowsPerStage
    return stage < sight.stageCount ? stage : nil
  }
}

/// One drawing of the visible part of a chain with both lines side by side.
struct ChainDrawing {
  let sight: ChainSight
  let geometry: ChainGeometry
  let rect: Rect
  let firstStage: Int
  let selectedStage: Int?
  var buffer: Buffer

  var glyphs: Glyphs { buffer.glyphs }

  mutating func draw() {
    drawHeads(rect.y)
    guard sight.stageCount > 0 || sight.deferred.firedAt != nil else {
      let text = "No stage has been added to \(sight.deferred.name) yet."
      buffer.write(text, in: rect.splitTop(2).rest.inset(geometry.callbackX, 0), style: .dim)
      return
    }
    var y = rect.y
    var reach = sight.reach(into: max(0, firstStage - 1))
    var above = firstStage > 0 ? sight.look(at: firstStage - 1, reach: reach) : nil
    var stage = firstStage
    while true {
      reach =
        stage > sight.deferred.nextStage ? sight.reach(after: stage - 1, reach) : sight.reach(into: stage)
      let look = sight.isStage(stage) ? sight.look(at: stage, reach: reach) : nil
      drawLink(into: stage, y: y, from: above, to: look)
      guard let look, y + 1 < rect.maxY else { break }
      drawStage(stage, y: y + 1, look)
      above = look
      stage += 1
      y += ChainGeometry.rowsPerStage
      guard y < rect.maxY else { break }
    }
    if stage == sight.stageCount, y + 1 < rect.maxY { drawEnd(y: y + 1) }
  }

  func x(_ column: Int) -> Int { rect.x + column }
  func position(_ column: Int, _ y: Int) -> Position { Position(x: x(column), y: y) }

  /// What each line is, and how much lies above.
  private mutating func drawHeads(_ y: Int) {
    let above = firstStage > 0 ? "\(glyphs[.arrowUp])\(firstStage) " : ""
    let used = buffer.write(above, at: position(0, y), style: .dim, in: rect)
    for side in [Side.callback, .errback] {
      let column = geometry.headX(side)
      guard column >= used else { continue }
      buffer.write(ChainGeometry.head(side), at: position(column, y), style: .dim, in: rect)
    }
  }

  /// How the chain ends: the result, or a Failure that nobody is left to handle.
  private mutating func drawEnd(y: Int) {
    guard let (side, text, style) = sight.ending else { return }
    let column = geometry.centre(side)
    buffer.write(text, at: position(column, y), style: style, in: rect)
  }
}
