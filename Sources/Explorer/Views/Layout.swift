package import Screen

/// Where everything on the explorer's screen stands: a pure function of the screen's size and what is focused.
///
/// Panels never overlap, and a panel that has no room here is reached by focusing it: it takes the place of
/// the last one.
package struct Layout: Equatable, Sendable {
  /// One panel's place.
  package struct Frame: Equatable, Sendable {
    package var panel: Panel
    package var rect: Rect
  }

  /// The line above everything: what is looked at. Empty on low screens.
  package var header = Rect.zero
  package var frames: [Frame] = []
  /// The columns between panels that stand side by side, one wide.
  package var separators: [Rect] = []
  /// Step, time, per cent, and why: several rows where the sentence would not fit in one.
  package var status = Rect.zero
  /// Whether the narration has all the rows that it would like.
  package var showsWholeNarration = false
  /// Keys that can be pressed now, a message, or the prompt.
  package var keys = Rect.zero
  /// Below this nothing can be drawn but one line that says so.
  package static let leastSize = Size(width: 16, height: 4)

  package var isTooSmall: Bool { frames.isEmpty }

  /// The panel under a position, for the mouse.
  package func panel(at position: Position) -> Panel? {
    frames.first { $0.rect.contains(position) }?.panel
  }

  /// Where a panel stands, if it is on the screen.
  package func rect(of panel: Panel) -> Rect? {
    frames.first { $0.panel == panel }?.rect
  }
}

/// Below this many rows the panels do not share the screen.
private let leastSplitHeight = 13

/// Lays the explorer's panels out.
///
/// - Parameters:
///   - size: the whole screen.
///   - focus: the panel that must be visible.
///   - zoom: whether the focused panel has the whole body to itself.
///   - narrationRows: how many rows the narration would like; 0 when there is none.
package func panelLayout(size: Size, focus: Panel, zoom: Bool, narrationRows: Int = 0) -> Layout {
  var layout = Layout()
  guard size.width >= Layout.leastSize.width, size.height >= Layout.leastSize.height else { return layout }
  // What has the focus is there to be seen, even where it says nothing.
  let narrationRows = focus == .narration ? max(2, narrationRows) : narrationRows
  var body = Rect(x: 0, y: 0, width: size.width, height: size.height)
  if size.height >= 30 { (layout.header, body) = body.splitTop(1) }
  if size.height >= 8 { (body, layout.keys) = body.splitBottom(1) }
  (body, layout.status) = body.splitBottom(Layout.statusRows(of: size))

  if zoom || focus == .narration && body.height < leastSplitHeight {
    layout.frames = [Layout.Frame(panel: focus, rect: body)]
    return layout
  }
  if narrationRows > 0, body.height >= leastSplitHeight {
    let narration: Rect
    (body, narration) = body.splitBottom(min(narrationRows, max(4, body.height / 3)))
    layout.frames.append(Layout.Frame(panel: .narration, rect: narration))
  }
  let shown = focus == .narration ? .chain : focus
  if size.width >= 120, body.height >= leastSplitHeight {
    layout.placeWide(in: body, focus: shown)
  } else if body.height >= leastSplitHeight {
    layout.placeNarrow(in: body, focus: shown)
  } else {
    layout.frames.append(Layout.Frame(panel: shown, rect: body))
  }
  return layout
}

extension Layout {
  /// The rows that are free for the status line: several where its sentence would mostly not fit into one.
  static func statusRows(of size: Size) -> Int {
    if size.height < 5 || size.width >= 160 { return 1 }
    if size.width < 60 { return size.height < 10 ? 2 : 3 }
    return size.height < 7 ? 1 : 2
  }

  /// The rows that it may take for a long sentence: a panel's title and its first row stay.
  static func mostStatusRows(of size: Size) -> Int {
    let rows = statusRows(of: size)
    return min(rows + 2, max(rows, size.height * 3 / 5))
  }

  /// Gives the status line as many rows as it needs, from the panels that stand on it.
  mutating func raiseStatus(to rows: Int) {
    let extra = rows - status.height
    guard extra > 0, !isTooSmall else { return }
    let top = status.y
    func raised(_ rect: Rect) -> Rect {
      guard rect.maxY == top else { return rect }
      return Rect(x: rect.x, y: rect.y, width: rect.width, height: max(1, rect.height - extra))
    }
    for index in frames.indices { frames[index].rect = raised(frames[index].rect) }
    separators = separators.map(raised)
    status = Rect(x: status.x, y: top - extra, width: status.width, height: rows)
  }
}

