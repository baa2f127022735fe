import Screen
import Traces

/// The timers that are pending on a time axis and as a list, and what else runs on the clock.
struct TimersPanel {
  let scene: Scene
  let selected: Subject?
  let isFocused: Bool

  /// The timers that run now and those that are due next, as many as a list of so many rows shows.
  private func rows(height: Int) -> ArraySlice<TimerID> {
    guard case .timer? = selected else { return scene.world.listedTimers(limit: height).prefix(height) }
    let timers = scene.world.listedTimers()
    let row = timers.firstIndex { .timer($0) == selected } ?? 0
    return timers.dropFirst(firstVisibleRow(showing: row, of: timers.count, height: height)).prefix(height)
  }

  /// What stands in a row, from 0.
  func subject(ofRow row: Int, height: Int) -> Subject? {
    let listed = height - actorRows(height: height)
    if row >= listed { return .actor(firstActor(height: height) + row - listed) }
    let axis = Self.axisRows(height: listed)
    let rows = rows(height: listed - axis)
    return row >= axis ? rows.dropFirst(row - axis).first.map { .timer($0) } : nil
  }

  /// The rows of loops, tasks, locks, semaphores and queues.
  private func actorRows(height: Int) -> Int { min(scene.world.actors.count, height / 2) }

  private func firstActor(height: Int) -> ActorID {
    var row = 0
    if case .actor(let id)? = selected { row = id }
    return firstVisibleRow(showing: row, of: scene.world.actors.count, height: actorRows(height: height))
  }

  /// The rows above the list: the axis.
  static func axisRows(height: Int) -> Int { height >= 4 ? 2 : 0 }

  func draw(in rect: Rect, into buffer: inout Buffer) {
    let actors = drawActors(in: rect, into: &buffer)
    let (axis, list) = actors.splitTop(Self.axisRows(height: actors.height))
    let timers = rows(height: list.height)
    guard !timers.isEmpty else {
      let text = "No timer is pending at \(clockText(scene.world.time))."
      return drawEmpty(text, in: actors, into: &buffer)
    }
    if !axis.isEmpty { drawAxis(Array(timers), in: axis, into: &buffer) }
    let listedTimers = timers.compactMap { scene.world.timers.at($0) }
    let waitWidth = listedTimers.map { wait(of: $0, columns: Self.waitColumns).utf8.count }.max() ?? 0
    for (index, timer) in listedTimers.enumerated() {
      draw(timer, waitWidth: max(Self.waitColumns, waitWidth), in: list.row(index), into: &buffer)
    }
    let (pending, running) = (scene.world.pendingTimers.count, scene.world.runningTimers.count)
    let hidden = running + pending - timers.endIndex
    if hidden > 0, timers.count == list.height {
      let text = " +\(hidden) more"
      buffer.write(text, in: list.row(list.height - 1).splitRight(text.utf8.count).right, style: .dim)
    }
  }

  /// So many columns are there for how long a timer waits; more where a row needs them.
  private static let waitColumns = 8

  private func wait(of timer: TimerState, columns: Int) -> String {
    timer.state == .running ? "runs" : waitText(timer.due &- scene.world.time, columns: columns)
  }

  private func draw(_ timer: TimerState, waitWidth: Int, in row: Rect, into buffer: inout Buffer) {
    let isRunning = timer.state == .running
    var writer = RowWriter(row.splitLeft(2).rest)
    let due = clockText(timer.due)
    writer.column(due, width: max(8, due.utf8.count), Style(.timer), align: .trailing, into: &buffer)
    let wait = wait(of: timer, columns: waitWidth)
    writer.column(wait, width: waitWidth, isRunning ? Style(.title) : .dim, into: &buffer)
    let name = fittedName(timer.name ?? "timer \(timer.id)", to: writer.rest.width, glyphs: scene.glyphs)
    writer.write(name, Style(.plain, isRunning ? .bold : []), into: &buffer)
    RowList.mark(
      row, isCurrent: isRunning, isSelected: .timer(timer.id) == selected, isFocused: isFocused,
      into: &buffer)
  }

  // MARK: The axis

