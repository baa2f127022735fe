internal import Deferreds

/// The steps of one started task, one at a time: what an iterator is in Python.
final class TaskStepper {
  private struct Row {
    var steps: [TaskStep]
    var index = 0
    /// How often the whole row comes again.
    var repeats: Int
  }

  private unowned let run: ScenarioRun
  private let label: String
  private let mark: Mark
  private var rows: [Row]
  /// A step that raised was the last one.
  private var isOver = false

  init(_ declaration: TaskDeclaration, label: String, in run: ScenarioRun) {
    self.run = run
    self.label = label
    mark = declaration.mark
    rows = [Row(steps: declaration.steps, repeats: 0)]
  }

  func next() throws -> Deferreds.TaskStep {
    let step = isOver ? nil : nextStep()
    let scope = RunScope(who: label)
    let given = try run.observedCall(.step, label, at: step?.mark ?? mark) { () -> Value? in
      guard let step else { return nil }
      do { return try self.make(step, in: scope) } catch {
        self.isOver = true
        throw error
      }
    }
    switch given {
    case nil: return .done
    case .deferred(let deferred)?: return .wait(deferred)
    default: return .proceed
    }
  }

  private func make(_ step: TaskStep, in scope: RunScope) throws -> Value {
    switch step.kind {
    case .yield(let literal): return try run.value(literal, in: scope)
    case .await(let source): return .deferred(try run.deferred(source, in: scope))
    case .raise(let error): throw try run.error(error, in: scope)
    case .actions(let actions): try run.perform(actions, in: scope)
    case .repeated: break
    }
    return .none
  }

  /// The next step that does something; rows of repeated steps are walked, not written out.
  private func nextStep() -> TaskStep? {
    while var row = rows.popLast() {
      if row.index == row.steps.count {
        guard row.repeats > 0, !row.steps.isEmpty, run.countsLine(of: label, at: mark) else { continue }
        row.repeats -= 1
        row.index = 0
      }
      guard row.index < row.steps.count else { continue }
      let step = row.steps[row.index]
      row.index += 1
      rows.append(row)
      guard case .repeated(let times, let steps) = step.kind else { return step }
      if times > 0 { rows.append(Row(steps: steps, repeats: times - 1)) }
    }
    return nil
  }
}

@available(*, unavailable) extension TaskStepper: Sendable {}
