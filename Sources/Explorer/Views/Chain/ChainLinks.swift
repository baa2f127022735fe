import Screen
import Traces

// What leads from a stage into the next one: the travelled path, or the ways that are open.
extension ChainDrawing {
  /// Draws the row between the stage before `stage` and `stage` itself, with the ends of both boxes.
  ///
  /// - Parameter reach: the lines that may lead into `stage`.
  mutating func drawLink(into stage: Int, y: Int, reach: ChainSight.Reach) {
    if let outcome = sight.output(of: stage - 1) {
      let to = stage < sight.stageCount ? sight.travelledSide(into: stage) ?? outcome.side : outcome.side
      let from = stage == 0 ? to : sight.deferred.stages[stage - 1].passage?.side ?? to
      drawTravelled(outcome, from: from, to: to, into: stage, y: y)
      if stage < sight.stageCount { drawStub(to.other, y: y) }
    } else if stage < sight.stageCount {
      drawOpen(into: stage, y: y, reach: reach)
    }
  }

  // MARK: The travelled path

  private mutating func drawTravelled(_ outcome: Outcome, from: Side, to: Side, into stage: Int, y: Int) {
    let style = sight.scene.style(of: outcome)
    let centre = geometry.centre(to)
    if from == to {
      buffer.verticalLine(x: x(centre), y: y - 1, length: 3, weight: .heavy, style: style, in: path(y, stage))
    } else {
      drawCrossing(from: from, to: to, into: stage, y: y, style: style)
    }
    drawAnnotation(outcome, on: to, y: y, style: style)
  }

  /// The rows of a path around the link row `y` that belong to boxes on the screen.
  private func path(_ y: Int, _ stage: Int) -> Rect {
    let top = stage == firstStage ? y : y - 2
    let bottom = stage < sight.stageCount ? y + 2 : y + 1
    return rect.intersection(Rect(x: rect.x, y: top, width: rect.width, height: bottom - top))
  }

  /// From the side of one box, down the gap, and over to the top of the box on the other line.
  private mutating func drawCrossing(from: Side, to: Side, into stage: Int, y: Int, style: Style) {
    let clip = path(y, stage)
    let gap = geometry.crossing(from: from)
    let edge = from == .callback ? geometry.rightEdge(.callback) : geometry.errbackX
    let start = from == .callback ? max(edge, asideEnd(stage - 1, y: y - 2, edge: edge)) : edge
    horizontal(start, gap, y - 2, style, clip)
    buffer.verticalLine(x: x(gap), y: y - 2, length: 3, weight: .heavy, style: style, in: clip)
    horizontal(gap, geometry.centre(to), y, style, clip)
    buffer.verticalLine(x: x(geometry.centre(to)), y: y, length: 2, weight: .heavy, style: style, in: clip)
  }

  /// Where the name of what was waited for ends, for the path goes on behind it.
  private func asideEnd(_ stage: Int, y: Int, edge: Int) -> Int {
    guard stage >= firstStage, let passage = sight.deferred.stages[stage].passage,
      case .gotFrom(let inner) = passage.state
    else { return edge }
    return min(geometry.crossing(from: .callback) - 1, edge + 5 + width(of: sight.scene.name(of: inner)))
  }

  private mutating func horizontal(_ one: Int, _ other: Int, _ y: Int, _ style: Style, _ clip: Rect) {
    buffer.horizontalLine(
      x: x(min(one, other)), y: y, length: abs(one - other) + 1, weight: .heavy, style: style, in: clip)
  }

  /// What went along: beside the line it went on.
  private mutating func drawAnnotation(_ outcome: Outcome, on side: Side, y: Int, style: Style) {
    let start = geometry.centre(side) + 2
    let end = side == .callback ? geometry.centre(.errback) - 1 : rect.width
    let area = Rect(x: x(start), y: y, width: end - start, height: 1).intersection(rect)
    var text = sight.scene.text(of: outcome)
    if case .failure(let id) = outcome, sight.scene.isNeverHandled(id) {
      text = "\(glyphs[.unhandled]) \(text)"
    }
    buffer.write(text, in: area, style: style)
  }

  /// The line that was not taken.
  private mutating func drawStub(_ side: Side, y: Int) {
    buffer.put(.dashedVertical, at: position(geometry.centre(side), y), style: Style(.unreached), in: rect)
  }

  // MARK: The ways that are open

  private mutating func drawOpen(into stage: Int, y: Int, reach: ChainSight.Reach) {
    for side in [Side.callback, .errback] where reach[side] {
      buffer.put(.dashedVertical, at: position(geometry.centre(side), y), style: Style(.unreached), in: rect)
    }
    if stage == 0, sight.deferred.firedAt == nil {
      buffer.write(
        "not fired yet", at: position(geometry.centre(.callback) + 2, y), style: .dim, in: rect)
    }
  }
}
