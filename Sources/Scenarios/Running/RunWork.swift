internal import Deferreds

/// A loop of a scenario, which can be started again and again.
struct RunLoop {
  let declaration: LoopDeclaration
  let loop: LoopingCall
}

/// A started task.
struct RunTask {
  /// `t`, or `t#2` for the second start.
  let label: String
  let task: CooperativeTask
}

/// Loops, tasks and cooperators.
extension ScenarioRun {
  func makeCooperators() {
    for declaration in scenario.cooperators {
      cooperators[declaration.name] = Cooperator(
        on: timers(of: declaration.name), named: declaration.name, unitsPerTurn: declaration.unitsPerTurn,
        started: declaration.started)
    }
  }

  func makeLoops() {
    for declaration in scenario.loops {
      let name = declaration.name
      ticks[name] = 0
      let tick = { [unowned self] (count: Int, input: Value) throws -> StageResult<Value> in
        let scope = RunScope(who: name, input: input, count: count)
        return try self.call(declaration.body, as: .tick, of: name, alone: true, scope: scope).stageResult
      }
      let loop: LoopingCall
      if declaration.withCount {
        loop = .withCount(on: timers(of: name), named: name) { [unowned self] count in
          self.ticks[name, default: 0] += 1
          return try tick(count, .int(count))
        }
      } else {
        loop = LoopingCall(on: timers(of: name), named: name) { [unowned self] number in
          self.ticks[name, default: 0] += 1
          return try tick(number, .none)
        }
      }
      loops[name] = RunLoop(declaration: declaration, loop: loop)
    }
    for declaration in scenario.tasks { declaredTasks[declaration.name] = declaration }
  }

  func performWork(_ action: Action, in scope: RunScope) throws {
    switch action.kind {
    case .start(let name, let every): try start(name, every: every)
    case .stop(let name): try stop(name)
    case .reset(let name):
      guard let loop = loops[name.text] else { throw nameError(name.text) }
      try loop.loop.reset()
    case .pauseTask(let name): try task(name).task.pause()
    case .resumeTask(let name): try task(name).task.resume()
    case .whenDone(let name, let result):
      let task = try task(name)
      let entry = try born(result.name ?? "\(task.label).when_done") { _ in
        task.task.whenDone(giving: .object(.task(task.label)))
      }
      try add(result.stages, to: entry, in: scope)
    default: break
    }
  }

  private func task(_ name: Name) throws -> RunTask {
    guard let task = tasks[name.text] else { throw nameError(name.text) }
    return task
  }

  private func start(_ name: Name, every: Microseconds?) throws {
    if let loop = loops[name.text] {
      let declaration = loop.declaration
      let entry = try born(name.text) { _ in
        try loop.loop.start(
          every: .microseconds(every ?? declaration.every), now: declaration.now,
          giving: .object(.loop(name.text)))
      }
      try add(declaration.chain, to: entry, in: RunScope(who: entry.name))
    } else if let cooperator = cooperators[name.text] {
      cooperator.start()
    } else if let declaration = declaredTasks[name.text] {
      try start(declaration)
    } else {
      // At set-up, loops and tasks are declared after all Deferreds.
      throw nameError(name.text)
    }
  }

  private func start(_ declaration: TaskDeclaration) throws {
    guard let cooperator = cooperators[declaration.cooperator.text] else {
      throw nameError(declaration.cooperator.text)
    }
    let entry = try born(declaration.name) { label in
      let stepper = TaskStepper(declaration, label: label, in: self)
      let task = try cooperator.cooperate(named: label) { try stepper.next() }
      tasks[declaration.name] = RunTask(label: label, task: task)
      return task.whenDone(giving: .object(.task(label)))
    }
    try add(declaration.chain, to: entry, in: RunScope(who: entry.name))
  }

  private func stop(_ name: Name) throws {
    if let loop = loops[name.text] {
      try loop.loop.stop()
    } else if let cooperator = cooperators[name.text] {
      try cooperator.stop()
    } else {
      try task(name).task.stop()
    }
  }
}
