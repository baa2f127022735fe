import Screen
import Traces

/// The chain of one Deferred where there is no room for boxes on both lines: the two lines stand close
/// together at the left, with two rows a stage beside them, what happened there and what went on from it.
struct ChainColumn {
  private static let callbackX = 2
  private static let errbackX = 5
  private static let textX = 8
  static let rowsPerStage = 2

  let sight: ChainSight
  let selectedStage: Int?

  init(_ sight: ChainSight, selectedStage: Int?) {
    self.sight = sight
    self.selectedStage = selectedStage
  }

  private var glyphs: Glyphs { sight.scene.glyphs }

  /// Draws what is visible from a stage on.
  ///
  /// - Complexity: O(visible rows).
  func draw(from first: Int, in rect: Rect, into buffer: inout Buffer) {
    let visible = max(1, rect.height / Self.rowsPerStage)
    drawHead(first, in: rect, &buffer)
    var reach = sight.reach(into: first)
    for index in first..<max(first, min(first + visible + 1, sight.stageCount)) {
      if index > sight.deferred.nextStage {
        reach = index > first ? sight.reach(after: index - 1, reach) : reach
      } else {
        reach = sight.reach(into: index)
      }
      let y = rect.y + 1 + (index - first) * Self.rowsPerStage
      drawStage(index, sight.look(at: index, reach: reach), y: y, in: rect, &buffer)
    }
    let end = rect.y + 1 + (sight.stageCount - first) * Self.rowsPerStage
    if let (side, text, style) = sight.ending {
      let x = side == .callback ? Self.callbackX : Self.errbackX
      buffer.write(text, in: row(end, from: x, in: rect), style: style)
    }
  }

  private func row(_ y: Int, from column: Int, in rect: Rect) -> Rect {
    Rect(x: rect.x + column, y: y, width: rect.width - column, height: 1).intersection(rect)
  }

  private func line(
    _ side: Side, _ y: Int, in rect: Rect, _ buffer: inout Buffer, _ style: Style = Style(.unreached),
    isTravelled: Bool = false
  ) {
    let x = rect.x + (side == .callback ? Self.callbackX : Self.errbackX)
    if isTravelled {
      buffer.verticalLine(x: x, y: y, length: 1, weight: .heavy, style: style, in: rect)
    } else {
      buffer.put(.dashedVertical, at: Position(x: x, y: y), style: style, in: rect)
    }
  }

  /// The names of the lines, and what came into the first stage shown.
  private func drawHead(_ first: Int, in rect: Rect, _ buffer: inout Buffer) {
    let outcome = sight.output(of: first - 1)
    for side in [Side.callback, .errback] {
      let x = side == .callback ? Self.callbackX : Self.errbackX
      let isTaken = outcome.map { _ in sight.travelledSide(into: first) == side } ?? false
      let style = isTaken ? sight.scene.style(of: outcome ?? .value(ValueText(""))) : .dim
      buffer.write(side == .callback ? "C" : "E", in: row(rect.y, from: x, in: rect), style: style)
    }
    let above = first > 0 ? "\(glyphs[.arrowUp])\(first)  " : ""
    let text = outcome.map { annotation($0) } ?? (sight.neverFires ? "never fires" : "not fired yet")
    let style = outcome.map { sight.scene.style(of: $0) } ?? .dim
    buffer.write(above + text, in: row(rect.y, from: Self.textX, in: rect), style: style)
  }

  private func annotation(_ outcome: Outcome) -> String {
    let text = sight.scene.text(of: outcome)
    guard case .failure(let id) = outcome, sight.scene.isNeverHandled(id) else { return text }
    return "\(glyphs[.unhandled]) \(text)"
  }

  private func drawStage(
    _ stage: Int, _ look: ChainSight.Look, y: Int, in rect: Rect, _ buffer: inout Buffer
  ) {
    let isMarked = sight.markedStage == stage
    if isMarked || selectedStage == stage {
      let glyph: Glyph = isMarked ? .current : .arrowRight
      buffer.put(
        glyph, at: Position(x: rect.x, y: y), style: isMarked ? Style(.waiting, .bold) : Style(.plain, .bold),
        in: rect)
    }
    if let passage = sight.deferred.stages[stage].passage {
      drawPath(passage, after: stage, y: y, in: rect, &buffer)
      drawReached(stage, look[passage.side], passage, isMarked: isMarked, y: y, in: rect, &buffer)
    } else {
      drawAhead(stage, look, isMarked: isMarked, y: y, in: rect, &buffer)
    }
  }

