/// Doing what was typed after `:`.
extension Model {
  mutating func perform(typed text: String) -> [Effect] {
    session?.scanNames()
    let text = text.trimmed
    guard !text.isEmpty else { return [] }
    do throws(TypedFault) {
      if session != nil, let goal = try TypedPlace.goal(text) {
        go(to: goal)
        return []
      }
      let end = text.firstIndex(of: " ") ?? text.endIndex
      let argument = text[end...].trimmed
      let word = String(text[..<end])
      // What has that very name comes before a command that merely begins like it.
      let isName = !TypedCommand.names.contains(word) && session?.has(name: text) == true
      if !isName, let row = TypedCommand.row(for: word) { return try perform(row, argument) }
      // In a recording names have numbers: `fetch 12`, `fetch 12.parse`.
      let mayBeName = isName || argument.isEmpty || argument.first?.isNumber == true
      guard session != nil, mayBeName else { throw unknown(word) }
      go(toName: text)
    } catch {
      message = .error(error.text)
    }
    return []
  }

  private func unknown(_ word: String) -> TypedFault {
    let hint = nearestWord(to: word, in: TypedCommand.names).map { " Did you mean \($0)?" } ?? ""
    return TypedFault("There is no command called \(word).\(hint)")
  }

  private mutating func perform(_ row: TypedCommand, _ argument: String) throws(TypedFault) -> [Effect] {
    switch row.action {
    case .place: return []
    case .command(let command):
      guard let binding = Bindings.binding(of: command),
        session != nil || !binding.contexts.isDisjoint(with: [.gallery])
      else { throw TypedFault("That needs an open scenario.") }
      return perform(binding)
    case .helpAbout:
      help = HelpOverlay()
      help?.searchText = argument
    case .openFile:
      guard !argument.isEmpty else { throw TypedFault("Which file? :e NAME opens it.") }
      if session == nil { isFromGallery = true }
      return [.open(SourceName(argument))]
    case .mouse: return try setMouse(argument)
    case .gallery: session = nil
    default: try performInSession(row, argument)
    }
    return []
  }

  private mutating func performInSession(_ row: TypedCommand, _ argument: String) throws(TypedFault) {
    guard session != nil else { throw TypedFault("That needs an open scenario.") }
    switch row.action {
    case .to:
      guard !argument.isEmpty else { throw TypedFault("To which Deferred? :to NAME.") }
      go(toName: argument)
    case .search: beginSearch(for: argument)
    case .filter: setFilter(argument)
    case .speed: try setSpeed(argument)
    case .focus:
      let panel = Panel.allCases.first { $0.title.lowercased() == argument.lowercased() }
      guard let panel else {
        throw TypedFault("Which panel? \(row.arguments.joined(separator: ", ")).")
      }
      if let binding = Bindings.binding(of: .focus(panel)) { _ = perform(binding) }
    case .mark, .unmark:
      guard let letter = argument.first, argument.count == 1, letter.isLetter || letter.isNumber else {
        throw TypedFault("A bookmark is a letter or a digit: :\(row.name) a.")
      }
      message = row.action == .mark ? session?.setBookmark(letter) : session?.deleteBookmark(letter)
    case .marks: message = session?.listBookmarks()
    default: break
    }
  }

  private mutating func setMouse(_ argument: String) throws(TypedFault) -> [Effect] {
    switch argument {
    case "on": isMouseOn = true
    case "off": isMouseOn = false
    case "": isMouseOn.toggle()
    default: throw TypedFault("The mouse is on or off: :mouse off.")
    }
    message = .info(isMouseOn ? "The mouse acts here." : "The mouse is left to the terminal.")
    return [.setMouse(isMouseOn)]
  }

  private mutating func setSpeed(_ argument: String) throws(TypedFault) {
    guard let speed = Double(argument), speed > 0, speed.isFinite else {
      throw TypedFault("How many steps a second? :speed 5.")
    }
    session?.playback.setSpeed(near: speed)
    if let text = session?.playback.speedText { message = .info("\(text).") }
  }

  private mutating func go(to goal: Goal) {
    guard session?.work == nil else {
      message = Reasons.working(self).map { .info($0) }
      return
    }
    session?.playback.direction = nil
    message = session?.go(to: goal)
  }

  /// Goes where a name means, and holds what has it.
  private mutating func go(toName name: String) { go(to: .name(name)) }
}

extension StringProtocol {
  /// Without spaces at either end.
  var trimmed: String {
    var rest = self[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
