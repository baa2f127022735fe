package import Screen
import Traces

// What stands where: the mouse asks, and the answer comes from the same arithmetic that draws.
extension Model {
  /// The thing that a panel shows at a place of the screen, if there is one.
  package func subject(at position: Position, in panel: Panel) -> Subject? {
    guard let session, let frame = layout.rect(of: panel) else { return nil }
    let view = SessionView(session: session, layout: layout, glyphs: glyphs)
    let bottom = KeyLine(model: self).place(in: layout.keys, of: size, glyphs: glyphs).y
    let rect = view.open(frame, above: bottom, on: size)
    guard rect.contains(position) else { return nil }
    if panel == .chain { return view.chainSubject(at: position, in: rect) }
    let content = rect.splitTop(1).rest
    let row = position.y - content.y
    return row >= 0 ? view.subject(ofRow: row, in: content, of: panel) : nil
  }

  /// The row of the gallery's list at a place of the screen.
  package func galleryRow(at position: Position) -> Int? {
    let body = fullScreenRect(layout, size).splitTop(1).rest
    return GalleryView.row(at: position, in: GalleryView.areas(in: body).list, gallery: gallery)
  }
}

extension SessionView {
  fileprivate func chainSubject(at position: Position, in rect: Rect) -> Subject? {
    let slots = chainArea.slots(in: rect)
    guard let slot = slots.first(where: { $0.rect.contains(position) }) else { return nil }
    let sight = session.world.deferreds.at(slot.deferred).map { ChainSight($0, in: scene) }
    guard let sight, sight.stageCount > 0 else { return .deferred(slot.deferred) }
    let isShown = slot.deferred == slots.first?.deferred
    let panel = ChainPanel(sight, selectedStage: isShown ? session.selection.stage : nil)
    let awaits = chainArea.awaitHeight(of: sight.deferred, content: slot.rect.height - 1)
    let stage = panel.stage(
      atRow: position.y - slot.rect.y - 1 - awaits, height: slot.rect.height - 1 - awaits,
      width: chainArea.slotWidth(in: rect, slot))
    return stage.map { .stage(slot.deferred, stage: $0) } ?? .deferred(slot.deferred)
  }

  /// What stands in a row of a panel's content, from 0.
  fileprivate func subject(ofRow row: Int, in rect: Rect, of panel: Panel) -> Subject? {
    func index(_ shown: Int, _ count: Int) -> Int? {
      let index = firstVisibleRow(showing: shown, of: count, height: rect.height) + row
      return index < count ? index : nil
    }
    switch panel {
    case .deferreds where session.deferredsView == .sites:
      return sites.site(ofRow: row, height: rect.height).map { .site($0) }
    case .deferreds:
      let rows = deferreds.rows(height: rect.height)
      return rows.indices.contains(row) ? .deferred(rows[row]) : nil
    case .timers:
      return timers.subject(ofRow: row, height: rect.height)
    case .events:
      return events.step(ofLine: row, height: rect.height).map { .event($0) }
    case .failures where session.failuresView == .groups:
      let group = failureGroups.group(ofRow: row, height: rect.height)
      return group?.members.first.map { .failure(Int($0)) }
    case .failures:
      let failures = FailuresPanel(
        scene: scene, rows: session.failureRows, selected: session.shownFailure, isFocused: false)
      return failures.failure(ofRow: row, height: rect.height).map { .failure($0) }
    case .source:
      let shown = (session.focus == .source ? session.shownLine : nil) ?? session.currentLine ?? 0
      return index(shown, session.shownSource?.lines.count ?? 0).map { .line($0) }
    case .log:
      return index(session.shownLogEntry ?? 0, session.world.log.count).map { .logEntry($0) }
    case .chain, .details, .narration: return nil
    }
  }
}
