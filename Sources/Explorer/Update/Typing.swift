import Screen
import Traces

/// Keys while a prompt is open.
extension Model {
  mutating func typeInPrompt(_ key: Key) -> [Effect] {
    guard var prompt else { return [] }
    let command = Bindings.binding(for: key, in: .prompt)?.command
    if command != .complete, command != .completeBack { prompt.completion = nil }
    switch command {
    case .accept:
      self.prompt = nil
      return accept(prompt)
    case .deleteBackward where prompt.line.isEmpty: return leave(prompt)
    case .cancelPrompt: return leave(prompt)
    case .complete, .completeBack: complete(&prompt, by: command == .complete ? 1 : -1)
    case .historyBack: lookBack(&prompt, by: 1)
    case .historyOn: lookBack(&prompt, by: -1)
    case let command?: prompt.line.perform(command)
    case nil:
      if case .character(let character) = key { prompt.line.insert(String(character)) }
    }
    self.prompt = prompt
    searchAsTyped(prompt)
    return []
  }

  /// Pasted text goes into the prompt; elsewhere it is content that nobody asked for, never keys.
  mutating func paste(_ text: String) {
    guard var prompt else {
      message = .info("Pasting works after :, / and f.")
      return
    }
    prompt.line.insert(text)
    prompt.completion = nil
    self.prompt = prompt
    searchAsTyped(prompt)
  }

  /// The gallery and the help are narrowed while one types.
  mutating func searchAsTyped(_ prompt: Prompt) {
    switch prompt.kind {
    case .gallerySearch: gallery.search(prompt.text)
    case .helpSearch:
      help?.searchText = prompt.text
      help?.scroll = 0
    case .command, .search, .filter, .failureFilter, .deferredFilter, .answer: break
    }
  }

  private mutating func leave(_ prompt: Prompt) -> [Effect] {
    self.prompt = nil
    switch prompt.kind {
    case .gallerySearch: gallery.search("")
    case .helpSearch: help?.searchText = ""
    case .command, .search, .filter, .failureFilter, .deferredFilter, .answer: break
    }
    return []
  }

  private mutating func accept(_ prompt: Prompt) -> [Effect] {
    remember(prompt)
    switch prompt.kind {
    case .command: return perform(typed: prompt.text)
    case .search: beginSearch(for: prompt.text)
    case .filter: setFilter(prompt.text.trimmed)
    case .failureFilter: setFilter(prompt.text.trimmed, in: .failures)
    case .deferredFilter: setFilter(prompt.text.trimmed, in: .deferreds)
    case .answer: answer(prompt.text)
    case .gallerySearch, .helpSearch: searchAsTyped(prompt)
    }
    return []
  }

  // MARK: Searching and filtering

  /// Goes to the next match; without words, those of the last search count.
  mutating func beginSearch(for text: String) {
    if let query = Query(text) {
      session?.search = MatchIndex(query)
    } else if session?.search == nil {
      message = .info("There is nothing to search for yet.")
      return
    }
    if let session, session.isAtEnd {
      message = .info("This is the end: N searches back from here.")
      return
    }
    message = session?.go(to: .match(.forward))
  }

  /// - Parameter panel: whose rows are chosen; where it has no filter of its own, the events.
  mutating func setFilter(_ text: String, in panel: Panel? = nil) {
    switch panel {
    case .failures: return setFailureFilter(text)
    case .deferreds: return setDeferredFilter(text)
    default: break
    }
    guard let query = Query(text) else {
      message = session?.filter == nil ? nil : .info("All events are shown again.")
      session?.filter = nil
      return
    }
    session?.filter = MatchIndex(query)
    message = .info(
      query.isInverted
        ? "Events with \(query.plainText) are neither shown nor stepped to. Esc shows all again."
        : "Only events with \(query.plainText) are shown, and stepped to. Esc shows all again.")
  }

