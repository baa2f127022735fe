import Screen
import Traces

/// What happens, one sentence a step; only visible rows are looked at.
struct EventsPanel {
  let scene: Scene
  let timeline: Timeline
  /// The steps that the filter leaves, in order; nil without one.
  let steps: [Int32]?
  /// By step, from 1.
  let selected: Int
  /// The row of what is selected.
  let selectedRow: Int
  let isFocused: Bool
  /// Which waits are shown.
  let gaps: Gaps

  /// How many rows there are.
  var count: Int { steps?.count ?? timeline.frontier.step }

  /// The step of a row.
  func step(of row: Int) -> Int? {
    guard row >= 0, row < count else { return nil }
    return steps.map { Int($0[row]) } ?? row + 1
  }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    guard count > 0 else {
      let text = steps == nil ? "Nothing has happened yet. Press s to step." : "No event matches the filter."
      return drawEmpty(text, in: rect, into: &buffer)
    }
    let lines = lines(height: rect.height)
    let rows = lines.rows
    let digits = String(rows.last.flatMap { step(of: $0) } ?? 0).utf8.count
    let isNarrow = rect.width < Self.narrowWidth
    let timeWidth = timeWidth(of: rows, in: rect.width - 2 - digits, isNarrow)
    var sentences = EventSentences(timeline)
    for (index, line) in lines.lines.enumerated() {
      let place = rect.row(index)
      guard case .event(let row) = line else {
        if case .gap(let wait) = line { draw(gap: wait, after: digits + timeWidth, in: place, into: &buffer) }
        continue
      }
      guard let step = step(of: row), let record = timeline.record(at: step) else { continue }
      let isFuture = step > scene.world.step
      let isCurrent = step == scene.world.step
      let isNewTime = record.time != timeline.record(at: step - 1)?.time
      var writer = RowWriter(place.splitLeft(2).rest)
      writer.column(String(step), width: digits, .dim, align: .trailing, into: &buffer)
      if timeWidth > 0 {
        writer.column(
          clockText(record.time), width: timeWidth, Style(isNewTime ? .timer : .dim), align: .trailing,
          into: &buffer)
      }
      let indent = String(repeating: " ", count: min(4, max(0, record.depth)))
      let style = isFuture ? Style.dim : Style(Self.role(of: record.event), isCurrent ? .bold : [])
      if let label = label(of: record, isNarrow) { writer.write(label, Style(.label), into: &buffer) }
      writer.write(indent + sentences.next(record, at: step), style, into: &buffer)
      RowList.mark(
        place, isCurrent: isCurrent, isSelected: step == selected, isFocused: isFocused,
        into: &buffer)
    }
  }

  /// The lines in a list so high.
  func lines(height: Int) -> EventLines {
    let first = firstVisibleRow(showing: selectedRow, of: count, height: height)
    return EventLines(first..<max(first, min(count, first + height)), showing: selectedRow, height: height) {
      row in
      guard let step = self.step(of: row), let before = self.step(of: row - 1),
        let record = timeline.record(at: step),
        let last = timeline.record(at: before), case let wait = record.time &- last.time, gaps.isGap(wait)
      else { return nil }
      return wait
    }
  }

  /// The step in a line, from 0.
  func step(ofLine line: Int, height: Int) -> Int? {
    let lines = lines(height: height).lines
    guard lines.indices.contains(line), case .event(let row) = lines[line] else { return nil }
    return step(of: row)
  }

  private func draw(gap wait: Int64, after columns: Int, in row: Rect, into buffer: inout Buffer) {
    let dots = scene.glyphs == .unicode ? "···" : "..."
    let text = "\(dots) nothing for \(spanText(wait)) \(dots)"
    buffer.write(text, in: row.splitLeft(columns + 4).rest, style: Style(.timer))
  }

  /// Which thread or process does it, where that is not the main one.
  private func label(of record: Record, _ isNarrow: Bool) -> String? {
    record.thread.map {
      "[\(threadMark($0, in: timeline.source, isShort: isNarrow, glyphs: scene.glyphs))] "
    }
  }

  /// In fewer columns than this a process has its number alone.
  private static let narrowWidth = 60

  /// Fewer columns than this tell nothing of a sentence.
  private static let leastSentence = 20

  /// The columns that the longest time of these rows needs; none where labels leave no room for it in so many: the
  /// status line has the time, too.
  private func timeWidth(of rows: [Int], in columns: Int, _ isNarrow: Bool) -> Int {
    let records = rows.compactMap { row in step(of: row).flatMap { timeline.record(at: $0) } }
    let width = max(6, records.map { clockText($0.time).utf8.count + 1 }.max() ?? 0)
    let labels = records.compactMap { label(of: $0, isNarrow) }.map { Screen.width(of: $0) }.max() ?? 0
    return labels > 0 && columns - width - labels < Self.leastSentence ? 0 : width
  }

  /// How a kind of event looks: only what changes the course is set off.
  static func role(of event: Event) -> Role {
    switch event {
    case .failureBorn, .left(_, _, _, .raised), .left(_, _, _, .returnedFailure), .fired(_, .failure):
      .failure
    case .trapAsked(_, _, let matched): matched == nil ? .errbackLine : .trapped
    case .unhandled: .unhandled
    case .waits, .paused: .waiting
    case .clockAdvanced, .timerBegan: .timer
    case .note("error", _, _, _), .dropped: .error
    default: .plain
    }
  }
}

/// The sentences of steps in order, each told in the world right after it where that is near enough, else
/// in the last one that is known, which knows the same names.
struct EventSentences {
  /// Folding this many records takes far less than drawing a frame.
  private static let foldLimit = 2000
  private let timeline: Timeline
  private let narrator = Narrator()
  private var world: World?
  /// Less for each step that does not follow on the one before, as a filter leaves them.
  private var budget = foldLimit

  init(_ timeline: Timeline) { self.timeline = timeline }

  /// - Parameter step: a later one than before.
  mutating func next(_ record: Record, at step: Int) -> String {
    if world?.step == step - 1 {
      world?.advance(to: step)
    } else {
      world = timeline.world(at: step, folding: budget)
      budget -= Self.foldLimit / 20
    }
    return narrator.sentence(for: record, in: world ?? timeline.frontier)
  }
}
