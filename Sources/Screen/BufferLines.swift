extension Buffer {
  /// Draws a line from left to right, joined to the lines it meets.
  ///
  /// The line leaves its first cell to the right and enters its last one from the left, so that a corner is
  /// two lines which share a cell. A line of one cell has both arms.
  package mutating func horizontalLine(
    x: Int, y: Int, length: Int, weight: LineWeight = .light, style: Style = .border, in clip: Rect? = nil
  ) {
    let visible = clip.map { bounds.intersection($0) } ?? bounds
    guard length > 0, y >= visible.y, y < visible.maxY else { return }
    for column in max(x, visible.x)..<max(x, visible.x, min(x + length, visible.maxX)) {
      let arms = LineArms(
        right: column < x + length - 1 || length == 1 ? weight : nil,
        left: column > x || length == 1 ? weight : nil)
      join(arms, x: column, y: y, style: style)
    }
  }

  /// Draws a line from top to bottom, joined to the lines it meets; see ``horizontalLine``.
  package mutating func verticalLine(
    x: Int, y: Int, length: Int, weight: LineWeight = .light, style: Style = .border, in clip: Rect? = nil
  ) {
    let visible = clip.map { bounds.intersection($0) } ?? bounds
    guard length > 0, x >= visible.x, x < visible.maxX else { return }
    for row in max(y, visible.y)..<max(y, visible.y, min(y + length, visible.maxY)) {
      let arms = LineArms(
        up: row > y || length == 1 ? weight : nil,
        down: row < y + length - 1 || length == 1 ? weight : nil)
      join(arms, x: x, y: row, style: style)
    }
  }

  /// Joins single arms to what stands in a cell, for corners, crossings and stubs.
  ///
  /// A heavier arm wins over a lighter one on the same side; what is there and is no line is replaced.
  package mutating func joinLine(
    at position: Position, up: LineWeight? = nil, right: LineWeight? = nil, down: LineWeight? = nil,
    left: LineWeight? = nil, style: Style = .border, in clip: Rect? = nil
  ) {
    let visible = clip.map { bounds.intersection($0) } ?? bounds
    guard visible.contains(position) else { return }
    let arms = LineArms(up: up, right: right, down: down, left: left)
    join(arms, x: position.x, y: position.y, style: style)
  }

  private mutating func join(_ arms: LineArms, x: Int, y: Int, style: Style) {
    let joined = self.arms(x: x, y: y).joined(arms)
    put(Cell(joined.scalar(in: glyphs), width: 1, style: style, arms: joined), x: x, y: y)
  }

  /// Draws the border of a rectangle, joined to the lines it meets, with a title in its upper edge.
  ///
  /// A rectangle less than two columns wide or two rows high is drawn as a line.
  package mutating func box(
    _ rect: Rect, weight: LineWeight = .light, style: Style = .border, title: String = "",
    titleStyle: Style? = nil, in clip: Rect? = nil
  ) {
    guard !rect.isEmpty else { return }
    horizontalLine(x: rect.x, y: rect.y, length: rect.width, weight: weight, style: style, in: clip)
    if rect.height > 1 {
      horizontalLine(x: rect.x, y: rect.maxY - 1, length: rect.width, weight: weight, style: style, in: clip)
      verticalLine(x: rect.x, y: rect.y, length: rect.height, weight: weight, style: style, in: clip)
      if rect.width > 1 {
        verticalLine(x: rect.maxX - 1, y: rect.y, length: rect.height, weight: weight, style: style, in: clip)
      }
    }
    guard !title.isEmpty, rect.width >= 6 else { return }
    let label = " " + fitted(title, to: rect.width - 6, glyphs: glyphs) + " "
    write(label, at: Position(x: rect.x + 2, y: rect.y), style: titleStyle ?? style, in: clip)
  }
}
