import Screen
import Traces

/// The line that is always there: step n of m, virtual time, per cent, and in one sentence why this step happened.
struct StatusLine {
  let session: Session
  let glyphs: Glyphs

  /// `step 12 of 40 · t=1.000 s · 30% · parse raises GibberishError: bad line 3.`
  var text: String {
    let dot = glyphs == .unicode ? " · " : " - "
    let known = "\(session.knownSteps)\(session.isEndKnown ? "" : "+")"
    let parts = [
      "step \(session.step) of \(known)", "t=\(clockText(session.world.time)) s", "\(session.percent)%", why,
    ]
    return parts.joined(separator: dot)
  }

  private var why: String {
    guard let record = session.record else {
      return session.knownSteps == 0 && session.isEndKnown
        ? session.source.fault.map { "ended early: \($0)" } ?? "nothing happens at all"
        : "the start: press s to step"
    }
    if session.isAtEnd, let fault = session.source.fault { return "ended early: \(fault)" }
    return Narrator().sentence(for: record, in: session.world)
  }

  /// What is switched on, playing, a filter, a Deferred that is held, and that the source has a fault.
  var flags: String {
    var flags: [String] = []
    if let direction = session.playback.direction {
      let arrow = glyphs[direction == .forward ? .current : .arrowLeft]
      flags.append("\(arrow) \(session.playback.speedText)")
    }
    if session.isEndKnown, !session.isAtEnd, session.source.fault != nil { flags.append("ends early") }
    if let filter = session.filter {
      flags.append("filter \(filter.query.text): \(filter.rank(of: session.step))/\(filter.steps.count)")
    }
    if session.isHeld, let id = session.shownDeferred {
      flags.append("held \(session.world.deferreds[id].name)")
    }
    return flags.joined(separator: glyphs == .unicode ? " · " : " - ")
  }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    guard !rect.isEmpty else { return }
    let style = Style(.statusLine)
    buffer.fill(rect, style: style)
    let inside = rect.inset(rect.width > 20 ? 1 : 0, 0)
    let flags = flags
    let flagWidth = flags.isEmpty ? 0 : min(inside.width / 2, width(of: flags) + 2)
    let last = inside.row(inside.height - 1)
    let (room, flagRoom) = last.splitRight(flagWidth)
    buffer.write(flags, in: flagRoom, style: style.bold, align: .trailing)
    // The last row is shorter, where the flags stand.
    let lines =
      inside.height == 1 ? [text] : wrapped(text, to: inside.width, limit: inside.height, glyphs: glyphs)
    for (index, line) in lines.enumerated() {
      buffer.write(line, in: index == inside.height - 1 ? room : inside.row(index), style: style)
    }
  }
}
