/// A screen, or what is to become one: a grid of cells of a fixed size that views draw into.
///
/// Everything written is cleaned and measured on the way in, so that whatever a file contains, a buffer
/// holds only characters that are safe to send and stand in the columns where they seem to stand. Drawing
/// outside of the buffer, or of the rectangle given as a clip, does nothing.
package struct Buffer: Equatable, Sendable {
  package let size: Size

  /// The set of glyphs this buffer is drawn with. In an ASCII buffer nothing but ASCII is kept.
  package let glyphs: Glyphs

  /// Where the terminal's cursor is shown, for a line being typed; `nil` hides it.
  package var cursor: Position?

  private(set) var cells: [Cell]

  /// Makes an empty buffer.
  package init(_ size: Size, glyphs: Glyphs = .unicode) {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: .blank(), count: size.width * size.height)
  }

  package var bounds: Rect { Rect(.zero, size) }

  /// The cell at a place; a blank outside of the buffer.
  package subscript(_ position: Position) -> Cell {
    bounds.contains(position) ? cells[position.y * size.width + position.x] : .blank()
  }

  package subscript(x: Int, y: Int) -> Cell { self[Position(x: x, y: y)] }

  /// Empties the buffer and keeps its memory for the next frame.
  package mutating func clear() {
    for index in cells.indices { cells[index] = .blank() }
    cursor = nil
  }

  /// Gives each cell that differs from what was shown last, row by row; the right halves of wide ones are
  /// drawn with their left halves.
  ///
  /// - Parameters:
  ///   - last: What was shown; a buffer of another size, like none, makes every cell a change.
  ///   - visible: The size of what it is shown on; what lies outside is left out.
  /// - Complexity: O(cells), without allocating.
  package func forEachChange(
    since last: Buffer?, within visible: Size, _ draw: (_ cell: Cell, _ x: Int, _ y: Int) -> Void
  ) {
    let now = cells.span
    let before = last?.size == size ? last?.cells.span : nil
    for y in 0..<min(size.height, visible.height) {
      for x in 0..<min(size.width, visible.width) {
        let index = y * size.width + x
        if let before, before[index] == now[index] { continue }
        if !now[index].isContinuation { draw(now[index], x, y) }
      }
    }
  }

  // MARK: What every drawing goes through

  /// Puts a character of known width at a place inside of `clip`, which lies inside of the buffer.
  ///
  /// A wide character that was there in part is blanked: half of one is never shown.
  mutating func put(_ cell: Cell, x: Int, y: Int) {
    let row = y * size.width
    breakWide(row: row, x: x)
    if cell.width == 2 {
      breakWide(row: row, x: x + 1)
      cells[row + x + 1] = .continuation(cell.style)
    }
    cells[row + x] = cell
  }

  private mutating func breakWide(row: Int, x: Int) {
    let index = row + x
    if cells[index].isContinuation, x > 0 {
      cells[index - 1] = .blank(cells[index - 1].style)
      cells[index] = .blank(cells[index].style)
    } else if cells[index].width == 2, x + 1 < size.width {
      cells[index + 1] = .blank(cells[index + 1].style)
    }
  }

  mutating func addMark(_ mark: Unicode.Scalar, x: Int, y: Int) {
    cells[y * size.width + x].add(mark: mark)
  }

  mutating func setStyle(_ style: Style, x: Int, y: Int) {
    cells[y * size.width + x].style = style
  }

  func arms(x: Int, y: Int) -> LineArms {
    cells[y * size.width + x].arms
  }
}