  private mutating func setDeferredFilter(_ text: String) {
    let query = Query(text)
    session?.filterDeferreds(query)
    message = .info(
      query.map { "Only Deferreds with \($0.text) are listed, at any step. F lists all again." }
        ?? "All Deferreds are listed again.")
  }

  private mutating func setFailureFilter(_ text: String) {
    do throws(TypedFault) {
      let filter = try FailureFilter(text)
      session?.filterFailures(filter)
      message =
        filter.map { .info("Only Failures of \($0.text) are listed; x and X go to them. F lists all again.") }
        ?? .info("All Failures are listed again.")
    } catch {
      message = .error(error.text)
    }
  }

  // MARK: Answering

  /// Says whether an answer is right; the question stays for another one.
  private mutating func answer(_ text: String) {
    guard let question = session?.question else { return }
    guard let choice = Int(text.filter { $0 != " " }), choice >= 1, choice <= question.choices else {
      message = .warning("The choices are 1 to \(question.choices): a asks for one again.")
      return
    }
    guard choice == question.answer else {
      message = .info("Not \(choice). a asks again; or step on and see.")
      return
    }
    message = .info(["Right.", question.because].compactMap { $0 }.joined(separator: " "))
  }

  // MARK: History

  private static let historyLimit = 100

  private mutating func remember(_ prompt: Prompt) {
    guard !prompt.text.isEmpty else { return }
    var history = histories[prompt.kind] ?? []
    history.removeAll { $0 == prompt.text }
    history.append(prompt.text)
    histories[prompt.kind] = history.suffix(Self.historyLimit)
  }

  private func lookBack(_ prompt: inout Prompt, by places: Int) {
    let history = histories[prompt.kind] ?? []
    let index = min(max(0, prompt.historyIndex + places), history.count)
    guard index != prompt.historyIndex else { return }
    if prompt.historyIndex == 0 { prompt.draft = prompt.text }
    prompt.historyIndex = index
    prompt.line = EditLine(index == 0 ? prompt.draft : history[history.count - index])
  }

  // MARK: Completion

  /// More is not offered.
  private static let candidateLimit = 200

  private func complete(_ prompt: inout Prompt, by places: Int) {
    guard prompt.kind == .command else { return }
    var completion = prompt.completion ?? completion(of: prompt.text)
    guard !completion.candidates.isEmpty else { return }
    if prompt.completion == nil {
      completion.index = places > 0 ? 0 : completion.candidates.count - 1
    } else {
      completion.index =
        (completion.index + places + completion.candidates.count) % completion.candidates.count
    }
    prompt.completion = completion
    prompt.line = EditLine(completion.stem + completion.candidates[completion.index])
  }

  private func completion(of text: String) -> Completion {
    guard let space = text.firstIndex(of: " "), let row = TypedCommand.row(for: String(text[..<space])) else {
      return Completion(
        stem: "", candidates: candidates(for: text, among: TypedCommand.names + names), index: 0)
    }
    let stem = String(text[...space])
    let word = String(text[text.index(after: space)...])
    let words =
      switch row.action {
      case .to: names
      case .openFile: gallery.entries.map(\.fileName)
      default: row.arguments
      }
    return Completion(stem: stem, candidates: candidates(for: word, among: words), index: 0)
  }

  private var names: [String] { session?.typedNames ?? [] }

  private func candidates(for word: String, among words: [String]) -> [String] {
    Array(words.filter { $0.hasPrefix(word) }.prefix(Self.candidateLimit))
  }
}

extension EditLine {
  fileprivate mutating func perform(_ command: Command) {
    switch command {
    case .cursorLeft: move(by: -1)
    case .cursorRight: move(by: 1)
    case .cursorStart: moveToStart()
    case .cursorEnd: moveToEnd()
    case .deleteBackward: deleteBackward()
    case .deleteForward: deleteForward()
    case .deleteWord: deleteWordBackward()
    case .deleteToStart: deleteToStart()
    case .deleteToEnd: deleteToEnd()
    default: break
    }
  }
}
