import Screen
import Traces

/// The bottom line: the prompt while one types, else a message, else what runs long, else keys to press.
struct KeyLine {
  let model: Model

  func draw(in rect: Rect, into buffer: inout Buffer) {
    guard !rect.isEmpty else { return }
    let inside = rect.inset(rect.width > 20 ? 1 : 0, 0)
    if let prompt = model.prompt {
      draw(prompt, in: inside, into: &buffer)
    } else if let message = model.message {
      draw(message, in: inside, into: &buffer)
    } else if let pending = pendingText {
      buffer.write(pending, in: inside, style: Style(.key))
    } else if let session = model.session, let work = session.work {
      buffer.write(Self.text(of: work, session), in: inside, style: Style(.waiting))
    } else {
      drawHints(in: inside, into: &buffer)
    }
  }

  /// The rows it takes: the last one, where the screen has one for it or something must be said, and more for
  /// a long message. Half a sentence helps nobody; what stood there, the status line too, moves up.
  func place(in keys: Rect, of size: Size, glyphs: Glyphs) -> Rect {
    var rows = keys.height
    if model.prompt != nil {
      rows = 1
    } else if let message = model.message {
      let most = min(Self.messageRows, size.height / 3 + 1)
      rows = wrapped(message.text, to: Self.inside(size.width), limit: most, glyphs: glyphs).count
    }
    return Rect(x: 0, y: size.height - rows, width: size.width, height: rows)
  }

  private static func inside(_ width: Int) -> Int { width > 20 ? width - 2 : width }

  private func draw(_ message: Message, in rect: Rect, into buffer: inout Buffer) {
    buffer.write(wrapping: message.text, in: rect, style: Self.style(of: message))
  }

  /// More rows than this no message takes.
  private static let messageRows = 4

  private static func style(of message: Message) -> Style {
    switch message.kind {
    case .info: .plain.bold
    case .warning: Style(.warning)
    case .error: Style(.error)
    }
  }

  /// What has been typed so far of a command of several keys.
  private var pendingText: String? {
    if let count = model.count {
      return count == 0
        ? "How many times, and then which key? Esc forgets it." : "\(count) times what? Esc forgets it."
    }
    switch model.pending {
    case .setBookmark: return "Bookmark this step under which letter?"
    case .deleteBookmark: return "Delete the bookmark of which letter?"
    case .goToBookmark: return "Go to the bookmark of which letter?"
    default: return nil
    }
  }

  private static func text(of work: Work, _ session: Session) -> String {
    let done = session.progress.map { progress in
      let total = progress.total.map { " of \($0)" } ?? ""
      return ": \(progress.done)\(total)"
    }
    let loaded = session.loadedPercent.map { ", \($0)% of the recording read" } ?? ""
    return "\(work.title)\(done ?? "") steps\(loaded). ^C stops it."
  }

  // MARK: The prompt

  private func draw(_ prompt: Prompt, in rect: Rect, into buffer: inout Buffer) {
    let labelWidth = buffer.write(prompt.label, in: rect, style: Style(.key, .bold))
    let area = rect.splitLeft(labelWidth).rest
    guard area.width > 1 else { return }
    let before = String(prompt.line.characters.prefix(prompt.line.cursor))
    let beforeWidth = width(of: before)
    // The text moves to the left so that the cursor stays in view.
    let hidden = max(0, beforeWidth - area.width + 1)
    buffer.write(prompt.text, at: Position(x: area.x - hidden, y: area.y), in: area)
    buffer.cursor = Position(x: area.x + beforeWidth - hidden, y: area.y)
    if let completion = prompt.completion, completion.candidates.count > 1 {
      let note = "\(completion.index + 1) of \(completion.candidates.count), Tab: next"
      let used = width(of: prompt.text)
      guard used + note.utf8.count + 2 < area.width else { return }
      buffer.write(note, in: area, style: .dim, align: .trailing)
    }
  }

  // MARK: Hints

  /// The commands that are hinted at, the most useful first, with a word for each; those that belong together
  /// share one.
  private static let explorerHints: [(commands: [Command], word: String)] = [
    ([.step, .stepBack], "step"), ([.over, .overBack], "over"), ([.nextMoment, .previousMoment], "time"),
    ([.nextFailure, .previousFailure], "Failure"), ([.play], "play"), ([.focusNext], "panel"),
    ([.zoom, .unzoom], "zoom"), ([.toStart, .toEnd], "ends"), ([.search], "search"), ([.filter], "filter"),
    ([.commandLine], "go to"), ([.out, .outBack], "out"), ([.whence], "whence"), ([.reload], "reload"),
  ]
  private static let galleryHints: [(commands: [Command], word: String)] = [
    ([.choose], "open"), ([.rowDown, .rowUp], "choose"), ([.search], "search"), ([.release], "show all"),
  ]
  private static let helpHints: [(commands: [Command], word: String)] = [
    ([.rowDown, .rowUp], "scroll"), ([.pageDown, .pageUp], "page"), ([.search], "search"),
  ]
  private var always: [(commands: [Command], word: String)] {
    let leavesProgram = model.help == nil && !(model.session != nil && model.isFromGallery)
    return [([.help], "help"), ([.back], leavesProgram ? "quit" : "back")]
  }

  private func drawHints(in rect: Rect, into buffer: inout Buffer) {
    let hints =
      switch model.mode {
      case .gallery: Self.galleryHints
      case .help: Self.helpHints
      default: (model.session?.question == nil ? [] : [([.answer], "answer")]) + Self.explorerHints
      }
    let ends = always.map { hint in (text(of: hint), hint) }
    let endWidth = ends.reduce(0) { $0 + width(of: $1.0) + 2 }
    var writer = RowWriter(rect)
    for hint in hints where width(of: text(of: hint)) + 2 + endWidth <= writer.rest.width {
      draw(hint, with: &writer, into: &buffer)
    }
    for (_, hint) in ends { draw(hint, with: &writer, into: &buffer) }
  }

  private func keys(of hint: (commands: [Command], word: String)) -> String {
    hint.commands.map { Bindings.keyName(of: $0) }.joined(separator: "/")
  }

  private func text(of hint: (commands: [Command], word: String)) -> String {
    "\(keys(of: hint)) \(hint.word)"
  }

  private func draw(
    _ hint: (commands: [Command], word: String), with writer: inout RowWriter, into buffer: inout Buffer
  ) {
    let isOff = hint.commands.allSatisfy { Bindings.binding(of: $0)?.disabledReason(model) != nil }
    writer.write(keys(of: hint), isOff ? .dim : Style(.key), into: &buffer)
    writer.write(" \(hint.word)  ", isOff ? .dim : .plain, into: &buffer)
  }
}