extension Layout {
  /// The chain on top, rows of panels below it.
  fileprivate mutating func placeNarrow(in body: Rect, focus: Panel) {
    let rowCount = body.height < 36 ? 1 : min(3, body.height / 18)
    let perRow = body.width >= 60 ? 2 : 1
    let belowHeight = rowCount == 1 ? body.height / 3 : body.height / 2
    let (top, below) = body.splitBottom(belowHeight)
    frames.append(Frame(panel: .chain, rect: top))
    let panels = Self.choose(
      rowCount * perRow, of: [.deferreds, .events, .timers, .failures, .source, .details, .log], with: focus)
    let rows = Self.divide(below, into: rowCount)
    for (index, row) in rows.enumerated() {
      placeBeside(Array(panels.dropFirst(index * perRow).prefix(perRow)), in: row)
    }
  }

  /// The chain at the left with a row of panels below it, a column of panels at the right.
  fileprivate mutating func placeWide(in body: Rect, focus: Panel) {
    let columnWidth = min(100, max(40, body.width * 28 / 100))
    let (left, rest) = body.splitLeft(body.width - columnWidth - 1)
    let (separator, right) = rest.splitLeft(1)
    separators.append(separator)
    let belowCount = left.height >= 28 ? min(3, left.width / 38) : 0
    let rightCount = min(4, max(1, right.height / (belowCount > 0 ? 9 : 7)))
    let order: [Panel] =
      belowCount == 0
      ? [.deferreds, .events, .source, .timers, .failures, .details, .log]
      : belowCount == 2
        ? [.deferreds, .events, .source, .timers, .failures, .details, .log]
        : [.deferreds, .events, .timers, .source, .failures, .details, .log]
    let panels = Self.choose(belowCount + rightCount, of: order, with: focus)
    let (top, below) = left.splitBottom(belowCount > 0 ? left.height / 3 : 0)
    frames.append(Frame(panel: .chain, rect: top))
    if belowCount == 3 {
      placeStackBeside(Array(panels.prefix(belowCount)), in: below)
    } else {
      placeBeside(Array(panels.prefix(belowCount)), in: below)
    }
    let column = Array(panels.dropFirst(belowCount))
    for (panel, rect) in zip(column, Self.divide(right, into: column.count)) {
      frames.append(Frame(panel: panel, rect: rect))
    }
  }

  /// The first panel over the third at the left, and the second, whose rows are sentences, with most of the width.
  private mutating func placeStackBeside(_ panels: [Panel], in row: Rect) {
    let (stack, rest) = row.splitLeft(max(40, row.width * 36 / 100))
    let (separator, wide) = rest.splitLeft(1)
    separators.append(separator)
    for (panel, rect) in zip([panels[0], panels[2]], Self.divide(stack, into: 2)) {
      frames.append(Frame(panel: panel, rect: rect))
    }
    frames.append(Frame(panel: panels[1], rect: wide))
  }

  private mutating func placeBeside(_ panels: [Panel], in row: Rect) {
    guard !panels.isEmpty else { return }
    var rest = row
    for (index, panel) in panels.enumerated() {
      let remaining = panels.count - index
      let width = (rest.width - (remaining - 1)) / remaining
      let rect: Rect
      (rect, rest) = rest.splitLeft(width)
      frames.append(Frame(panel: panel, rect: rect))
      guard remaining > 1 else { break }
      let separator: Rect
      (separator, rest) = rest.splitLeft(1)
      separators.append(separator)
    }
  }

  /// The first `count` panels of an order, the last one giving way to the focused one if that is not among them.
  private static func choose(_ count: Int, of order: [Panel], with focus: Panel) -> [Panel] {
    var chosen = Array(order.prefix(count))
    if focus != .chain, !chosen.contains(focus), !chosen.isEmpty { chosen[chosen.count - 1] = focus }
    return chosen
  }

  /// Cuts a rectangle into rows of equal height, the upper ones taking what is over.
  private static func divide(_ rect: Rect, into count: Int) -> [Rect] {
    var rest = rect
    return (0..<max(0, count)).map { index in
      let remaining = count - index
      let part: Rect
      (part, rest) = rest.splitTop((rest.height + remaining - 1) / remaining)
      return part
    }
  }
}

/// The first row of a list to show, so that a row is in view and stands still while there is room to move.
///
/// - Parameters:
///   - row: the row that must be seen: the selected one, or the current one.
///   - count: all rows of the list.
///   - height: the rows that are visible.
package func firstVisibleRow(showing row: Int, of count: Int, height: Int) -> Int {
  guard height > 0 else { return 0 }
  return max(0, min(row - height / 2, count - height))
}
