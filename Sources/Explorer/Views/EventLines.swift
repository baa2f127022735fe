import Screen
import Traces

/// The lines of the event list that are on the screen: events, and between them the gaps in which nothing happened.
struct EventLines {
  enum Line: Equatable {
    /// A row of the list, from 0.
    case event(Int)
    /// A wait of so many microseconds before the event below.
    case gap(Int64)
  }
  let lines: [Line]

  /// - Parameters:
  ///   - rows: the rows that would be shown if there were no gaps.
  ///   - row: the row that must be in view.
  ///   - wait: how long nothing happened before a row, where that is a gap.
  init(_ rows: Range<Int>, showing row: Int, height: Int, wait: (Int) -> Int64?) {
    var lines: [Line] = []
    for here in rows {
      if here > rows.lowerBound, let wait = wait(here) { lines.append(.gap(wait)) }
      lines.append(.event(here))
    }
    let place = lines.firstIndex(of: .event(row)) ?? 0
    let first = firstVisibleRow(showing: place, of: lines.count, height: height)
    self.lines = Array(lines.dropFirst(first).prefix(height))
  }

  /// The rows that are shown.
  var rows: [Int] { lines.compactMap { if case .event(let row) = $0 { row } else { nil } } }
}
