internal import Deferreds

/// The words of a lesson, each said once, when its moment comes.
struct Narrator {
  private struct StageKey: Hashable {
    var chain: ChainID
    var stage: Int
    var side: String
  }

  /// By time, the earliest last.
  private var timed: [(time: Int64, text: String, isIntroduction: Bool)] = []
  private var beforeCalls: [String: [String]] = [:]
  private var occasions: [LessonEntry.Occasion: [String]] = [:]
  private var chainNames: [ChainID: String] = [:]
  private var stages: [StageKey: String] = [:]

  init(_ lesson: [LessonEntry]) {
    for entry in lesson {
      guard let text = Self.text(of: entry.content) else { continue }
      switch entry.moment {
      case .at(let time): timed.append((time, text, time <= 0 && !entry.content.isQuestion))
      case .before(let path): beforeCalls[path.text, default: []].append(text)
      case .when(let occasion): occasions[occasion, default: []].append(text)
      }
    }
    // A stable sort, so that words for the same moment keep their order in the file.
    timed = timed.enumerated().sorted { ($0.element.time, $0.offset) > ($1.element.time, $1.offset) }
      .map(\.element)
  }

  /// Whether anything is left that events bring up.
  var waitsForEvents: Bool { !beforeCalls.isEmpty || !occasions.isEmpty }

  /// When something is to be said next.
  var nextSaying: Int64? { timed.last?.time }

  /// A question is shown with its choices; its answer stays with the lesson.
  private static func text(of content: LessonEntry.Content) -> String? {
    switch content {
    case .say(let text): return text
    case .ask(let question): return question.narration
    case .predict: return nil
    }
  }

  /// What is said at 0, before anything is due; what is asked then waits until all that is due at 0 is done.
  mutating func introduction() -> [String] {
    defer { timed.removeAll(where: \.isIntroduction) }
    return timed.reversed().filter(\.isIntroduction).map(\.text)
  }

  mutating func words(upTo time: Int64) -> [String] {
    var due: [String] = []
    while let last = timed.last, last.time <= time { due.append(timed.removeLast().text) }
    return due
  }

  mutating func words(beforeCall who: String) -> [String] {
    beforeCalls.removeValue(forKey: who) ?? []
  }

  /// Finds out which stages the lesson speaks of while they are added, and speaks before they are entered.
  mutating func words(before event: ChainEvent) -> [String] {
    guard !beforeCalls.isEmpty else { return [] }
    switch event {
    case .named(let chain, let name):
      if chainNames[chain] == nil { chainNames[chain] = name }
    case .stageAdded(let chain, let index, let stage):
      guard let owner = chainNames[chain] else { break }
      for (side, name) in [("callback", stage.callback), ("errback", stage.errback)] {
        guard let name, beforeCalls["\(owner).\(name)"] != nil else { continue }
        stages[StageKey(chain: chain, stage: index, side: side)] = "\(owner).\(name)"
      }
    case .entered(let chain, let stage, let side, _):
      let key = StageKey(chain: chain, stage: stage, side: side == .callback ? "callback" : "errback")
      if let who = stages[key] { return words(beforeCall: who) }
    default: break
    }
    return []
  }

  mutating func words(after event: ChainEvent) -> [String] {
    guard !occasions.isEmpty else { return [] }
    let occasion: LessonEntry.Occasion
    switch event {
    case .fired(_, .failure), .left(_, _, _, .raised), .left(_, _, _, .returnedFailure): occasion = .failure
    case .trapAsked(_, _, .some): occasion = .trap
    case .unhandled: occasion = .unhandled
    case .timerBegan: occasion = .timer
    default: return []
    }
    return occasions.removeValue(forKey: occasion) ?? []
  }
}

extension LessonEntry.Content {
  fileprivate var isQuestion: Bool {
    if case .ask = self { true } else { false }
  }
}
