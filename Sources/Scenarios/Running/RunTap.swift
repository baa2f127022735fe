internal import Deferreds

/// Hears everything first: passes it on, puts the lesson's words where they belong, and notes at which step
/// each result came.
final class RunTap: ChainObserver {
  weak var run: ScenarioRun?
  /// Whether nothing is passed on any more.
  var isClosed = false
  /// Whether what is noted now comes from the run itself, which has logged it.
  var hearsOwnNotes = false
  private let next: (any ChainObserver)?
  private let step: () -> Int
  private var narrator: Narrator
  private let notesSteps: Bool
  private var steps: [ChainID: Int] = [:]
  private var circle = CancelCircle()
  private var lines: [StageKey: Int] = [:]

  private struct StageKey: Hashable {
    var chain: ChainID
    var stage: Int
  }

  init(passingOnTo next: (any ChainObserver)?, scenario: Scenario, step: @escaping () -> Int) {
    self.next = next
    self.step = step
    narrator = Narrator(scenario.lesson)
    notesSteps = scenario.expectations.contains { $0.checks.contains(where: \.isAboutOneDeferred) }
  }

  func observe(_ event: ChainEvent) {
    guard !isClosed else { return }
    switch event {
    case .cancelAsked(let chain): circle.asked(chain)
    case .note(.error, _, _, let failure) where failure?.error is CircularCancelError:
      // Before it is told: from here on nothing happens any more.
      run?.end(because: "a cancel comes back to itself: \(circle.words { run?.nameOfChain($0) })")
      return
    default: break
    }
    if let next {
      if narrator.waitsForEvents { say(narrator.words(before: event)) }
      standing(for: event) { next.observe(event) }
      if narrator.waitsForEvents { say(narrator.words(after: event)) }
    }
    switch event {
    case .timerBegan: run?.countTimer()
    case .note(.error, let who, let text, let failure) where !hearsOwnNotes:
      run?.keepLine(.error, text, who: who, failure: failure)
    default: break
    }
    if notesSteps, let chain = event.changedChain { steps[chain] = step() }
  }

  /// Tells that a handler begins or ends with its own line as the current one, not with that of who called it.
  private func standing(for event: ChainEvent, _ body: () -> Void) {
    switch event {
    case .stageAdded(let chain, let index, let stage):
      if stage.place.line > 0 { lines[StageKey(chain: chain, stage: index)] = stage.place.line }
    case .entered(let chain, let stage, _, _), .left(let chain, let stage, _, _):
      guard let run, let line = lines[StageKey(chain: chain, stage: stage)] else { break }
      let outer = run.observation.place
      run.observation.place.file = run.scenario.file
      run.observation.place.line = line
      body()
      run.observation.place = outer
      return
    default: break
    }
    body()
  }

  /// At which step the result of a chain came to be what it is.
  func stepOfResult(of chain: ChainID?) -> Int { chain.flatMap { steps[$0] } ?? step() }

  /// Says what the lesson has to say before a call that is no part of a chain.
  func speak(beforeCall who: String) {
    guard next != nil, !isClosed, narrator.waitsForEvents else { return }
    say(narrator.words(beforeCall: who))
  }

  /// Says what the lesson says at 0.
  func speakIntroduction() {
    guard next != nil, !isClosed else { return }
    say(narrator.introduction())
  }

  /// Says what the lesson has to say at or before a time.
  func speak(upTo time: Int64) {
    guard next != nil, !isClosed else { return }
    say(narrator.words(upTo: time))
  }

  /// When the lesson next has something to say by time alone.
  var nextSaying: Int64? { next == nil || isClosed ? nil : narrator.nextSaying }

  private func say(_ texts: [String]) {
    for text in texts { next?.observe(.note(.say, who: "lesson", text: text, nil)) }
  }
}

@available(*, unavailable) extension RunTap: Sendable {}

extension ChainEvent {
  /// The chain whose state this event changes.
  fileprivate var changedChain: ChainID? {
    switch self {
    case .fired(let id, _), .settled(let id, _), .paused(let id, _), .unpaused(let id, _): id
    case .took(let outer, _, _), .resumed(let outer, _, _, _), .waits(let outer, _, _): outer
    default: nil
    }
  }
}

/// The chains that were asked to cancel last: enough of them to see a circle.
private struct CancelCircle {
  private var asked: [ChainID] = []

  mutating func asked(_ chain: ChainID) {
    if asked.count == 200 { asked.removeFirst(100) }
    asked.append(chain)
  }

  /// The circle in names, from its first chain to that one again: `a -> b -> a`.
  func words(_ name: (ChainID) -> String?) -> String {
    guard let last = asked.last else { return "" }
    // A chain that waits for itself is asked only once.
    let circle = asked.dropLast().lastIndex(of: last).map { Array(asked[$0...]) } ?? [last, last]
    return circle.compactMap(name).joined(separator: " -> ")
  }
}
