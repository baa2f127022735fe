import Screen

/// Draws rows of a list: the sign at the left says which one is current, the selected one is set off.
struct RowList {
  /// The rectangle of the rows.
  let rect: Rect
  let isFocused: Bool
  /// The first row shown.
  let first: Int
  let count: Int

  /// - Parameter row: the row that must be in view.
  init(_ rect: Rect, showing row: Int, of count: Int, isFocused: Bool) {
    self.rect = rect
    self.isFocused = isFocused
    self.count = count
    first = firstVisibleRow(showing: row, of: count, height: rect.height)
  }

  /// The rows that are visible.
  var range: Range<Int> { first..<max(first, min(count, first + rect.height)) }

  /// Where a row stands.
  func place(of row: Int) -> Rect { rect.row(row - first) }

  /// Marks a row, after it was drawn: the selected one is reversed where its panel has the focus, and has an
  /// arrow elsewhere.
  static func mark(
    _ row: Rect, isCurrent: Bool, isSelected: Bool, isFocused: Bool, into buffer: inout Buffer
  ) {
    if isCurrent {
      buffer.put(.current, at: row.origin, style: Style(.waiting, .bold), in: row)
    } else if isSelected {
      buffer.put(.arrowRight, at: row.origin, style: Style(.plain, .bold), in: row)
    }
    if isSelected, isFocused { buffer.restyle(row, Style(.selected)) }
  }
}

/// Writes pieces of text one after the other into a row.
struct RowWriter {
  private(set) var rest: Rect

  init(_ row: Rect) { rest = row }

  /// Writes a text, with an ellipsis where it does not fit.
  mutating func write(_ text: some StringProtocol, _ style: Style = .plain, into buffer: inout Buffer) {
    let used = buffer.write(text, in: rest, style: style)
    rest = rest.splitLeft(used).rest
  }

  /// Writes a text into a column of its own, whatever its length.
  mutating func column(
    _ text: some StringProtocol, width: Int, _ style: Style = .plain, align: Alignment = .leading,
    into buffer: inout Buffer
  ) {
    let (cell, after) = rest.splitLeft(width)
    buffer.write(text, in: cell, style: style, align: align)
    rest = after.splitLeft(1).rest
  }
}