  /// From now at the left to the last timer that is listed at the right.
  private func drawAxis(_ timers: [TimerID], in rect: Rect, into buffer: inout Buffer) {
    let now = scene.world.time
    let dues = timers.compactMap { scene.world.timers.at($0)?.due }
    let end = dues.max() ?? now
    let line = rect.row(1).inset(1, 0)
    guard line.width >= 8 else { return }
    let nowText = "now \(clockText(now))"
    let endText = clockText(end)
    buffer.write(nowText, in: rect.row(0).inset(1, 0), style: Style(.timer, .bold))
    if end > now, nowText.utf8.count + endText.utf8.count + 3 <= line.width {
      buffer.write(endText, in: rect.row(0).inset(1, 0), style: Style(.timer), align: .trailing)
    }
    buffer.horizontalLine(x: line.x, y: line.y, length: line.width, style: Style(.border), in: line)
    let axis = TimeAxis(from: now, through: dues, width: line.width, compressesGaps: scene.showsPlaces)
    for column in axis.breaks {
      let mark = scene.glyphs == .unicode ? "╱╱" : "//"
      buffer.write(mark, at: Position(x: line.x + column, y: line.y), style: Style(.border), in: line)
    }
    for due in dues where due > now {
      let x = line.x + axis.column(of: due)
      buffer.put(.timerDue, at: Position(x: x, y: line.y), style: Style(.timer), in: line)
    }
    buffer.put(.current, at: line.origin, style: Style(.waiting, .bold), in: line)
  }

  // MARK: Loops, tasks, locks

  /// Draws loops, tasks, locks, semaphores and queues at the bottom, and gives what is left.
  private func drawActors(in rect: Rect, into buffer: inout Buffer) -> Rect {
    let count = actorRows(height: rect.height)
    let (rest, area) = rect.splitBottom(count)
    let first = firstActor(height: rect.height)
    for index in 0..<count {
      let actor = scene.world.actors[first + index]
      var writer = RowWriter(area.row(index).splitLeft(2).rest)
      let words = ActorWords(actor, in: scene)
      writer.write("\(scene.glyphs[words.glyph]) ", Style(words.role), into: &buffer)
      writer.write(actor.name, Style(.plain, .bold), into: &buffer)
      writer.write(" \(words.text)", Style(words.role), into: &buffer)
      RowList.mark(
        area.row(index), isCurrent: false, isSelected: .actor(actor.id) == selected, isFocused: isFocused,
        into: &buffer)
    }
    return rest
  }
}

/// The state of a loop, task, lock, semaphore or queue in a sign and a few words.
struct ActorWords {
  var glyph: Glyph
  var text: String
  var role: Role

  init(_ actor: ActorState, in scene: Scene) {
    switch actor.kind {
    case .loop(let interval, let ticks, let isRunning):
      let count = counted(ticks, "tick")
      text = isRunning ? "loop every \(secondsText(interval)), \(count)" : "loop, stopped after \(count)"
      (glyph, role) = isRunning ? (.timer, .timer) : (.check, .passed)
    case .task(let cooperator, let pauses, let isDone):
      text = isDone ? "task, done" : pauses > 0 ? "task, paused" : "task of \(cooperator)"
      (glyph, role) = isDone ? (.check, .passed) : pauses > 0 ? (.paused, .waiting) : (.current, .plain)
    case .shared(let kind, let held, let waiting, let total):
      let of = total.map { " of \($0)" } ?? ""
      text = "\(kind), \(held)\(of) held, \(waiting) waiting"
      if kind == "queue" { text = "queue, \(held)\(of) in it, \(waiting) waiting" }
      if kind == "lock", held > 0, let holder = actor.deferred, let step = actor.givenAt,
        !scene.world.isUncertain(after: step)
      {
        text = "lock, \(scene.name(of: holder)) has it, \(waiting) waiting"
      }
      (glyph, role) = waiting > 0 ? (.wait, .waiting) : held > 0 ? (.fired, .plain) : (.unfired, .plain)
    }
    if let failure = actor.failure {
      text += ", ended by \(scene.text(ofFailure: failure))"
      (glyph, role) = (.raise, .failure)
    }
  }
}
