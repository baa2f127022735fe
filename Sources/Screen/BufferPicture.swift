extension Buffer {
  /// The text of the buffer as lines, without the blanks at their ends: what a golden test compares.
  package var picture: String {
    lines { cell in cell.text }
  }

  /// The roles of the buffer as lines with one letter for each column, without the plain ends.
  ///
  /// Letters are those of ``Role/letter``, with a space for a plain blank.
  package var styles: String {
    lines { cell in
      cell.style == .plain && (cell.base == " ") ? " " : String(cell.style.role.letter)
    }
  }

  private func lines(_ text: (Cell) -> String) -> String {
    var result = ""
    for y in 0..<size.height {
      var line = ""
      for x in 0..<size.width { line += text(self[x, y]) }
      while line.last == " " { line.removeLast() }
      result += y == 0 ? line : "\n" + line
    }
    return result
  }
}
