internal import Deferreds

/// Calls into the scenario's own code, each counted, recorded and shown at its place in the file.
extension ScenarioRun {
  /// Runs a piece of the scenario that somebody calls.
  ///
  /// - Parameters:
  ///   - input: what came in; only for the records.
  ///   - shownAs: the kind under which the observation is told of it, where the library does not do that.
  func call(
    _ kind: CallKind, _ who: String, input: Value = .none, at mark: Mark, shownAs: String? = nil,
    _ body: () throws -> Value
  ) throws -> Value {
    try observedCall(kind, who, input: input, at: mark, shownAs: shownAs, body) ?? .none
  }

  /// Like `call`, for code that can say that there is nothing left to do: with nil.
  func observedCall(
    _ kind: CallKind, _ who: String, input: Value = .none, at mark: Mark, shownAs: String? = nil,
    _ body: () throws -> Value?
  ) throws -> Value? {
    guard fault == nil else { return nil }
    if let fault = meter.countCall(kind, who: who, at: mark) {
      end(fault)
      return nil
    }
    if !kind.isStage { tap.speak(beforeCall: who) }
    let entry = journal.began(
      ObservedCall(time: clock.nowMicroseconds, who: who, kind: kind, input: input))
    return try standing(at: mark, as: who) {
      if let shownAs { observation.observe(.callEntered(kind: shownAs, name: who, input: carried(input))) }
      do {
        guard running.count <= bounds.nesting else {
          throw raised("RecursionError", "maximum recursion depth exceeded")
        }
        let value = try body()
        guard fault == nil else { return nil }
        ended(entry, who, input: input, value, shownAs: shownAs)
        return value
      } catch {
        let cause: Failure? = if case .failure(let failure) = input { failure } else { nil }
        let failure = failure(of: error, from: cause, at: mark)
        journal.ended(entry, .raised(type: failure.typeName, message: failure.message))
        if let shownAs { observation.observe(.callLeft(kind: shownAs, name: who, .raised(failure))) }
        throw failure
      }
    }
  }

  private func ended(_ entry: Int, _ who: String, input: Value, _ value: Value?, shownAs: String?) {
    journal.ended(entry, value.map(ObservedCall.Output.value) ?? .done)
    if case .failure(let failure) = input {
      if case .failure = value {} else { journal.trapped(failure.typeName, by: who, step: step()) }
    }
    guard let shownAs else { return }
    observation.observe(.callLeft(kind: shownAs, name: who, handlerResult(value ?? .none)))
  }

  /// Runs code of the scenario, with its line as the current one and its owner as the author of what is logged.
  func standing<Result>(at mark: Mark, as who: String, _ body: () throws -> Result) rethrows -> Result {
    let outerPlace = observation.place
    let outerName = observation.nextName
    observation.place = place(of: mark)
    observation.nextName = nil
    running.append(who)
    defer {
      observation.place = outerPlace
      observation.nextName = outerName
      running.removeLast()
    }
    return try body()
  }

  /// The Failure that an error is or becomes, born where the scenario raises it.
  func failure(of error: any Error, from cause: Failure? = nil, at mark: Mark?) -> Failure {
    if let failure = error as? Failure { return failure }
    let origin = (error as? RaisedError)?.mark ?? mark
    return Failure(error, from: cause, file: scenario.file, line: origin?.line ?? 0)
  }

  func place(of mark: Mark) -> Place { Place(file: scenario.file, line: mark.line) }

  /// Ends the run: whatever still runs on the way out finds every door closed.
  func end(because message: String, at mark: Mark? = nil) { end(RunFault(message: message, mark: mark)) }

  func end(_ fault: RunFault) {
    guard self.fault == nil else { return }
    self.fault = fault
    tap.isClosed = true
    clock.maximumCallsPerAdvance = 0
  }

  func countTimer() {
    if let fault = meter.countTimer() { end(fault) }
  }

  /// Counts a line of a script.
  ///
  /// - Returns: whether the run goes on.
  func countsLine(of script: String, at mark: Mark) -> Bool {
    if let fault = meter.countLine(of: script, at: mark) { end(fault) }
    return fault == nil
  }

  // MARK: The log

  func log(_ kind: ObservedLine.Kind, _ text: String, who: String? = nil, failure: Failure? = nil) {
    guard fault == nil else { return }
    let who = who ?? running.last ?? ""
    tap.hearsOwnNotes = true
    defer { tap.hearsOwnNotes = false }
    switch kind {
    case .log: observation.observe(.note(.log, who: who, text: text, nil))
    case .say: observation.observe(.note(.say, who: who, text: text, nil))
    case .error: observation.observe(.note(.error, who: who, text: text, failure))
    case .unhandled: break
    }
    keepLine(kind, text, who: who, failure: failure)
  }

  /// Keeps a line of the log that the observation has been told already.
  func keepLine(_ kind: ObservedLine.Kind, _ text: String, who: String, failure: Failure?) {
    journal.log(
      ObservedLine(time: clock.nowMicroseconds, kind: kind, who: who, text: text), failure: failure,
      step: step())
  }

  /// Runs what nobody catches errors of: the scenario's own level, where Python would print a traceback.
  func logged(who: String, _ body: () throws -> Void) {
    do { try body() } catch {
      let failure = failure(of: error, at: nil)
      log(.error, failure.description, who: who, failure: failure)
    }
  }

  // MARK: Values on their way to a watcher

  func carried(_ value: Value) -> Carried {
    switch value {
    case .failure(let failure): .failure(failure)
    case .deferred(let deferred): deferred.id.map(Carried.deferred) ?? .value(value)
    default: .value(value)
    }
  }

  func handlerResult(_ value: Value) -> HandlerResult {
    switch value {
    case .failure(let failure): .returnedFailure(failure)
    case .deferred(let deferred): deferred.id.map(HandlerResult.returnedDeferred) ?? .returned(value)
    default: .returned(value)
    }
  }
}
