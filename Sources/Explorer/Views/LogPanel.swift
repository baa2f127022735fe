import Screen
import Traces

/// What the program has said so far, the newest at the bottom.
struct LogPanel {
  let scene: Scene
  /// By index from 0.
  let selected: Int?
  let isFocused: Bool

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let log = scene.world.log
    guard let selected, !log.isEmpty else {
      return drawEmpty("Nothing has been logged yet.", in: rect, into: &buffer)
    }
    let list = RowList(rect, showing: selected, of: log.count, isFocused: isFocused)
    for index in list.range {
      let entry = log[index]
      let row = list.place(of: index)
      var writer = RowWriter(row.splitLeft(2).rest)
      writer.write(clockText(entry.time) + " ", Style(.number), into: &buffer)
      let style = style(of: entry)
      if entry.kind != "log" { writer.write("\(entry.kind) ", style.bold, into: &buffer) }
      if !entry.who.isEmpty { writer.write("\(entry.who): ", .dim, into: &buffer) }
      writer.write(entry.text, style, into: &buffer)
      RowList.mark(
        row, isCurrent: entry.step == scene.world.step, isSelected: index == selected, isFocused: isFocused,
        into: &buffer)
    }
  }

  private func style(of entry: LogEntry) -> Style {
    switch entry.kind {
    case "error", "dropped": Style(.error)
    case "unhandled": Style(.unhandled)
    case "say", "mark": .dim
    default: .plain
    }
  }
}
