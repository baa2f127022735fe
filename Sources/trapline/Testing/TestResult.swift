import Scenarios

/// What came of one scenario file under `trapline test`.
struct TestResult {
  /// The file as it was named or found.
  var file: String
  var outcome: Outcome

  enum Outcome {
    /// It ran to its end: each expectation, held or missed.
    case ran([Check])
    /// It could not be read, parsed or brought to an end, for this reason; what that makes of the command.
    case failed(reason: String, Ending)
  }

  /// One expectation of the file.
  struct Check {
    /// In words, such as `at 2.5 s, failed: job is Aborted`.
    var title: String
    /// What came instead and at which step; nil where it held.
    var miss: String?
    /// The line of the file that says it.
    var line: Int
  }

  var checks: [Check] {
    if case .ran(let checks) = outcome { checks } else { [] }
  }

  /// How it ends the command, unless it is good.
  var ending: Ending? {
    if case .failed(_, let ending) = outcome { ending } else { isGood ? nil : .missed }
  }

  var misses: [Check] { checks.filter { $0.miss != nil } }

  var isGood: Bool {
    if case .ran = outcome { misses.isEmpty } else { false }
  }
}

extension TestResult.Check {
  init(_ result: ExpectationResult) {
    title = "at \(result.moment): \(result.subject) is \(result.expected)"
    miss = result.isMet ? nil : "expected \(result.expected), got \(result.got) (step \(result.step))"
    line = result.mark.line
  }
}
