import Deferreds
import Recording
import Scenarios
import Traces

/// A scenario as a source of records: each `extend` runs its next due call to its end.
final class ScenarioSource: RecordSource, RecordArray {
  let scenario: Scenario
  /// The engine that runs it, for what only it knows: expectations, the observed object.
  let run: ScenarioRun
  private let recorder: Recorder
  private let questions: [String: LessonQuestion]
  private(set) var isAtEnd = false
  let sites = Sites()

  /// Sets the scenario up; its declarations are made then, and nothing else runs until ``extend()``.
  ///
  /// - Parameter keepsObservations: whether ``ScenarioRun/observed`` will be asked for.
  init(_ scenario: Scenario, bounds: Bounds, keepsObservations: Bool = false) {
    let words = ValueWords()
    let recorder = Recorder(text: { words.text(of: $0) })
    let run = ScenarioRun(
      scenario, bounds: bounds, observer: recorder, records: keepsObservations,
      step: { recorder.records.count })
    words.run = run
    recorder.observation = run.observation
    self.scenario = scenario
    questions = scenario.questions
    self.recorder = recorder
    self.run = run
    run.setUp()
  }

  var records: [Record] { recorder.records }
  var openingStep: Int { run.openingStep }
  var title: String { scenario.title ?? scenario.file }
  var summary: String { scenario.summary ?? "" }
  var sourceText: (file: String, lines: [String])? { (scenario.file, scenario.lines) }

  func question(in narration: String) -> LessonQuestion? { questions[narration] }

  var fault: String? {
    run.fault.map { fault in
      fault.mark.map { "\(scenario.file):\($0.line): \(fault.message)" } ?? fault.message
    }
  }

  func extend() {
    guard !isAtEnd else { return }
    if run.advance() { return }
    run.finish()
    isAtEnd = true
  }

  /// Runs it to its end, without holding on to anything that it appends to.
  func runToEnd() {
    while !isAtEnd { extend() }
  }
}

extension Scenario {
  /// What its lesson asks, by the words in which it does.
  var questions: [String: LessonQuestion] {
    let asked = lesson.compactMap { entry -> (String, LessonQuestion)? in
      guard case .ask(let question) = entry.content else { return nil }
      let answer = LessonQuestion(
        choices: question.choices.count, answer: question.answer, because: question.because)
      return (question.narration, answer)
    }
    return Dictionary(asked) { first, _ in first }
  }
}

/// Writes the values of one run as the records of that run have them.
private final class ValueWords {
  /// The run owns the recorder that owns this.
  weak var run: ScenarioRun?

  func text(of value: Any) -> ValueText {
    // In an untyped world what moved away leaves none behind.
    if value is Moved { return .none }
    guard let written = run?.recordText(of: value) else { return describe(value) }
    return ValueText(written.text, isCut: written.isCut)
  }
}
