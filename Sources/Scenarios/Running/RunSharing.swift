internal import Deferreds

/// A lock, a semaphore or a queue.
enum Sharing {
  case lock(DeferredSemaphore, ScenarioObject)
  case queue(DeferredQueue<Value>)
}

/// Locks, semaphores and queues.
extension ScenarioRun {
  func makeSharing() {
    for name in scenario.locks {
      sharing[name.text] = .lock(DeferredLock(named: name.text), .lock(name.text))
    }
    for declaration in scenario.semaphores {
      let name = declaration.name.text
      // The reader has seen to it that there is at least one token.
      if let semaphore = try? DeferredSemaphore(tokens: declaration.tokens, named: name) {
        sharing[name] = .lock(semaphore, .semaphore(name))
      }
    }
    for declaration in scenario.queues {
      let name = declaration.name.text
      sharing[name] = .queue(
        DeferredQueue(size: declaration.size, backlog: declaration.backlog, named: name))
    }
  }

  /// The names of the locks and semaphores that somebody holds.
  var heldSharing: [String] {
    sharing.compactMap { name, thing in
      if case .lock(let lock, _) = thing, lock.heldCount > 0 { name } else { nil }
    }
  }

  func performSharing(_ action: Action, in scope: RunScope) throws {
    switch action.kind {
    case .acquire(let name, let result):
      try add(result.stages, to: acquire(name, called: result.name).1, in: scope)
    case .release(let name): try lock(name).0.release()
    case .runLocked(let name, let handler, let result):
      let (lock, object) = try lock(name)
      let entry = try born(result.name ?? "\(name.text).run") { label in
        lock.run(named: handler.name(at: 0), giving: .object(object)) { [unowned self] in
          try self.call(handler, as: .run, of: label, scope: scope.nested()).stageResult
        }
      }
      try add(result.stages, to: entry, in: scope)
    case .put(let name, let literal): try queue(name).put(value(literal, in: scope))
    case .get(let name, let result):
      let queue = try queue(name)
      let entry = try born(result.name ?? "\(name.text).get") { _ in try queue.get() }
      try add(result.stages, to: entry, in: scope)
    default: break
    }
  }

  /// Asks for a lock or a semaphore.
  func acquire(_ name: Name, called given: String?) throws -> (DeferredSemaphore, RunDeferred) {
    let (lock, object) = try lock(name)
    let entry = try born(given ?? "\(name.text).acquire") { _ in lock.acquire(giving: .object(object)) }
    return (lock, entry)
  }

  private func lock(_ name: Name) throws -> (DeferredSemaphore, ScenarioObject) {
    guard case .lock(let lock, let object) = sharing[name.text] else { throw nameError(name.text) }
    return (lock, object)
  }

  private func queue(_ name: Name) throws -> DeferredQueue<Value> {
    guard case .queue(let queue) = sharing[name.text] else { throw nameError(name.text) }
    return queue
  }
}
