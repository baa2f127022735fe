internal import Deferreds

/// Deferreds come into being.
extension ScenarioRun {
  /// The Deferred that a name means now.
  func named(_ name: Name) throws -> RunDeferred {
    guard let found = deferreds[name.text] else { throw nameError(name.text) }
    return found
  }

  /// A Deferred by name, or an inline one made anew.
  func deferred(_ source: DeferredSource, in scope: RunScope) throws -> Deferred<Value> {
    switch source {
    case .named(let name): try named(name).deferred
    case .inline(let declaration): try make(declaration, called: "\(scope.who).await", in: scope).deferred
    }
  }

  /// Makes a Deferred, and adds its stages.
  @discardableResult
  func make(_ declaration: DeferredDeclaration, called name: String, in scope: RunScope) throws -> RunDeferred
  {
    let made = try standing(at: declaration.mark, as: scope.who) {
      try originate(declaration, called: declaration.name ?? name, in: scope)
    }
    try add(declaration.chain, to: made, in: scope)
    return made
  }

  /// Makes a Deferred under the next label of a name, and binds the name to it once it is there.
  ///
  /// - Parameters:
  ///   - isLast: it comes after all that is made while `body` runs, not at the place of its chain.
  ///   - body: makes it; is given the label. A body that throws uses up no number.
  func born(
    _ name: String, isLast: Bool = false, _ body: (_ label: String) throws -> Deferred<Value>
  ) throws -> RunDeferred {
    if let fault = meter.countObject(of: name) { end(fault) }
    let label = labels.next(name)
    observation.nextName = label
    let deferred: Deferred<Value>
    do { deferred = try body(label) } catch {
      observation.nextName = nil
      labels.giveBack(name)
      throw error
    }
    observation.nextName = nil
    let known = namesByChain[deferred.identity]
    if known != nil || deferred.name == nil { deferred.name(label) }
    let entry = RunDeferred(name: label, deferred: deferred, original: known?.first)
    if known == nil { namesByChain[deferred.identity] = entry }
    deferreds[name] = entry
    madeByName[label] = entry
    enlist(entry, isLast: isLast || known != nil)
    return entry
  }

  /// The name of a chain by the number under which the observation knows it; nil for the library's own.
  func nameOfChain(_ id: ChainID) -> String? {
    made.first { $0.original == nil && $0.deferred.id == id }?.name
  }

  /// Keeps the order of creation, in which a script's Deferred comes before those that its first lines make.
  ///
  /// Another name for a chain, and a group, whose members' cancellers may run while it is made, come last.
  private func enlist(_ entry: RunDeferred, isLast: Bool) {
    var index = made.count
    if !isLast, let id = entry.deferred.id {
      while index > 0, made[index - 1].order > id { index -= 1 }
      entry.order = id
    } else {
      entry.order = observation.chains
    }
    made.insert(entry, at: index)
  }

  private func originate(
    _ declaration: DeferredDeclaration, called name: String, in scope: RunScope
  ) throws -> RunDeferred {
    switch declaration.origin {
    case .plain: return try born(name) { plain(canceller: declaration.canceller, label: $0, in: scope) }
    case .succeed(let literal): return try born(name) { _ in .succeed(try value(literal, in: scope)) }
    case .fail(let error): return try born(name) { _ in .fail(try failure(error, in: scope)) }
    case .later(let delay, let handler):
      return try born(name) { label in
        // Where it is set the scenario says, and not this line.
        timers(of: label).deferLater(
          after: .microseconds(delay), named: handler.name(at: 0), file: "", line: 0
        ) { [unowned self] in
          try self.call(handler, as: .later, of: label, scope: scope.nested()).stageResult
        }
      }
    case .maybe(let handler):
      return try born(name) { label in
        .maybe(named: handler.name(at: 0)) {
          try self.call(handler, as: .maybe, of: label, scope: scope.nested()).stageResult
        }
      }
    case .list(let sources, let oneCallback, let oneErrback, let consume):
      var options: ListOptions = []
      if oneCallback { options.insert(.fireOnOneCallback) }
      if oneErrback { options.insert(.fireOnOneErrback) }
      if consume { options.insert(.consumeErrors) }
      return try combine(sources, called: name, at: declaration.mark, in: scope) {
        .list($0, options, giving: Value.init)
      }
    case .gather(let sources, let consume):
      return try combine(sources, called: name, at: declaration.mark, in: scope) {
        .gatherResults($0, consumeErrors: consume, giving: Value.list)
      }
    case .race(let sources):
      return try combine(sources, called: name, at: declaration.mark, in: scope) {
        .race($0) { .list([.int($0), $1]) }
      }
    case .script(let lines): return try script(lines, called: name, isAsync: false, in: scope)
    case .async(let lines): return try script(lines, called: name, isAsync: true, in: scope)
    }
  }

  /// The clock, for timers that belong to a Deferred, a loop or a cooperator.
  func timers(of owner: String) -> OwnedClock { OwnedClock(clock, owner: owner) }

  /// Makes what combines others, after those of them that are made on the spot.
  private func combine(
    _ sources: [DeferredSource], called name: String, at mark: Mark, in scope: RunScope,
    _ body: ([Deferred<Value>]) -> Deferred<Value>
  ) throws -> RunDeferred {
    if let fault = meter.countCombination(name, at: mark) { end(fault) }
    let members = try sources.enumerated().map { index, source in
      switch source {
      case .named(let name): try named(name).deferred
      case .inline(let declaration): try make(declaration, called: "\(name).\(index)", in: scope).deferred
      }
    }
    return try born(name, isLast: true) { _ in body(members) }
  }

  private func plain(canceller: Canceller?, label: String, in scope: RunScope) -> Deferred<Value> {
    guard let canceller else { return Deferred() }
    var own = scope.nested()
    own.who = "\(label).canceller"
    return Deferred { [unowned self] _ in
      _ = try self.call(.canceller, own.who, at: canceller.mark) {
        try self.perform(canceller.actions, in: own)
        return .none
      }
    }
  }
}

extension Value {
  /// What a list of Deferreds fires with, as Python's lists and tuples.
  init(_ result: ListResult<Value>) {
    switch result {
    case .all(let results):
      self = .list(
        results.map {
          switch $0 {
          case .success(let value): .list([.bool(true), value])
          case .failure(let failure): .list([.bool(false), .failure(failure)])
          }
        })
    case .first(let value, let index): self = .list([value, .int(index)])
    }
  }
}
