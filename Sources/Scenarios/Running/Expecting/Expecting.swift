internal import Deferreds

/// Looks at what a scenario expects, when its moment has come.
extension ScenarioRun {
  /// Looks at everything that is expected at a time that is over.
  func checkExpectations(upTo time: Int64) {
    check { if case .at(let moment) = $0 { moment <= time } else { false } }
  }

  func checkExpectationsAtEnd() { check { _ in true } }

  private func check(_ isDue: (Expectation.Moment) -> Bool) {
    guard fault == nil, pendingExpectations.contains(where: { isDue($0.moment) }) else { return }
    let due = pendingExpectations.filter { isDue($0.moment) }
    pendingExpectations.removeAll { isDue($0.moment) }
    for expectation in due {
      let moment: String
      switch expectation.moment {
      case .at(let time): moment = NumberText.seconds(time)
      case .end: moment = "end"
      }
      for check in expectation.checks { expectationResults.append(result(of: check, at: moment)) }
    }
  }

  private func result(of check: Expectation.Check, at moment: String) -> ExpectationResult {
    let finding = finding(of: check.kind)
    return ExpectationResult(
      moment: moment, subject: finding.subject, expected: finding.expected, got: finding.got,
      isMet: finding.isMet ?? (finding.expected == finding.got), step: finding.step ?? step(),
      mark: check.mark)
  }

  /// What is so, beside what should be.
  private struct Finding {
    var subject: String
    var expected: String
    var got: String
    /// Nil where the words tell.
    var isMet: Bool?
    /// Nil for now.
    var step: Int?
  }

  private func finding(of kind: Expectation.Check.Kind) -> Finding {
    switch kind {
    case .result, .failed, .pending, .waiting, .paused: return findingAboutOneDeferred(kind)
    case .trapped(let type, let path):
      let by = journal.trapped[type] ?? [:]
      let all = by.keys.sorted().joined(separator: ", ")
      return Finding(
        subject: "who trapped \(type)", expected: path.text, got: all.isEmpty ? "nobody" : all,
        isMet: by[path.text] != nil, step: by[path.text])
    case .unhandled(let names):
      let got = made.filter(\.isReported).map(\.name)
      return Finding(subject: "unhandled", expected: list(names.sorted()), got: list(got.sorted()))
    case .errors(let types):
      return Finding(
        subject: "errors", expected: list(types), got: list(journal.errors.map(\.type)),
        step: zip(journal.errors, types).first { $0.0.type != $0.1 }?.0.step ?? journal.errors.last?.step)
    case .log(let texts):
      return Finding(
        subject: "log", expected: list(texts.map(ValueWriter.pythonQuoted)),
        got: list(journal.texts.map(ValueWriter.pythonQuoted)))
    case .timers(let times):
      let due = clock.delayedCalls.map(\.dueMicroseconds).sorted()
      return Finding(
        subject: "timers", expected: list(times.sorted().map(NumberText.seconds)),
        got: list(due.map(NumberText.seconds)))
    case .ticks(let name, let count):
      return Finding(subject: "ticks of \(name)", expected: "\(count)", got: "\(ticks[name] ?? 0)")
    case .held(let names):
      return Finding(subject: "held", expected: list(names.sorted()), got: list(heldSharing.sorted()))
    case .ran(let paths):
      let missing = firstNotRun(paths.map(\.text))
      return Finding(
        subject: "ran", expected: list(paths.map(\.text)),
        got: missing.map { "no \($0) in that order" } ?? "all of them", isMet: missing == nil)
    }
  }

  private func findingAboutOneDeferred(_ kind: Expectation.Check.Kind) -> Finding {
    guard let name = kind.deferredName, let entry = madeByName[name] else {
      return Finding(
        subject: kind.deferredName ?? "", expected: "to be made", got: "it was never made", isMet: false)
    }
    let deferred = entry.deferred
    let step = tap.stepOfResult(of: deferred.id)
    switch kind {
    case .result(_, let literal):
      let expected = (try? value(literal, in: RunScope(who: ""))) ?? .none
      let result = settledResult(of: deferred)
      return Finding(
        subject: "result of \(name)", expected: repr(expected), got: result.map(repr) ?? state(of: deferred),
        isMet: result.map { isSame($0, expected) } ?? false, step: step)
    case .failed(_, let type):
      let result = settledResult(of: deferred)
      var got = result.map(repr) ?? state(of: deferred)
      if case .failure(let failure) = result { got = failure.typeName }
      return Finding(subject: "failure of \(name)", expected: type, got: got, step: step)
    case .pending:
      return Finding(
        subject: name, expected: "not fired", got: deferred.isCalled ? "fired" : "not fired", step: step)
    case .waiting(_, let inner):
      return Finding(
        subject: "what \(name) waits for", expected: inner,
        got: deferred.isResumedBy.flatMap { self.name(of: $0) } ?? "nothing", step: step)
    case .paused(_, let count):
      return Finding(
        subject: "pauses of \(name)", expected: "\(count)", got: "\(deferred.pauseCount)", step: step)
    default: return Finding(subject: name, expected: "", got: "", isMet: false)
    }
  }

  private func state(of deferred: Deferred<Value>) -> String {
    guard deferred.isCalled else { return "not fired" }
    return deferred.isResumedBy.flatMap { name(of: $0) }.map { "waiting for \($0)" } ?? "waiting"
  }

  private func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }

  /// The first of these that did not run after those before it.
  private func firstNotRun(_ whos: [String]) -> String? {
    var rest = journal.ran[...]
    for who in whos {
      guard let index = rest.firstIndex(of: who) else { return who }
      rest = rest[(index + 1)...]
    }
    return nil
  }

  /// Text for people, of a length that fits a message.
  private func repr(_ value: Value) -> String {
    var writer = ValueWriter(limit: 400, nameOf: name(of:))
    writer.write(value, as: .repr)
    return writer.isCut ? writer.output + "…" : writer.output
  }
}

extension Expectation.Check {
  /// Whether it asks for the state of one Deferred.
  var isAboutOneDeferred: Bool { kind.deferredName != nil }
}

extension Expectation.Check.Kind {
  fileprivate var deferredName: String? {
    switch self {
    case .result(let name, _), .failed(let name, _), .pending(let name), .waiting(let name, _),
      .paused(let name, _):
      name
    default: nil
    }
  }
}
