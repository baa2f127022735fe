internal import Deferreds

/// Stages are added to chains.
extension ScenarioRun {
  func add(_ stages: [Stage], to entry: RunDeferred, in scope: RunScope) throws {
    for stage in stages where fault == nil {
      if let fault = meter.countObject(of: scope.who) { end(fault) }
      try standing(at: stage.mark, as: scope.who) { try add(stage, to: entry.first, in: scope) }
    }
  }

  private func add(_ stage: Stage, to entry: RunDeferred, in scope: RunScope) throws {
    if case .chainTo(let source) = stage.kind {
      var own = scope
      own.who = entry.name
      return chain(entry, to: try deferred(source, in: own))
    }
    let index = entry.stageCount
    entry.stageCount += 1
    let deferred = entry.deferred
    let (file, line) = (scenario.file, stage.mark.line)
    func side(_ handler: Handler, _ kind: CallKind) -> (Value) throws -> StageResult<Value> {
      { [unowned self] input in
        try self.call(
          handler, as: kind, of: entry.name, index: index, scope: scope.nested(input: input)
        ).stageResult
      }
    }
    func failing(_ body: @escaping (Value) throws -> StageResult<Value>) -> (Failure) throws -> StageResult<
      Value
    > {
      { try body(.failure($0)) }
    }
    switch stage.kind {
    case .callback(let handler):
      deferred.addCallback(named: handler.name(at: index), file: file, line: line, side(handler, .callback))
    case .errback(let handler):
      deferred.addErrback(
        named: handler.name(at: index), file: file, line: line, failing(side(handler, .errback)))
    case .callbacks(let callback, let errback):
      deferred.addCallbacks(
        named: callback.name(at: index), errbackNamed: errback.name(at: index), file: file, line: line,
        side(callback, .callback), errback: failing(side(errback, .errback)))
    case .both(let handler):
      deferred.addCallbacks(
        named: handler.name(at: index), errbackNamed: handler.name(at: index), file: file, line: line,
        side(handler, .callback), errback: failing(side(handler, .errback)))
    case .timeout(let delay, let handler):
      addTimeout(delay, to: entry, index: index, at: stage.mark, onTimeout: handler, in: scope)
    case .chainTo: break
    }
  }

  private func addTimeout(
    _ delay: Microseconds, to entry: RunDeferred, index: Int, at mark: Mark, onTimeout handler: Handler?,
    in scope: RunScope
  ) {
    let (delay, clock) = (Duration.microseconds(delay), timers(of: entry.name))
    let (file, line) = (scenario.file, mark.line)
    guard let handler else {
      entry.deferred.addTimeout(after: delay, on: clock, file: file, line: line)
      return
    }
    entry.deferred.addTimeout(
      after: delay, on: clock, named: handler.name(at: index), file: file, line: line
    ) { [unowned self] result, _ in
      let input: Value =
        switch result {
        case .success(let value): value
        case .failure(let failure): .failure(failure)
        }
      return try self.call(
        handler, as: .onTimeout, of: entry.name, index: index, scope: scope.nested(input: input)
      ).stageResult
    }
  }

  /// Twisted: `Deferred.chainDeferred`.
  func chain(_ source: RunDeferred, to target: Deferred<Value>) {
    source.first.stageCount += 1
    let place = observation.place
    source.deferred.chainDeferred(target, file: place.file, line: place.line)
  }
}

extension Value {
  /// What a handler gives back, as a chain takes it.
  var stageResult: StageResult<Value> {
    switch self {
    case .failure(let failure): .failure(failure)
    case .deferred(let deferred): .wait(deferred)
    default: .value(self)
    }
  }
}
