/// What came of holding a run against Twisted.
enum Verdict {
  case same(ObservedRun, on: TwistedPython)
  case different(FirstDifference, here: ObservedRun, there: ObservedRun, on: TwistedPython)
  /// The scenario never ends there; here it does.
  case endlessThere(reason: String, on: TwistedPython)
  /// The run was given up here; `there` says why Twisted gives it up too, nil where it has an end.
  case endlessHere(reason: String, there: String?, on: TwistedPython)
  case unavailable(TwistedLack)

  var ending: Ending? {
    switch self {
    case .same: nil
    case .different: .missed
    case .endlessThere: .nothingToCompare
    case .endlessHere: .badInput
    case .unavailable: .unavailable
    }
  }

  /// Compares a run that came to its end here with Twisted's answer.
  ///
  /// - Parameters:
  ///   - observed: what was observed here.
  ///   - fault: why the run was given up here; nil for one that ended.
  static func of(_ observed: String, fault: String?, _ answer: TwistedAnswer) -> Verdict {
    switch answer {
    case .unavailable(let lack): return .unavailable(lack)
    case .endless(let reason, let python):
      return fault.map { .endlessHere(reason: $0, there: reason, on: python) }
        ?? .endlessThere(reason: reason, on: python)
    case .observed(let text, let python):
      if let fault { return .endlessHere(reason: fault, there: nil, on: python) }
      guard let here = ObservedRun(observed.utf8) else {
        return .endlessHere(reason: "there is too much to compare", there: nil, on: python)
      }
      guard let there = ObservedRun(text) else {
        let useless = UselessPython(
          path: python.path, why: "it answered with something that was not asked for")
        return .unavailable(TwistedLack(tried: [useless]))
      }
      guard let difference = FirstDifference(here: here, there: there) else { return .same(here, on: python) }
      return .different(difference, here: here, there: there, on: python)
    }
  }
}
