import Screen
import Traces

// The boxes of one stage, with its number and the sign for where the run is.
extension ChainDrawing {
  mutating func drawStage(_ stage: Int, y: Int, _ look: ChainSight.Look) {
    let isMarked = sight.markedStage == stage
    let isSelected = selectedStage == stage
    let number = String(stage)
    let numberStyle: Style = isMarked ? Style(.waiting, .bold) : isSelected ? Style(.plain, .bold) : .dim
    buffer.write(
      number, at: position(geometry.callbackX - 2 - number.utf8.count, y), style: numberStyle, in: rect)
    if isMarked || isSelected {
      let glyph: Glyph = isMarked ? .current : .arrowRight
      buffer.put(glyph, at: position(geometry.callbackX - 2, y + 1), style: numberStyle, in: rect)
    }
    drawPlace(stage, y: y)
    for side in [Side.callback, .errback] {
      let state = look[side]
      drawBox(side, stage: stage, state, y: y)
      drawText(side, stage: stage, state, y: y + 1, isMarked: isMarked)
      drawAside(side, stage: stage, state, y: y + 1)
    }
  }

  /// Where the stage was added to the chain of a recorded program: at the right, where nothing else stands.
  private mutating func drawPlace(_ stage: Int, y: Int) {
    guard sight.scene.showsPlaces, let place = sight.deferred.stages[stage].place else { return }
    let start = geometry.rightEdge(.errback) + 2
    let area = Rect(x: x(start), y: y, width: rect.width - start, height: 1).intersection(rect)
    guard area.width >= 6 else { return }
    buffer.write(
      fittedName(placeText(place, isShort: true), to: area.width, glyphs: glyphs), in: area, style: .dim)
  }

  private mutating func drawBox(_ side: Side, stage: Int, _ state: BoxState, y: Int) {
    let box = Rect(x: x(geometry.boxX(side)), y: y, width: geometry.boxWidth, height: 3)
    switch state {
    case .skipped, .closed, .never:
      drawDashed(box)
    default:
      let style = state.isReached ? lineStyle(stage, side) : Style.border
      buffer.box(box, style: style, in: rect)
    }
  }

  /// The style of the box that the run came to: that of what came in.
  private func lineStyle(_ stage: Int, _ side: Side) -> Style {
    Style(side == .callback ? .callbackLine : .errbackLine)
  }

  private mutating func drawDashed(_ box: Rect) {
    let style = Style(.unreached)
    let edge = dashedLine(box.width - 2, glyphs)
    for (y, left, right) in [(box.y, "┌", "┐"), (box.maxY - 1, "└", "┘")] {
      buffer.write(left + edge + right, at: Position(x: box.x, y: y), style: style, in: rect)
    }
    for column in [box.x, box.maxX - 1] {
      buffer.put(.dashedVertical, at: Position(x: column, y: box.y + 1), style: style, in: rect)
    }
  }

  /// The name at the left, what happened at the right; the stage that runs or is about to is reversed.
  private mutating func drawText(_ side: Side, stage: Int, _ state: BoxState, y: Int, isMarked: Bool) {
    let inside = Rect(x: x(geometry.boxX(side)) + 1, y: y, width: geometry.boxWidth - 2, height: 1)
      .intersection(rect)
    let room = inside.inset(1, 0)
    let hasHandler = sight.hasHandler(side, at: stage)
    let mark = state.mark(hasHandler: hasHandler, glyphs: glyphs)
    let markWidth = width(of: mark)
    let isOff = state == .skipped || state == .closed || state == .never
    let nameRoom = room.width - (markWidth > 0 ? markWidth + 1 : 0)
    let name = fittedName(sight.label(side, at: stage), to: max(0, nameRoom), glyphs: glyphs)
    let nameStyle: Style =
      isOff || !hasHandler ? Style(.unreached) : state.isReached ? Style(.plain, .bold) : .plain
    buffer.write(name, in: room, style: nameStyle)
    let markStyle = state == .open ? Style(.unreached) : Style(state.role(on: side))
    buffer.write(mark, in: room, style: markStyle, align: .trailing)
    let isHere = isMarked && (state.isReached || sight.travelledSide(into: stage) == side)
    if isHere { buffer.restyle(inside, Style(.current)) }
  }

  /// What stands beside a box: what it waits on, or by which type a Failure was trapped.
  private mutating func drawAside(_ side: Side, stage: Int, _ state: BoxState, y: Int) {
    let edge = geometry.rightEdge(side)
    if let inner = state.link {
      let style = Style(.waiting)
      let isCrossed = sight.output(of: stage)?.side == .errback
      let end =
        side == .errback
        ? rect.width : isCrossed ? geometry.crossing(from: .callback) - 1 : geometry.errbackX - 1
      let line = glyphs == .unicode ? "╞══" : "|->"
      let area = Rect(x: x(edge), y: y, width: end - edge - 1, height: 1).intersection(rect)
      buffer.write("\(line) \(sight.scene.name(of: inner)) ", in: area, style: style)
    } else if side == .errback, let aside = sight.aside(at: stage) {
      let area = Rect(x: x(edge) + 2, y: y, width: rect.width - edge - 2, height: 1).intersection(rect)
      buffer.write(aside, in: area, style: .dim)
    }
  }
}
