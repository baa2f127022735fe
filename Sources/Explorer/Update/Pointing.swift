import Screen
import Traces

/// The mouse: a click focuses a panel and selects a row, the wheel moves in what is under it.
extension Model {
  private static let wheelRows = 3

  mutating func take(_ mouse: Mouse) -> [Effect] {
    guard isMouseOn, prompt == nil else { return [] }
    switch mouse.kind {
    case .scrollUp: turnWheel(by: -Self.wheelRows, at: mouse.position)
    case .scrollDown: turnWheel(by: Self.wheelRows, at: mouse.position)
    case .press where mouse.button == .left: _ = point(at: mouse.position)
    case .doubleClick where mouse.button == .left: return point(at: mouse.position) ? choose() : []
    case .press, .release, .drag, .doubleClick: break
    }
    return []
  }

  /// The wheel moves in the panel under it, which gets the focus.
  private mutating func turnWheel(by rows: Int, at position: Position) {
    if help == nil, session != nil {
      guard let panel = layout.panel(at: position) else { return }
      session?.giveFocus(to: panel)
    }
    move(RowMove(rows: rows))
  }

  /// Focuses and selects what is drawn there; false where that is no thing.
  private mutating func point(at position: Position) -> Bool {
    message = nil
    guard help == nil else { return false }
    guard session != nil else {
      guard let row = galleryRow(at: position) else { return false }
      gallery.select(row)
      return true
    }
    guard let panel = layout.panel(at: position) else { return false }
    session?.giveFocus(to: panel)
    guard let subject = subject(at: position, in: panel) else { return false }
    session?.select(subject)
    return true
  }
}

extension Session {
  /// Selects one thing, and holds it where it is a Deferred.
  mutating func select(_ subject: Subject) {
    switch subject {
    case .stage(let id, let stage):
      hold(id)
      selection.stage = stage
    case .deferred(let id): hold(id)
    case .site(let id): selection.site = id
    case .timer(let id): (selection.timer, selection.actor) = (id, nil)
    case .actor(let id): (selection.timer, selection.actor) = (nil, id)
    case .failure(let id): selection.failure = id
    case .event(let step): selection.event = step
    case .line(let line): selection.line = line
    case .logEntry(let index): selection.logEntry = index
    }
  }
}
