import ArgumentParser
import Screen
import Traces

/// `trapline why`: the story of a Failure as text.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tell where a Failure was born, what it met and how it ended.",
    discussion: """
      Without a FAILURE: those that nobody handled, that ended silently, or that are still on their way. FAILURE is a number in \
      order of birth, from 1, or a type, which stands for all Failures of that type or of one below it.
      """)

  @OptionGroup var limits: BoundOptions
  @Argument(help: sourceHelp, completion: .file(extensions: ["yaml", "yml", "jsonl"])) var file: String
  @Argument(help: "A Failure's number, or a type.") var failure: String?

  func run() throws {
    let timeline = try wholeTimeline(of: file, bounds: limits.bounds)
    let stories = timeline.stories
    let told = stories.world.failures.filter { isAsked($0) }
    var output = Output()
    for (place, failure) in told.enumerated() {
      if place > 0 { try output.line() }
      try output.line(cleaned("\(failure.id + 1). \(failure.title)"))
      for line in stories.why(failure.id) { try output.line("   \(cleaned(line))") }
    }
    if told.isEmpty { try output.line(cleaned(nothing(stories.world.failures.count))) }
    try output.flush()
    if let fault = timeline.source.fault { writeError("trapline: \(cleaned(fault))\n") }
  }

  private func isAsked(_ state: FailureState) -> Bool {
    guard let failure else { return state.fate.isOpen }
    return Int(failure).map { $0 == state.id + 1 }
      ?? (state.type == failure || state.parents.contains(failure))
  }

  private func nothing(_ count: Int) -> String {
    guard count > 0 else { return "There is no Failure." }
    let all = count == 1 ? "There is 1 Failure" : "There are \(count) Failures"
    guard let failure else {
      return count == 1 ? "\(all), and it was handled." : "\(all), and each was handled."
    }
    return count == 1 ? "\(all), and it is no \(failure)." : "\(all), and none is \(failure)."
  }
}

extension Fate {
  /// Nobody has handled it, or nobody was told that somebody did.
  fileprivate var isOpen: Bool {
    switch self {
    case .unhandled, .travelling, .swallowed: true
    default: false
    }
  }
}
