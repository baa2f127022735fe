import Screen
import Traces

/// What stands under a position on the screen.
extension Model {
  /// The thing on a row of a panel; nil where there is none.
  func subject(at position: Position, in panel: Panel) -> Subject? {
    guard let session, let rect = layout.rect(of: panel) else { return nil }
    let content = rect.splitTop(1).rest
    guard content.contains(position) else { return nil }
    let row = position.y - content.y
    let height = content.height
    func index(_ count: Int, showing selected: Int) -> Int? {
      let index = firstVisibleRow(showing: selected, of: count, height: height) + row
      return index < count ? index : nil
    }
    let world = session.world
    switch panel {
    case .events:
      let shown = session.shownEvent
      if let filter = session.filter {
        let selected = max(0, filter.rank(of: shown) - 1)
        return index(filter.steps.count, showing: selected).map { .event(Int(filter.steps[$0])) }
      }
      return index(session.knownSteps, showing: max(0, shown - 1)).map { .event($0 + 1) }
    case .source:
      let count = session.source.sourceText?.lines.count ?? 0
      return index(count, showing: session.shownLine ?? 0).map { .line($0) }
    case .log: return index(world.log.count, showing: session.shownLogEntry ?? 0).map { .logEntry($0) }
    case .chain, .deferreds, .timers, .failures, .details, .narration: return nil
    }
  }

  /// The row of the gallery under a position.
  func galleryRow(at position: Position) -> Int? { nil }
}
