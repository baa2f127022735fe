import Screen
import Traces

/// Every Failure so far in two rows: what and where it was born, and what became or will become of it.
struct FailuresPanel {
  static let rowsPerFailure = 2
  let scene: Scene
  let rows: FailureRows
  let selected: FailureID?
  let isFocused: Bool

  func draw(in rect: Rect, into buffer: inout Buffer) {
    guard rows.count > 0 else {
      if case .some = rows { return drawEmpty("No Failure is as asked for.", in: rect, into: &buffer) }
      let more = scene.known.failures.isEmpty ? "" : " Press e to go to the first one."
      return drawEmpty("No Failure has been born yet.\(more)", in: rect, into: &buffer)
    }
    let first = firstRow(height: rect.height)
    for index in 0...rect.height / Self.rowsPerFailure {
      guard let id = rows[first + index], let failure = scene.failure(id) ?? scene.known.failures.at(id)
      else { break }
      draw(failure, in: rect.splitTop(index * Self.rowsPerFailure).rest, into: &buffer)
    }
  }

  private func firstRow(height: Int) -> Int {
    let visible = max(1, height / Self.rowsPerFailure)
    return firstVisibleRow(
      showing: selected.map { rows.row(of: $0) } ?? rows.count - 1, of: rows.count, height: visible)
  }

  /// The Failure in a row of the screen, from 0.
  func failure(ofRow row: Int, height: Int) -> FailureID? {
    rows[firstRow(height: height) + row / Self.rowsPerFailure]
  }

  /// How many ended in which way, the worst first: in words where there is room, else in signs.
  static func counts(_ index: FailureIndex, total: Int, room: Int, glyphs: Glyphs, isEndKnown: Bool) -> String
  {
    let counts = FateKind.allCases.filter { index.count(of: $0) > 0 }
    let words = counts.map { kind in
      let word = kind == .alive && !isEndKnown ? "on their way" : kind.word
      return "\(index.count(of: kind)) \(word)"
    }
    let long = "\(total): " + words.joined(separator: ", ")
    if counts.count > 0, width(of: long) <= room { return long }
    let signs = counts.map { "\(glyphs[FateWords.glyph(of: $0)])\(index.count(of: $0))" }
    let short = "\(total): " + signs.joined(separator: " ")
    return counts.count > 0 && width(of: short) <= room ? short : "\(total)"
  }

  private func draw(_ failure: FailureState, in rect: Rect, into buffer: inout Buffer) {
    let isFuture = failure.firstToldAt > scene.world.step
    let fate = FateWords(failure, in: scene)
    var title = RowWriter(rect.row(0).splitLeft(2).rest)
    title.write("\(scene.glyphs[fate.glyph]) ", Style(fate.role, .bold), into: &buffer)
    title.write(scene.text(of: failure), isFuture ? .dim : Style(.failure, .bold), into: &buffer)
    let place = scene.showsPlaces ? failure.bornPlace.map { " at \(placeText($0, isShort: true))" } : nil
    let born = place ?? failure.bornIn.map { " in \(scene.name(of: $0))" } ?? ""
    let note =
      failure.bornAt == 0
      ? scene.known.dropped > 0 ? " its birth is not told" : " there before the trace"
      : isFuture
        ? " to be born at step \(failure.bornAt)\(place ?? "")" : " born at step \(failure.bornAt)\(born)"
    if width(of: note) <= title.rest.width {
      buffer.write(note, in: title.rest, style: .dim, align: .trailing)
    }
    buffer.write(fate.text, in: rect.row(1).splitLeft(4).rest, style: isFuture ? .dim : Style(fate.role))
    RowList.mark(
      rect.row(0), isCurrent: false, isSelected: failure.id == selected, isFocused: isFocused, into: &buffer)
  }
}
