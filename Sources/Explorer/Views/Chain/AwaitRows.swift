import Screen
import Traces

/// The steps of a coroutine above the chain of its Deferred: where it waited, on what, and what came back.
struct AwaitRows {
  let session: Session
  let scene: Scene
  let deferred: DeferredState

  /// How many rows of a chain's content they take: half of it at most, unless there is no stage to be drawn.
  static func height(of deferred: DeferredState, in session: Session, content: Int) -> Int {
    guard deferred.generator != nil, content >= (deferred.stages.isEmpty ? 4 : 8) else { return 0 }
    let most = deferred.stages.isEmpty ? max(content - 3, 3) : content / 2
    let count = session.awaits(of: deferred.id, limit: most - 1).count
    return count == 0 ? 0 : count + 1
  }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let (rows, last) = rect.splitBottom(1)
    for (index, row) in session.awaits(of: deferred.id, limit: rows.height).enumerated() {
      draw(row, in: rows.row(index), into: &buffer)
    }
    buffer.horizontalLine(
      x: last.x + 2, y: last.y, length: max(0, last.width - 4), style: Style(.border), in: last)
  }

  private func draw(_ row: AwaitStep, in rect: Rect, into buffer: inout Buffer) {
    let isFuture = row.step > scene.world.step
    var isOpen = false
    var writer = RowWriter(rect.splitLeft(2).rest)
    let place = row.place.map { placeText($0, isShort: true) } ?? ""
    writer.column(
      fittedName(place, to: placeWidth(rect.width), glyphs: scene.glyphs), width: placeWidth(rect.width),
      .dim,
      into: &buffer)
    func style(_ style: Style) -> Style { isFuture ? .dim : style }
    switch row.what {
    case .begins(let name):
      writer.write("\(scene.glyphs[.current]) \(name) begins", style(.plain), into: &buffer)
    case .waits(let inner, let until, let outcome):
      isOpen = until.map { $0 > scene.world.step } ?? true
      drawCode(row, with: &writer, rect.width, isFuture, into: &buffer)
      let verb = rect.width < 60 ? "" : isFuture ? "will wait on " : "waits on "
      let on = inner.map { verb + scene.name(of: $0) } ?? "gives on a plain value"
      writer.write("\(scene.glyphs[.wait]) \(on)", style(Style(.waiting)), into: &buffer)
      if let end = row.endTime, !isOpen, let outcome {
        let span = inner == nil ? " " : ", \(spanText(end &- row.time)) "
        writer.write(span, style(.dim), into: &buffer)
        let text = "\(scene.glyphs[.arrowRight]) \(knownText(of: outcome))"
        writer.write(text, style(scene.style(of: outcome)), into: &buffer)
      }
    case .ends(let end): draw(end, with: &writer, isFuture, into: &buffer)
    }
    if isOpen, !isFuture { buffer.put(.current, at: rect.origin, style: Style(.waiting, .bold), in: rect) }
  }

  /// The line of the program, where there is room and its file is at hand.
  private func drawCode(
    _ row: AwaitStep, with writer: inout RowWriter, _ columns: Int, _ isFuture: Bool,
    into buffer: inout Buffer
  ) {
    guard columns >= 70, let line = row.place.flatMap({ session.sourceLine(at: $0) }) else { return }
    let room = columns / 3
    writer.column(
      fitted(line, to: room, glyphs: scene.glyphs), width: room, isFuture ? .dim : Style(.string),
      into: &buffer)
  }

  private func placeWidth(_ columns: Int) -> Int { min(16, max(10, columns / 5)) }

  private func draw(
    _ end: HandlerEnd, with writer: inout RowWriter, _ isFuture: Bool, into buffer: inout Buffer
  ) {
    let glyphs = scene.glyphs
    // What is yet to come is dim, and told in words, too.
    let returns = "\(glyphs[.check]) \(isFuture ? "will return" : "returns") "
    let raises = "\(glyphs[.raise]) \(isFuture ? "will raise" : "raises") "
    let (text, style): (String, Style) =
      switch end {
      case .returned(let value): (returns + scene.text(of: value), Style(.callbackLine))
      case .returnedDeferred(let id): ("\(returns)the Deferred \(scene.name(of: id))", Style(.callbackLine))
      case .returnedFailure(let id), .raised(let id):
        (raises + scene.knownText(ofFailure: id), Style(.failure))
      }
    writer.write(text, isFuture ? .dim : style, into: &buffer)
  }

  private func knownText(of outcome: Outcome) -> String {
    if case .failure(let id) = outcome { return scene.knownText(ofFailure: id) }
    return scene.text(of: outcome)
  }
}
