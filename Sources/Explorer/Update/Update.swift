import Screen
import Traces

/// Takes one thing from outside into the model, and says what it asks of whoever runs it.
///
/// It never waits and never runs long: what takes longer than a key may is done in slices, one for each
/// ``Input/idle``, as long as ``Effect/continueWork`` is among the answers.
package func update(_ model: inout Model, _ input: Input) -> [Effect] {
  var effects: [Effect] = []
  switch input {
  case .key(let key): effects = model.take(key)
  case .tick: model.tick()
  case .idle: model.idle()
  case .moreMayHaveCome:
    model.session?.isDry = false
    model.session?.hasWaited = true
  case .opened(let source, let name): model.open(source, name: name)
  case .reloaded(let source): model.reopen(source)
  case .openFailed(let name, let reason):
    let isReload = model.session?.name == name
    model.message = .error(isReload ? "Not read again: \(reason)" : reason)
  case .copied(let failure):
    model.message =
      failure.map { .error("Nothing was copied: \($0)") } ?? .info("Given to the terminal's clipboard.")
  }
  model.session?.lookAround()
  if model.session?.hasIdleWork == true { effects.append(.continueWork) }
  return effects
}

extension Model {
  fileprivate mutating func take(_ key: Key) -> [Effect] {
    switch key {
    case .resize(let newSize):
      size = newSize
      return []
    case .mouse(let mouse): return take(mouse)
    case .paste(let text):
      paste(text)
      return []
    case .endOfInput: return [.quit]
    default: break
    }
    message = nil
    if prompt != nil { return typeInPrompt(key) }
    if let pending { return takeLetter(key, for: pending) }
    if let count, case .character(let character) = key, character.isASCII,
      let digit = character.wholeNumberValue
    {
      self.count = min(count * 10 + digit, Self.countLimit)
      return []
    }
    return press(key)
  }

  /// Nobody means more steps than this, and it can be multiplied safely.
  private static let countLimit = 999_999_999

  /// Does what a key is bound to, or says why not.
  fileprivate mutating func press(_ key: Key) -> [Effect] {
    let count = count
    self.count = nil
    if key == .escape, count != nil { return [] }
    guard let binding = Bindings.binding(for: key, in: mode) else {
      let name = key == .unknown ? "That key" : key.description
      message = .info("\(name) does nothing here; ? shows the keys.")
      return []
    }
    return perform(binding, times: binding.takesCount ? max(1, count ?? 1) : 1)
  }

  /// Does what a row of the table says, or says why it can't act now.
  mutating func perform(_ binding: Binding, times: Int = 1) -> [Effect] {
    // The reasons are about the session, and in the help a key acts on the help.
    if help == nil, let reason = binding.disabledReason(self) {
      message = .info(reason)
      return []
    }
    return perform(binding.command, times: times)
  }

  fileprivate mutating func takeLetter(_ key: Key, for command: Command) -> [Effect] {
    pending = nil
    guard case .character(let letter) = key,
      letter.isLetter || letter.isNumber || letter == "'" && command == .goToBookmark
    else {
      let isLeft = key == .escape || key == .control("c")
      message = isLeft ? nil : .info("A bookmark is a letter or a digit.")
      return []
    }
    switch command {
    case .setBookmark: message = session?.setBookmark(letter)
    case .deleteBookmark: message = session?.deleteBookmark(letter)
    default: message = session?.goToBookmark(letter)
    }
    return []
  }

  fileprivate mutating func tick() {
    guard var session, session.playback.isPlaying, session.work == nil else { return }
    playOn(&session)
    self.session = session
  }

  fileprivate mutating func playOn(_ session: inout Session) {
    let way: Goal.Way = session.playback.direction == .back ? .back : .forward
    let isAtLimit = way == .back ? session.isAtStart : session.isAtEnd
    if isAtLimit {
      session.playback.direction = nil
      message = .info(way == .back ? "This is the start: playing stops." : "This is the end: playing stops.")
      return
    }
    let waited = session.isDry && session.step == session.knownSteps
    let said = session.go(to: .filtered(way))
    if session.isDry {
      // What grows may grow on: playing follows it.
      message = .info("Playing waits for more: \(counted(session.knownSteps, "step")) so far. Space pauses.")
    } else if let said {
      session.playback.direction = nil
      message = said
    } else if waited {
      message = nil
    }
  }

  fileprivate mutating func idle() {
    if let said = session?.idle() { message = said }
  }

  fileprivate mutating func open(_ source: any RecordSource, name: SourceName) {
    var session = Session(source, name: name, files: files)
    let said = session.goToOpening()
    self.session = session
    help = nil
    prompt = nil
    count = nil
    pending = nil
    message = said
  }

  fileprivate mutating func reopen(_ source: any RecordSource) {
    guard let old = session else { return }
    var session = Session(source, name: old.name, files: files)
    session.focus = old.focus
    session.isZoomed = old.isZoomed
    session.subjectPanel = old.subjectPanel
    session.placePanel = old.placePanel
    session.deferredsView = old.deferredsView == .tree ? .tree : .sites
    session.playback = old.playback
    session.playback.direction = nil
    session.filter = old.filter.map { MatchIndex($0.query) }
    session.search = old.search.map { MatchIndex($0.query) }
    session.failures = FailureIndex(old.failures.filter)
    session.deferredFilter = old.deferredFilter.map { DeferredFilter($0.query) }
    message = session.go(to: .samePlace(Goal.Place(old)), keepsSelection: true)
    self.session = session
  }
}
