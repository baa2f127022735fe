import Screen
import Traces

// What leads from a stage into the next one: the travelled path, or the ways that are open.
extension ChainDrawing {
  /// Draws the row between the stage before `stage` and `stage` itself, with the ends of both boxes.
  ///
  /// - Parameters:
  ///   - above: the boxes that the row leads from; nil above the first stage.
  ///   - below: the boxes that it leads to; nil below the last one.
  mutating func drawLink(into stage: Int, y: Int, from above: ChainSight.Look?, to below: ChainSight.Look?) {
    if let outcome = sight.output(of: stage - 1) {
      let to = below == nil ? outcome.side : sight.travelledSide(into: stage) ?? outcome.side
      let from = stage == 0 ? to : sight.deferred.stages[stage - 1].passage?.side ?? to
      drawTravelled(outcome, from: from, to: to, into: stage, y: y)
      if below != nil { drawDashes(to.other, y: y) }
    } else if let below {
      drawOpen(into: stage, y: y, from: above, to: below)
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
    drawAnnotation(outcome, from: from, on: to, y: y, style: style)
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
  private mutating func drawAnnotation(_ outcome: Outcome, from: Side, on side: Side, y: Int, style: Style) {
    let isFromRight = side == .callback && from == .errback
    let start = (isFromRight ? geometry.crossing(from: .errback) : geometry.centre(side)) + 2
    // In the top row the other line's name stands before that line.
    let other = y == rect.y ? geometry.headX(.errback) : geometry.centre(.errback)
    let end = side == .callback ? other - 1 : rect.width
    let area = Rect(x: x(start), y: y, width: end - start, height: 1).intersection(rect)
    var text = sight.scene.text(of: outcome)
    if case .failure(let id) = outcome, sight.scene.isNeverHandled(id) {
      text = "\(glyphs[.unhandled]) \(text)"
    }
    buffer.write(fittedOutcome(text, to: area.width, glyphs: glyphs), in: area, style: style)
  }

  /// A line that was not taken, or not yet.
  private mutating func drawDashes(_ side: Side, y: Int) {
    buffer.put(.dashedVertical, at: position(geometry.centre(side), y), style: Style(.unreached), in: rect)
  }

  // MARK: The ways that are open

  private mutating func drawOpen(
    into stage: Int, y: Int, from above: ChainSight.Look?, to below: ChainSight.Look
  ) {
    let clip = path(y, stage)
    for side in [Side.callback, .errback] {
      let isStraight = below[side] == .open && above.map { $0[side].isUndecided } ?? true
      let isCrossed = above.map { mayCross(to: side, from: stage - 1, $0, below) } ?? false
      if isStraight {
        drawDashes(side, y: y)
        if above != nil { join(side, y - 1, down: .light, in: clip) }
      }
      if isCrossed { drawOpenCrossing(to: side, y: y, in: clip, isStraight: isStraight) }
      if isStraight || isCrossed { join(side, y + 1, up: .light, in: clip) }
    }
    if stage == 0, sight.deferred.firedAt == nil {
      let text = sight.neverFires ? "never fires" : "not fired yet"
      buffer.write(text, at: position(geometry.centre(.callback) + 2, y), style: .dim, in: rect)
    }
  }

  /// Joins a stub to the border of a box, which keeps its style.
  private mutating func join(
    _ side: Side, _ y: Int, up: LineWeight? = nil, down: LineWeight? = nil, in clip: Rect
  ) {
    let place = position(geometry.centre(side), y)
    guard clip.contains(place) else { return }
    buffer.joinLine(at: place, up: up, down: down, style: buffer[place].style, in: clip)
  }

  /// Whether a handler that has not ended yet may send the run over to `side`.
  private func mayCross(
    to side: Side, from stage: Int, _ above: ChainSight.Look, _ below: ChainSight.Look
  ) -> Bool {
    above[side.other].isUndecided && sight.hasHandler(side.other, at: stage) && below[side] == .open
      && above.callback.link == nil
  }

  /// A thin way over: a raise goes to the right, a trap to the left, and they cross in the middle of the gap.
  private mutating func drawOpenCrossing(to side: Side, y: Int, in clip: Rect, isStraight: Bool) {
    let middle = geometry.gapMiddle
    let curves = OpenCurves(glyphs, to: side, isStraight: isStraight)
    let style = Style(.unreached)
    let toRight = side == .errback
    let (leave, arrive) = toRight ? (middle - 1, middle + 1) : (middle + 1, middle - 1)
    if toRight {
      dashes(geometry.rightEdge(.callback) + 1, leave - 1, y - 2, clip)
      dashes(arrive + 1, geometry.centre(.errback) - 1, y, clip)
    } else {
      dashes(leave + 1, geometry.errbackX - 1, y - 2, clip)
      dashes(geometry.centre(.callback) + 1, arrive - 1, y, clip)
    }
    buffer.write(curves.leave, at: position(leave, y - 2), style: style, in: clip)
    let crossed = buffer[position(middle, y - 1)].text != " "
    buffer.write(crossed ? curves.both : curves.across, at: position(middle, y - 1), style: style, in: clip)
    buffer.write(curves.turn, at: position(arrive, y), style: style, in: clip)
    buffer.write(curves.arrive, at: position(geometry.centre(side), y), style: style, in: clip)
  }

  private mutating func dashes(_ from: Int, _ to: Int, _ y: Int, _ clip: Rect) {
    guard to >= from else { return }
    let text = dashedLine(to - from + 1, glyphs)
    buffer.write(text, at: position(from, y), style: Style(.unreached), in: clip)
  }
}

/// A line from left to right that was not taken.
func dashedLine(_ length: Int, _ glyphs: Glyphs) -> String {
  guard glyphs == .ascii else { return String(repeating: glyphs[.dashedHorizontal], count: max(0, length)) }
  return String((0..<max(0, length)).map { $0.isMultiple(of: 2) ? "-" : " " })
}

/// The pieces of a thin way over the gap.
private struct OpenCurves {
  let leave, across, both, turn, arrive: String

  init(_ glyphs: Glyphs, to side: Side, isStraight: Bool) {
    let toRight = side == .errback
    guard glyphs == .unicode else {
      (leave, across, both, turn) = (".", toRight ? "\\" : "/", "X", "'")
      arrive = isStraight ? "+" : "."
      return
    }
    (leave, across, both, turn) = toRight ? ("╮", "╲", "╳", "╰") : ("╭", "╱", "╳", "╯")
    arrive = toRight ? (isStraight ? "┤" : "╮") : (isStraight ? "├" : "╭")
  }
}
