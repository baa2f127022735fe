import Explorer
import Screen

/// Runs the explorer on a terminal until the person leaves: keys go to the model, frames to the terminal.
struct ExplorerLoop {
  private var model: Model
  private let terminal: any Terminal
  private let open: (SourceName) throws(OpenFailure) -> Opened
  /// The last effects asked for another slice of work.
  private var hasWork = false
  /// When the next step of a playing explorer is due.
  private var nextTick: ContinuousClock.Instant?
  /// When the screen was last painted: work shows its progress now and then, not at every slice.
  private var painted: ContinuousClock.Instant?

  /// Keys that wait are taken together before the next frame, up to so many, so that a held key never lags.
  private static let keysPerFrame = 64
  private static let progressInterval = Duration.milliseconds(50)

  init(model: Model, terminal: any Terminal, open: @escaping (SourceName) throws(OpenFailure) -> Opened) {
    self.model = model
    self.terminal = terminal
    self.open = open
  }

  /// Opens `first`, if any, and returns when the person quits or the terminal is gone.
  mutating func run(first: Opened?) {
    if let first, !handle(.opened(first.source, name: first.name)) { return }
    if let notes = first?.notes, !notes.isEmpty {
      model.message = .warning(notes.joined(separator: "; "))
    }
    while true {
      if !hasWork || painted.map({ $0.duration(to: .now) > Self.progressInterval }) ?? true { paint() }
      guard takeTurn() else { return }
    }
  }

  private mutating func paint() {
    terminal.present(view(model))
    painted = .now
  }

  /// Takes what comes next (keys, a tick, a slice of work); false when it is over.
  private mutating func takeTurn() -> Bool {
    guard let key = terminal.readKey(timeout_ms: waitingTime_ms()) else { return handle(nextInput()) }
    painted = nil
    guard handle(.key(key)) else { return false }
    for _ in 1..<Self.keysPerFrame {
      guard let next = terminal.readKey(timeout_ms: 0) else { return true }
      guard handle(.key(next)) else { return false }
    }
    return true
  }

  /// How long nothing but a key is waited for.
  private mutating func waitingTime_ms() -> Int? {
    guard let interval = model.tickInterval_ms else {
      nextTick = nil
      return hasWork ? 0 : model.waitsForMore ? patience_ms : nil
    }
    let due = nextTick ?? .now + .milliseconds(interval)
    nextTick = due
    if hasWork { return 0 }
    let left = ContinuousClock.now.duration(to: due)
    return max(0, Int(left / .milliseconds(1)))
  }

  private mutating func nextInput() -> Input {
    if nextTick == nil, !hasWork { return .moreMayHaveCome }
    guard let due = nextTick, ContinuousClock.now >= due else { return hasWork ? .idle : .tick }
    nextTick = nil
    painted = nil
    return .tick
  }

  private mutating func handle(_ input: Input) -> Bool {
    let effects = update(&model, input)
    hasWork = effects.contains(.continueWork)
    return effects.allSatisfy { perform($0) }
  }

  /// Does what the model asks for; false for the end.
  private mutating func perform(_ effect: Effect) -> Bool {
    switch effect {
    case .continueWork: return true
    case .quit: return false
    case .open(let name): return handle(opening(name) { .opened($0.source, name: $0.name) })
    case .reload(let name): return handle(opening(name) { .reloaded($0.source) })
    case .copy(let text):
      terminal.copy(text)
      return handle(.copied(failure: nil))
    case .setMouse(let on): terminal.setMouse(on)
    case .redraw: terminal.invalidate()
    case .suspend: terminal.suspend()
    }
    return true
  }

  private func opening(_ name: SourceName, _ input: (Opened) -> Input) -> Input {
    do throws(OpenFailure) { return input(try open(name)) } catch {
      return .openFailed(name: name, reason: error.summary)
    }
  }
}
