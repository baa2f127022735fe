import Screen
import Traces

/// The places that make Deferreds, with how many, and how those stand: however many there are, a few dozen rows.
struct SitesPanel {
  let scene: Scene
  let timeline: Timeline
  let order: SiteOrder
  let selected: Int?
  let isFocused: Bool

  private var selectedRow: Int { selected.flatMap { order.row(of: $0) } ?? 0 }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    guard !order.sites.isEmpty else {
      return drawEmpty("No Deferred has been made yet. Press s to step.", in: rect, into: &buffer)
    }
    let list = RowList(rect, showing: selectedRow, of: order.sites.count, isFocused: isFocused)
    let widest = list.range.compactMap { scene.known.sites.at(Int(order.sites[$0]))?.made }.max() ?? 0
    for index in list.range {
      let id = Int(order.sites[index])
      guard let known = scene.known.sites.at(id) else { continue }
      let row = list.place(of: index)
      draw(known, digits: String(widest).utf8.count, in: row, into: &buffer)
      RowList.mark(row, isCurrent: false, isSelected: id == selected, isFocused: isFocused, into: &buffer)
    }
  }

  /// The site in a row of the screen, from 0.
  func site(ofRow row: Int, height: Int) -> Int? {
    let index = firstVisibleRow(showing: selectedRow, of: order.sites.count, height: height) + row
    return order.sites.indices.contains(index) ? Int(order.sites[index]) : nil
  }

  private func draw(_ known: SiteState, digits: Int, in row: Rect, into buffer: inout Buffer) {
    let isLibrary = known.site.place?.isOfLibrary ?? false
    var writer = RowWriter(row.splitLeft(2).rest)
    writer.column(String(known.made), width: digits, .dim, align: .trailing, into: &buffer)
    let nameWidth = min(32, max(8, row.width / 3))
    let name = fittedName(SiteWords.name(of: known, timeline), to: nameWidth, glyphs: scene.glyphs)
    writer.column(name, width: nameWidth, isLibrary ? .plain : Style(.plain, .bold), into: &buffer)
    let now = scene.world.sites.at(known.id)
    let place = known.site.place.map { placeText($0, isShort: true) } ?? known.site.origin
    for (text, role) in SiteWords.counts(now, known: known) {
      writer.write(text, Style(role), into: &buffer)
    }
    if width(of: place) + 1 < writer.rest.width {
      buffer.write(place, in: writer.rest, style: .dim, align: .trailing)
    }
  }
}

/// What is said of a place that makes Deferreds.
enum SiteWords {
  static func name(of site: SiteState, _ timeline: Timeline) -> String { siteName(site, timeline) }

  /// How those stand that have been made, the worst first; how many come later where none has.
  static func counts(_ now: SiteState?, known: SiteState) -> [(text: String, role: Role)] {
    guard let now, now.made > 0 else { return [("\(known.made) to come", .dim)] }
    var counts: [(String, Role)] = []
    if now.unhandled > 0 { counts.append(("\(now.unhandled) unhandled", .unhandled)) }
    let failed = now.failed - now.unhandled
    if failed > 0 { counts.append(("\(failed) failed", .failure)) }
    if now.passedOn > 0 { counts.append(("\(now.passedOn) failed and passed on", .passed)) }
    if now.made > now.fired { counts.append(("\(now.made - now.fired) not fired", .waiting)) }
    let fine = now.fired - max(now.failed, now.unhandled) - now.passedOn
    if fine > 0 { counts.append(("\(fine) fired", .callbackLine)) }
    if known.made > now.made { counts.append(("\(known.made - now.made) to come", .dim)) }
    return counts.enumerated().map { index, count in
      (text: index == 0 ? count.0 : ", \(count.0)", role: count.1)
    }
  }
}
