internal import Deferreds

/// Actions: each is one call of the library, with the errors that it throws.
extension ScenarioRun {
  func perform(_ actions: [Action], in scope: RunScope) throws {
    for action in actions where fault == nil {
      try standing(at: action.mark, as: scope.who) { try perform(action, in: scope) }
    }
  }

  private func perform(_ action: Action, in scope: RunScope) throws {
    switch action.kind {
    case .fire(let name, let payload): try fire(named(name).deferred, with: payload, in: scope)
    case .fail(let name, let error):
      let target = try named(name).deferred
      try target.errback(try failure(error, in: scope))
    case .cancel(let name): try named(name).deferred.cancel()
    case .pause(let name): try named(name).deferred.pause()
    case .unpause(let name): try named(name).deferred.unpause()
    case .add(let name, let stages): try add(stages, to: named(name), in: scope)
    case .chain(let name, let target): try chain(named(name), to: named(target).deferred)
    case .drop(let name): try drop(name)
    case .raise(let error): throw try self.error(error, in: scope)
    case .log(let template): log(.log, try text(template, in: scope))
    case .say(let template): log(.say, try text(template, in: scope))
    case .call, .cancelCall, .resetCall, .delayCall, .advance: try performTiming(action, in: scope)
    case .start, .stop, .reset, .pauseTask, .resumeTask, .whenDone: try performWork(action, in: scope)
    case .acquire, .release, .runLocked, .put, .get: try performSharing(action, in: scope)
    }
  }

  private func fire(_ target: Deferred<Value>, with payload: Action.Payload, in scope: RunScope) throws {
    switch payload {
    case .value(let literal):
      let value = try value(literal, in: scope)
      // A Failure given to `callback` acts as if it had been given to `errback`.
      if case .failure(let failure) = value {
        try target.errback(failure)
      } else {
        try target.callback(value)
      }
    case .failure(let error): try target.errback(try failure(error, in: scope))
    case .deferred(let name): try target.callback(.deferred(named(name).deferred))
    }
  }

  /// Twisted: the last reference goes, and the garbage collector looks at what is left.
  private func drop(_ name: Name) throws {
    let entry = try named(name).first
    deferreds[name.text] = nil
    letGo(entry)
  }

  /// Reports the Failure that a Deferred holds, unless somebody has been told already.
  func letGo(_ entry: RunDeferred) {
    guard entry.original == nil, !entry.isReported else { return }
    guard let failure = entry.deferred.letGo() else { return }
    entry.isReported = true
    log(.unhandled, failure.description, who: entry.name, failure: failure)
  }
}
