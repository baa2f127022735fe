import Screen
import Traces

/// Every Failure so far in two rows: what and where it was born, and what became or will become of it.
struct FailuresPanel {
  static let rowsPerFailure = 2
  let scene: Scene
  let selected: FailureID?
  let isFocused: Bool

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let failures = scene.world.failures
    guard !failures.isEmpty else {
      let more = scene.known.failures.isEmpty ? "" : " Press e to go to the first one."
      return drawEmpty("No Failure has been born yet.\(more)", in: rect, into: &buffer)
    }
    let first = firstFailure(height: rect.height)
    for index in 0...rect.height / Self.rowsPerFailure where failures.at(first + index) != nil {
      draw(failures[first + index], in: rect.splitTop(index * Self.rowsPerFailure).rest, into: &buffer)
    }
  }

  private func firstFailure(height: Int) -> FailureID {
    let count = scene.world.failures.count
    let visible = max(1, height / Self.rowsPerFailure)
    return firstVisibleRow(showing: selected ?? count - 1, of: count, height: visible)
  }

  /// The Failure in a row, from 0.
  func failure(ofRow row: Int, height: Int) -> FailureID? {
    let id = firstFailure(height: height) + row / Self.rowsPerFailure
    return scene.world.failures.at(id) == nil ? nil : id
  }

  private func draw(_ failure: FailureState, in rect: Rect, into buffer: inout Buffer) {
    let fate = FateWords(failure, in: scene)
    var title = RowWriter(rect.row(0).splitLeft(2).rest)
    title.write("\(scene.glyphs[fate.glyph]) ", Style(fate.role, .bold), into: &buffer)
    title.write(scene.text(ofFailure: failure.id), Style(.failure, .bold), into: &buffer)
    let born = failure.bornIn.map { " in \(scene.name(of: $0))" } ?? ""
    let note = " born at step \(failure.bornAt)\(born)"
    if width(of: note) <= title.rest.width {
      buffer.write(note, in: title.rest, style: .dim, align: .trailing)
    }
    buffer.write(fate.text, in: rect.row(1).splitLeft(4).rest, style: Style(fate.role))
    RowList.mark(
      rect.row(0), isCurrent: false, isSelected: failure.id == selected, isFocused: isFocused, into: &buffer)
  }
}
