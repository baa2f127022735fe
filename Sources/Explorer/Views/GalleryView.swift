import Screen

/// The scenarios to choose from: a list, and what the selected one is about.
struct GalleryView {
  let model: Model

  private var gallery: Gallery { model.gallery }

  /// Where the list and the text about the selected scenario stand.
  static func areas(in body: Rect) -> (search: Rect, list: Rect, separator: Rect, about: Rect) {
    let (search, rest) = body.splitTop(body.height >= 6 ? 2 : 0)
    if body.width >= 90 {
      let (list, right) = rest.splitLeft(rest.width * 55 / 100)
      let (separator, about) = right.splitLeft(1)
      return (search, list, separator, about)
    }
    let (list, about) = rest.splitBottom(rest.height >= 12 ? 6 : 0)
    return (search, list, Rect.zero, about)
  }

  /// The row of the list at a place.
  static func row(at position: Position, in list: Rect, gallery: Gallery) -> Int? {
    guard list.contains(position) else { return nil }
    let first = firstVisibleRow(
      showing: gallery.selection, of: gallery.visible.count, height: list.height)
    let row = first + position.y - list.y
    return row < gallery.visible.count ? row : nil
  }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let count = "\(gallery.visible.count) of \(counted(gallery.entries.count, "scenario"))"
    let body = drawChrome(
      rect, title: "Trapline", subject: rect.width >= 60 ? "what happens in a chain of Deferreds" : "",
      note: count,
      isFocused: true, into: &buffer)
    let areas = Self.areas(in: body)
    drawSearch(in: areas.search.row(0).inset(1, 0), into: &buffer)
    drawList(in: areas.list, into: &buffer)
    buffer.verticalLine(
      x: areas.separator.x, y: areas.separator.y - 1, length: areas.separator.height + 2, in: areas.separator)
    drawAbout(in: areas.about.inset(1, 0), into: &buffer)
  }

  private func drawSearch(in row: Rect, into buffer: inout Buffer) {
    guard !row.isEmpty else { return }
    if gallery.searchText.isEmpty {
      buffer.write("Press / to search titles, summaries and tags.", in: row, style: .dim)
    } else {
      var writer = RowWriter(row)
      writer.write("search: ", .dim, into: &buffer)
      writer.write(gallery.searchText, Style(.match), into: &buffer)
    }
  }

  private func drawList(in rect: Rect, into buffer: inout Buffer) {
    guard !gallery.visible.isEmpty else {
      let text =
        gallery.entries.isEmpty
        ? "There is no scenario here. Start with: trapline FILE"
        : "No scenario has these words. Esc shows all."
      return drawEmpty(text, in: rect, into: &buffer)
    }
    let list = RowList(rect, showing: gallery.selection, of: gallery.visible.count, isFocused: true)
    for row in list.range {
      let entry = gallery.entries[gallery.visible[row]]
      let place = list.place(of: row)
      var writer = RowWriter(place.splitLeft(2).rest)
      writer.column(Self.number(of: entry), width: 3, .dim, into: &buffer)
      writer.write(entry.title, row == gallery.selection ? .plain.bold : .plain, into: &buffer)
      RowList.mark(
        place, isCurrent: false, isSelected: row == gallery.selection, isFocused: true, into: &buffer)
    }
  }

  /// The number with which a file name begins: its place among the lessons.
  private static func number(of entry: GalleryEntry) -> String {
    String(entry.fileName.prefix { $0.isNumber }.prefix(3))
  }

  private func drawAbout(in rect: Rect, into buffer: inout Buffer) {
    guard let entry = gallery.selected, !rect.isEmpty else { return }
    let isBelow = rect.height <= 6
    var rest = rect
    if isBelow {
      buffer.horizontalLine(x: rest.x - 2, y: rest.y, length: rest.width + 4)
      rest = rest.splitTop(1).rest
    }
    func write(_ text: String, _ style: Style, gap: Int) {
      let rows = buffer.write(wrapping: text, in: rest, style: style)
      rest = rest.splitTop(rows + gap).rest
    }
    write(entry.title, .heading, gap: isBelow ? 0 : 1)
    if !entry.summary.isEmpty { write(entry.summary, .plain, gap: isBelow ? 0 : 1) }
    if !entry.tags.isEmpty { write(entry.tags.joined(separator: ", "), Style(.value), gap: isBelow ? 0 : 1) }
    write(entry.fileName, .dim, gap: 0)
  }
}
