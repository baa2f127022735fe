extension Buffer {
  /// Writes a text in one row, from a place to the right edge of the clip.
  ///
  /// What does not fit is cut off between characters; see ``write(_:in:style:align:)`` for an ellipsis.
  ///
  /// - Returns: The columns used, so that the next text can follow.
  @discardableResult
  package mutating func write(
    _ text: some StringProtocol, at position: Position, style: Style = .plain, in clip: Rect? = nil
  ) -> Int {
    let visible = clip.map { bounds.intersection($0) } ?? bounds
    guard position.y >= visible.y, position.y < visible.maxY else { return 0 }
    var x = position.x
    var last: Int?
    for scalar in text.unicodeScalars {
      guard x < visible.maxX || last != nil else { break }
      guard let safe = cleaned(scalar) else { continue }
      let columns = width(of: safe)
      if columns == 0 {
        if let last {
          if glyphs == .unicode { addMark(safe, x: last, y: position.y) }
          continue
        }
        last = place("\u{25CC}", 1, x: x, y: position.y, style, visible)
        if let last, glyphs == .unicode { addMark(safe, x: last, y: position.y) }
        x += 1
        continue
      }
      guard x + columns <= visible.maxX else { break }
      last = place(safe, columns, x: x, y: position.y, style, visible)
      x += columns
    }
    return x - position.x
  }

  /// Puts a cleaned character where it is visible whole, and a blank for the half of a wide one that is.
  ///
  /// - Returns: The column it went to; `nil` where it is not seen.
  private mutating func place(
    _ scalar: Unicode.Scalar, _ columns: Int, x: Int, y: Int, _ style: Style, _ visible: Rect
  ) -> Int? {
    if x < visible.x {
      if x + columns > visible.x { put(.blank(style), x: visible.x, y: y) }
      return nil
    }
    guard x + columns <= visible.maxX else { return nil }
    if glyphs == .ascii, !scalar.isASCII {
      let twin = Glyphs.ascii(for: scalar)
      for offset in 0..<columns {
        put(Cell(twin, width: 1, style: style, arms: LineArms(of: scalar)), x: x + offset, y: y)
      }
    } else {
      put(Cell(scalar, width: UInt8(columns), style: style, arms: LineArms(of: scalar)), x: x, y: y)
    }
    return x
  }

  /// Writes a text into the first row of a rectangle, with an ellipsis where it is too long.
  ///
  /// - Returns: The columns used.
  @discardableResult
  package mutating func write(
    _ text: some StringProtocol, in rect: Rect, style: Style = .plain, align: Alignment = .leading
  ) -> Int {
    let line = fitted(text, to: rect.width, glyphs: glyphs)
    let spare = rect.width - width(of: line)
    let indent =
      switch align {
      case .leading: 0
      case .centre: spare / 2
      case .trailing: spare
      }
    return write(line, at: Position(x: rect.x + indent, y: rect.y), style: style, in: rect)
  }

  /// Writes a text broken into lines into a rectangle, with an ellipsis at the end when it is too long.
  ///
  /// - Returns: The rows used.
  @discardableResult
  package mutating func write(
    wrapping text: some StringProtocol, in rect: Rect, style: Style = .plain
  ) -> Int {
    let lines = wrapped(text, to: rect.width, limit: rect.height, glyphs: glyphs)
    for (row, line) in lines.enumerated() {
      write(line, at: Position(x: rect.x, y: rect.y + row), style: style, in: rect)
    }
    return lines.count
  }

  /// Puts one of our signs at a place.
  package mutating func put(
    _ glyph: Glyph, at position: Position, style: Style = .plain, in clip: Rect? = nil
  ) {
    write(String(glyphs[glyph]), at: position, style: style, in: clip)
  }

  /// Fills a rectangle with a character one column wide.
  package mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .plain) {
    let visible = bounds.intersection(rect)
    guard !visible.isEmpty else { return }
    let row = String(repeating: character, count: visible.width)
    for y in visible.y..<visible.maxY {
      write(row, at: Position(x: visible.x, y: y), style: style, in: visible)
    }
  }

  /// Gives what already stands in a rectangle another style.
  package mutating func restyle(_ rect: Rect, _ style: Style) {
    restyle(rect) { _ in style }
  }

  /// Changes the style of what already stands in a rectangle, each cell by its own.
  package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let visible = bounds.intersection(rect)
    guard !visible.isEmpty else { return }
    for y in visible.y..<visible.maxY {
      for x in visible.x..<visible.maxX {
        setStyle(change(self[x, y].style), x: x, y: y)
      }
    }
  }

  /// Copies another buffer's cells to a place, for views that are drawn once and shown scrolled.
  package mutating func draw(_ other: Buffer, at position: Position, in clip: Rect? = nil) {
    let visible = clip.map { bounds.intersection($0) } ?? bounds
    let target = visible.intersection(Rect(position, other.size))
    guard !target.isEmpty else { return }
    for y in target.y..<target.maxY {
      for x in target.x..<target.maxX {
        let cell = other[x - position.x, y - position.y]
        if cell.isContinuation {
          if x == target.x { put(.blank(cell.style), x: x, y: y) }
        } else if x + Int(cell.width) > target.maxX {
          put(.blank(cell.style), x: x, y: y)
        } else {
          put(cell, x: x, y: y)
        }
      }
    }
  }
}
