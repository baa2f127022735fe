internal import Deferreds

/// The lines of a `script` or an `async`, run one after the other between two waits.
///
/// What is open (blocks, loops, `try`) stands on a stack of frames, never on the machine's, so that the
/// script can stop anywhere and go on later.
final class ScriptBody: GeneratorBody {
  unowned let run: ScenarioRun
  let isAsync: Bool
  let variables = Variables()
  /// What its placeholders stand for; `who` is its Deferred's name.
  let scope: RunScope
  private let mark: Mark
  var frames: [Frame]
  /// Where the result of what it waits for goes.
  var awaitedInto: String?

  /// A block that is open.
  enum Frame {
    case lines([Line], next: Int)
    case repeated([Line], left: Int)
    case each(variable: String, items: [Value], next: Int, lines: [Line])
    case attempt(Attempt, Phase)
    /// `async_with` waits for its lock.
    case acquiring(DeferredSemaphore, lines: [Line], at: Mark)
    case holding(DeferredSemaphore, at: Mark)
  }

  enum Phase {
    case trying
    case handling(Failure)
    /// `finally` runs; afterwards it goes on like this.
    case finalizing(Completion)
  }

  /// How a line or a block ends.
  enum Completion {
    case normal
    case returned(Value)
    case raised(Failure)
  }

  init(_ lines: [Line], isAsync: Bool, at mark: Mark, in run: ScenarioRun, scope: RunScope) {
    self.run = run
    self.isAsync = isAsync
    self.mark = mark
    var scope = scope
    scope.variables = variables
    self.scope = scope
    frames = [.lines(lines, next: 0)]
  }

  func resume(_ sent: Result<Value, Failure>?) throws -> GeneratorStep<Value, Value> {
    var sent = sent
    // What it gave to itself may be a Failure, which is thrown in like any other.
    if case .success(.failure(let failure))? = sent { sent = .failure(failure) }
    let input: Value
    switch sent {
    case nil: input = .none
    case .success(let value)?: input = value
    case .failure(let failure)?: input = .failure(failure)
    }
    if sent == nil, let fault = run.meter.countScript(scope.who, at: mark) { run.end(fault) }
    var step = GeneratorStep<Value, Value>.finished(.none)
    // Unless it stops for something, it is over: at its end, or by an error.
    defer { if case .finished = step { run.meter.scriptEnded() } }
    _ = try run.call(
      isAsync ? .async : .script, scope.who, input: input, at: mark
    ) {
      step = try proceed(after: sent)
      switch step {
      case .wait(let deferred): return .deferred(deferred)
      case .plain(let value), .finished(let value): return value
      }
    }
    return step
  }

  private func proceed(after sent: Result<Value, Failure>?) throws -> GeneratorStep<Value, Value> {
    var completion = Completion.normal
    switch sent {
    case nil: break
    case .success(let value)?: assign(value)
    case .failure(let failure)?: completion = .raised(failure)
    }
    while run.fault == nil {
      guard let frame = frames.popLast() else {
        switch completion {
        case .normal: return .finished(.none)
        case .returned(let value): return .finished(value)
        case .raised(let failure): throw failure
        }
      }
      if case .normal = completion {
        if let step = enter(frame, &completion) { return step }
      } else {
        leave(frame, &completion)
      }
    }
    return .finished(.none)
  }

  /// Gives the result of what it waited for to its variable.
  func assign(_ value: Value) {
    if let awaitedInto { variables[awaitedInto] = value }
    awaitedInto = nil
  }

  // MARK: Frames

  /// Goes on in the innermost block.
  ///
  /// - Returns: what the script stops with, if it stops.
  private func enter(_ frame: Frame, _ completion: inout Completion) -> GeneratorStep<Value, Value>? {
    switch frame {
    case .lines(let lines, let next):
      guard next < lines.count else { return nil }
      frames.append(.lines(lines, next: next + 1))
      return execute(lines[next], &completion)
    case .repeated(let lines, let left):
      guard left > 0, run.countsLine(of: scope.who, at: mark) else { return nil }
      frames.append(.repeated(lines, left: left - 1))
      frames.append(.lines(lines, next: 0))
    case .each(let variable, let items, let next, let lines):
      guard next < items.count, run.countsLine(of: scope.who, at: mark) else { return nil }
      variables[variable] = items[next]
      frames.append(.each(variable: variable, items: items, next: next + 1, lines: lines))
      frames.append(.lines(lines, next: 0))
    case .attempt(_, .finalizing(let pending)): completion = pending
    case .attempt(let attempt, _): finalize(attempt, &completion)
    case .acquiring(let lock, let lines, let mark):
      frames.append(.holding(lock, at: mark))
      frames.append(.lines(lines, next: 0))
    case .holding(let lock, let mark): release(lock, at: mark, &completion)
    }
    return nil
  }

  /// Leaves a block by `return` or by an error.
  private func leave(_ frame: Frame, _ completion: inout Completion) {
    if case .holding(let lock, let mark) = frame { return release(lock, at: mark, &completion) }
    guard case .attempt(let attempt, let phase) = frame else { return }
    switch phase {
    case .finalizing: return
    case .handling: finalize(attempt, &completion)
    case .trying:
      guard case .raised(let failure) = completion, let clause = clause(of: attempt, for: failure) else {
        return finalize(attempt, &completion)
      }
      frames.append(.attempt(attempt, .handling(failure)))
      frames.append(.lines(clause.lines, next: 0))
      completion = .normal
    }
  }

  private func finalize(_ attempt: Attempt, _ completion: inout Completion) {
    guard let lines = attempt.finally else { return }
    frames.append(.attempt(attempt, .finalizing(completion)))
    frames.append(.lines(lines, next: 0))
    completion = .normal
  }

  private func clause(of attempt: Attempt, for failure: Failure) -> Attempt.Clause? {
    let type = failure.typeName
    return attempt.clauses.first { clause in
      clause.types.contains { run.scenario.errorTypes.isKind(type, of: $0.text) }
    }
  }

  /// The error that is being handled where the script stands: what `raise: again` raises.
  var handled: Failure? {
    for frame in frames.reversed() {
      switch frame {
      case .attempt(_, .handling(let failure)), .attempt(_, .finalizing(.raised(let failure))): return failure
      default: continue
      }
    }
    return nil
  }
}

@available(*, unavailable) extension ScriptBody: Sendable {}

extension ScenarioRun {
  /// Runs the lines of a script until they wait, and gives the Deferred for their end.
  func script(_ lines: [Line], called name: String, isAsync: Bool, in scope: RunScope) throws -> RunDeferred {
    try born(name) { label in
      var scope = scope
      scope.who = label
      let mark = lines.first?.mark ?? Mark(line: observation.place.line, column: 1)
      let body = ScriptBody(lines, isAsync: isAsync, at: mark, in: self, scope: scope)
      return .generator(isAsync ? .coroutine : .inline, named: label, body)
    }
  }
}