  /// The travelled line through a stage, over to the other one where it crossed.
  private func drawPath(_ passage: Passage, after stage: Int, y: Int, in rect: Rect, _ buffer: inout Buffer) {
    let from = passage.side
    let style = Style(from == .callback ? .callbackLine : .errbackLine)
    guard let output = passage.output else {
      line(from, y, in: rect, &buffer, style, isTravelled: true)
      line(from.other, y, in: rect, &buffer)
      for side in [Side.callback, .errback] { line(side, y + 1, in: rect, &buffer) }
      return
    }
    let to = sight.isStage(stage + 1) ? sight.travelledSide(into: stage + 1) ?? output.side : output.side
    let outStyle = sight.scene.style(of: output)
    if from == to {
      line(from, y, in: rect, &buffer, style, isTravelled: true)
      line(from.other, y, in: rect, &buffer)
    } else {
      let (left, right) = (rect.x + Self.callbackX, rect.x + Self.errbackX)
      let (start, end) = from == .callback ? (left, right) : (right, left)
      buffer.horizontalLine(
        x: left, y: y, length: right - left + 1, weight: .heavy, style: outStyle, in: rect)
      buffer.joinLine(at: Position(x: start, y: y), up: .heavy, style: style, in: rect)
      buffer.joinLine(at: Position(x: end, y: y), down: .heavy, style: outStyle, in: rect)
    }
    line(to, y + 1, in: rect, &buffer, outStyle, isTravelled: true)
    line(to.other, y + 1, in: rect, &buffer)
    let area = row(y + 1, from: Self.textX + 2, in: rect)
    buffer.write(fittedOutcome(annotation(output), to: area.width, glyphs: glyphs), in: area, style: outStyle)
  }

  private func drawReached(
    _ stage: Int, _ state: BoxState, _ passage: Passage, isMarked: Bool, y: Int, in rect: Rect,
    _ buffer: inout Buffer
  ) {
    let side = passage.side
    let mark = state.mark(hasHandler: sight.hasHandler(side, at: stage), glyphs: glyphs)
    let link = state.link.map { " " + sight.scene.name(of: $0) } ?? ""
    let aside = sight.aside(at: stage).map { " " + $0 } ?? ""
    let area = row(y, from: Self.textX, in: rect)
    let used = buffer.write(
      "\(stage) \(name(of: side, at: stage, in: area)) ", in: area,
      style: isMarked ? Style(.current) : Style(.plain, .bold))
    let rest = row(y, from: Self.textX + used, in: rect)
    buffer.write(mark + link + aside, in: rest, style: Style(state.role(on: side)))
  }

  /// With room for what happened there.
  private func name(of side: Side, at stage: Int, in area: Rect) -> String {
    fittedName(sight.label(side, at: stage), to: max(8, area.width - 14), glyphs: glyphs)
  }

  /// A stage that has not been reached: both handlers, and by which line it may be.
  private func drawAhead(
    _ stage: Int, _ look: ChainSight.Look, isMarked: Bool, y: Int, in rect: Rect, _ buffer: inout Buffer
  ) {
    for side in [Side.callback, .errback] {
      let x = rect.x + (side == .callback ? Self.callbackX : Self.errbackX)
      let glyph: Glyph =
        switch look[side] {
        case .closed: .cancelled
        case .never: .unfired
        default: .dashedVertical
        }
      buffer.put(glyph, at: Position(x: x, y: y), style: Style(.unreached), in: rect)
      if look[side] == .open, sight.isStage(stage + 1) { line(side, y + 1, in: rect, &buffer) }
    }
    let (callback, errback) = (sight.label(.callback, at: stage), sight.label(.errback, at: stage))
    let names = callback == errback ? callback : "\(callback) / \(errback)"
    let isSame = look.callback == look.errback
    let mark = isSame && look.callback != .open ? look.callback.mark(hasHandler: true, glyphs: glyphs) : ""
    let style = isSame && look.callback != .open ? Style(.unreached) : Style.plain
    let area = row(y, from: Self.textX, in: rect)
    let used = buffer.write("\(stage) \(names) ", in: area, style: isMarked ? Style(.current) : style)
    buffer.write(mark, in: row(y, from: Self.textX + used, in: rect), style: Style(.unreached))
  }
}
