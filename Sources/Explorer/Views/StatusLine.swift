import Screen
import Traces

/// The line that is always there: step n of m, virtual time, per cent, and in one sentence why this step happened.
struct StatusLine {
  let session: Session
  let glyphs: Glyphs
  /// Whether all that the lesson says now is read in its own panel, so that it need not be said twice.
  var lessonIsShown = false

  private var dot: String { glyphs == .unicode ? " · " : " - " }

  /// `step 12 of 40 · t=1.000 s · 30% · parse raises GibberishError: bad line 3.`
  var text: String { heads[0] + dot + why }

  /// Which step this is, and when: in full, then shorter and shorter, for narrow screens.
  private var heads: [String] {
    let known = "\(session.knownSteps)\(session.isEndKnown ? "" : "+")"
    let step = "step \(session.step) of \(known)"
    let time = "\(clockText(session.world.time)) s"
    return [
      "\(step)\(dot)t=\(time)\(dot)\(session.percent)%", "\(step)\(dot)t=\(time)", "\(step) \(time)",
      "step \(session.step)/\(known) \(time)",
      "\(session.step)/\(known) \(time)",
    ]
  }

  private var why: String {
    guard let record = session.record else {
      if session.knownSteps == 0, session.isDry { return "nothing has come so far" }
      return session.knownSteps == 0 && session.isEndKnown
        ? session.source.fault.map { "ended early: \($0)" } ?? "nothing happens at all"
        : "the start: press s to step"
    }
    if lessonIsShown, session.step == Int(session.world.narratedAt) {
      return session.question == nil ? "The lesson says this." : "The lesson asks, and a answers."
    }
    let sentence = Narrator().sentence(for: record, in: session.world)
    // A sentence is one line, whatever a program puts into its names.
    return cleaned(
      record.thread.map { "\(sentence) (in \(session.source.words(forThread: $0)))" } ?? sentence)
  }

  /// What is switched on, playing, a filter, a Deferred that is held, and that the source has a fault.
  var flags: String {
    var flags: [String] = []
    if let percent = session.loadedPercent {
      flags.append(session.source.progress == nil ? "loading" : "loading \(percent)%")
    }
    if let direction = session.playback.direction {
      let arrow = glyphs[direction == .forward ? .current : .arrowLeft]
      flags.append("\(arrow) \(session.playback.speedText)")
    }
    if session.isEndKnown, session.source.fault != nil {
      flags.append(session.isAtEnd ? "ended early" : "ends early")
    }
    if session.timeline.frontier.contradictedAt > 0 { flags.append("contradicts itself") }
    if let filter = session.filter {
      flags.append("filter \(filter.query.text): \(filter.rank(of: session.step))/\(filter.steps.count)")
    }
    if let held = session.selection.deferred, let name = session.timeline.frontier.deferreds.at(held)?.name {
      // Before it is made another chain is shown, which nobody holds.
      flags.append("held \(name)" + (held < session.world.deferreds.count ? "" : ", not made yet"))
    }
    return flags.joined(separator: dot)
  }

  /// The rows that are drawn, each with what stands at its right end.
  ///
  /// Where all is short it is one row. Else the first row says where this is, and the ones below it why; a
  /// long sentence begins in the first row already, and at last takes rows from the panels.
  ///
  /// - Parameters:
  ///   - reserved: the rows that are free for it.
  ///   - most: the rows that it may take.
  func rows(width columns: Int, reserved: Int, most: Int) -> [(text: String, flags: String)] {
    let flags = flags
    let flagWidth = flags.isEmpty ? 0 : width(of: flags) + 2
    if reserved == 1 || most == 1, width(of: text) + flagWidth <= columns || most == 1 {
      return [(text, flags)]
    }
    let head = heads.first { width(of: $0) + flagWidth <= columns } ?? heads[heads.count - 1]
    let reasons = wrapped(why, to: columns, limit: most - 1, glyphs: glyphs)
    if reasons.count >= reserved, flags.isEmpty {
      let start = heads.first { width(of: $0) <= columns } ?? head
      let flow = wrapped(start + dot + why, to: columns, glyphs: glyphs)
      if flow.count <= reserved { return flow.map { ($0, "") } }
    }
    return [(head, flags)] + reasons.map { ($0, "") }
  }

  /// The rows on a whole screen.
  func rows(on size: Size, most: Int = .max) -> [(text: String, flags: String)] {
    rows(
      width: size.width - 2 * Self.margin(of: size), reserved: Layout.statusRows(of: size),
      most: max(1, min(most, Layout.mostStatusRows(of: size))))
  }

  private static func margin(of size: Size) -> Int { size.width > 20 ? 1 : 0 }

  /// Draws it right above the row `bottom`, at least so many rows high.
  func draw(above bottom: Int, height least: Int, into buffer: inout Buffer) {
    let (width, margin) = (buffer.size.width, Self.margin(of: buffer.size))
    let rows = rows(on: buffer.size, most: bottom)
    let height = max(rows.count, min(least, bottom))
    let rect = Rect(x: 0, y: bottom - height, width: width, height: height)
    let style = Style(.statusLine)
    buffer.fill(rect, style: style)
    for (index, row) in rows.enumerated() {
      let inside = rect.row(index).inset(margin, 0)
      let flagWidth = row.flags.isEmpty ? 0 : min(inside.width / 2, Screen.width(of: row.flags) + 2)
      let (room, flagRoom) = inside.splitRight(flagWidth)
      buffer.write(row.text, in: room, style: style)
      buffer.write(row.flags, in: flagRoom, style: style.bold, align: .trailing)
    }
  }
}
