import Screen
import Traces

/// Failures that are alike in one row: how many, of which type, and what became of them.
struct FailureGroupsPanel {
  let scene: Scene
  let groups: [FailureGroup]
  /// The row of the group that is selected.
  let selected: Int
  let isFocused: Bool

  func draw(in rect: Rect, into buffer: inout Buffer) {
    guard !groups.isEmpty else {
      return drawEmpty("No Failure has been born yet.", in: rect, into: &buffer)
    }
    let list = RowList(rect, showing: selected, of: groups.count, isFocused: isFocused)
    let widest = list.range.map { groups[$0].members.count }.max() ?? 0
    for index in list.range {
      let row = list.place(of: index)
      draw(groups[index], digits: String(widest).utf8.count, in: row, into: &buffer)
      RowList.mark(row, isCurrent: false, isSelected: index == selected, isFocused: isFocused, into: &buffer)
    }
  }

  /// The group in a row of the screen, from 0.
  func group(ofRow row: Int, height: Int) -> FailureGroup? {
    let index = firstVisibleRow(showing: selected, of: groups.count, height: height) + row
    return groups.indices.contains(index) ? groups[index] : nil
  }

  private func draw(_ group: FailureGroup, digits: Int, in row: Rect, into buffer: inout Buffer) {
    // An errback that takes a Failure has the same sign in a chain, whatever it asked for.
    let sign: FateKind = group.isUnasked ? .trapped : group.kind
    let role = FateWords.role(of: sign)
    let isQuiet = group.isQuiet
    var writer = RowWriter(row.splitLeft(2).rest)
    writer.column(String(group.members.count), width: digits, .dim, align: .trailing, into: &buffer)
    writer.write("\(scene.glyphs[FateWords.glyph(of: sign)]) ", Style(role, .bold), into: &buffer)
    let typeWidth = max(8, writer.rest.width * 2 / 5)
    let type = fittedName(group.type, to: typeWidth, glyphs: scene.glyphs)
    writer.write(type, isQuiet ? .dim : Style(.failure, .bold), into: &buffer)
    let phrase = " " + Self.phrase(of: group, isEndKnown: scene.isEndKnown)
    writer.write(phrase, isQuiet ? .dim : Style(role), into: &buffer)
    guard !group.end.isEmpty else { return }
    let end = fittedName(group.end, to: max(3, writer.rest.width - 1), glyphs: scene.glyphs)
    writer.write(" \(end)", isQuiet ? .dim : Style(role), into: &buffer)
  }

  private static func phrase(of group: FailureGroup, isEndKnown: Bool) -> String {
    switch group.kind {
    case .unhandled: "unhandled in"
    case .alive: isEndKnown ? "alive at the end" : "on their way"
    case .swallowed: "swallowed by"
    case .logged: "logged"
    case .became: "became"
    case .trapped: "trapped by"
    case .caught: "caught in"
    case .taken: "taken by"
    }
  }
}
