internal import Deferreds

/// What each line of a script does.
extension ScriptBody {
  /// Runs one line.
  ///
  /// - Returns: what the script stops with, if it stops there.
  func execute(_ line: Line, _ completion: inout Completion) -> GeneratorStep<Value, Value>? {
    guard run.countsLine(of: scope.who, at: line.mark) else { return nil }
    run.observation.place = run.place(of: line.mark)
    do { return try perform(line, &completion) } catch {
      completion = .raised(run.failure(of: error, from: handled, at: line.mark))
      return nil
    }
  }

  private func perform(
    _ line: Line, _ completion: inout Completion
  ) throws -> GeneratorStep<Value, Value>? {
    switch line.kind {
    case .await(let source, let variable):
      awaitedInto = variable
      return try wait(for: run.deferred(source, in: scope))
    case .awaitValue(let literal, let variable):
      awaitedInto = variable
      return .plain(try run.value(literal, in: scope))
    case .set(let variable, let literal): variables[variable] = try run.value(literal, in: scope)
    case .sleep(let pause):
      awaitedInto = nil
      return try wait(for: sleep(pause))
    case .returnValue(let literal): completion = .returned(try run.value(literal, in: scope))
    case .raise(let error): throw try run.error(error, in: scope)
    case .raiseAgain:
      guard let handled else { throw run.raised("RuntimeError", "No active exception to reraise") }
      completion = .raised(handled)
    case .action(let action): try run.perform([action], in: scope)
    case .repeated(let times, let lines): frames.append(.repeated(lines, left: times))
    case .forEach(let variable, let literals, let lines):
      let items = try literals.map { try run.value($0, in: scope) }
      frames.append(.each(variable: variable, items: items, next: 0, lines: lines))
    case .attempt(let attempt):
      frames.append(.attempt(attempt, .trying))
      frames.append(.lines(attempt.lines, next: 0))
    case .holding(let name, let lines):
      awaitedInto = nil
      let (lock, acquired) = try run.acquire(name, called: nil)
      frames.append(.acquiring(lock, lines: lines, at: line.mark))
      return try wait(for: acquired.deferred)
    }
    return nil
  }

  /// The end of an `async_with`, however its lines ended: what the release raises takes the place of that.
  func release(_ lock: DeferredSemaphore, at mark: Mark, _ completion: inout Completion) {
    run.observation.place = run.place(of: mark)
    do { try lock.release() } catch {
      completion = .raised(run.failure(of: error, from: handled, at: mark))
    }
  }

  /// Stops for a Deferred, except that an `async` reads one that has fired and goes straight on.
  private func wait(for deferred: Deferred<Value>) throws -> GeneratorStep<Value, Value>? {
    guard isAsync, let result = deferred.readInPlace() else { return .wait(deferred) }
    assign(try result.get())
    return nil
  }

  private func sleep(_ pause: Line.Pause) throws -> Deferred<Value> {
    let delay: Microseconds
    switch pause {
    case .fixed(let fixed): delay = fixed
    case .computed(let template): delay = try microseconds(of: run.value(template, in: scope))
    }
    let entry = try run.born("\(scope.who).sleep") { label in
      run.timers(of: label).sleep(
        for: .microseconds(delay), named: label, file: "", line: 0, as: Value.self)
    }
    return entry.deferred
  }

  private func microseconds(of value: Value) throws -> Microseconds {
    let delay: Microseconds?
    switch value {
    case .int(let seconds):
      let (product, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000)
      delay = overflow ? nil : product
    case .double(let seconds): delay = NumberText.microseconds(seconds)
    default: throw run.raised("TypeError", "not a number of seconds")
    }
    guard let delay else {
      run.end(because: "\(scope.who) sleeps longer than time lasts")
      return 0
    }
    return delay
  }
}
