internal import Deferreds

/// Actions on the clock and on named calls.
extension ScenarioRun {
  func performTiming(_ action: Action, in scope: RunScope) throws {
    switch action.kind {
    case .call(let name, let delay, let actions):
      callLater(delay, called: name.text, at: action.mark, actions, in: scope)
    case .cancelCall(let name): try delayedCall(name).cancel()
    case .resetCall(let name, let delay): try delayedCall(name).reset(after: .microseconds(delay))
    case .delayCall(let name, let delay): try delayedCall(name).delay(by: .microseconds(delay))
    case .advance(let amount): try clock.advance(by: .microseconds(amount))
    default: break
    }
  }

  /// Who speaks in the log when a call raises.
  func owner(of call: DelayedCall) -> String { call.name.map { callOwners[$0] ?? $0 } ?? "" }

  private func delayedCall(_ name: Name) throws -> DelayedCall {
    guard let call = calls[name.text] else { throw nameError(name.text) }
    return call
  }

  private func callLater(
    _ delay: Microseconds, called name: String, at mark: Mark, _ actions: [Action], in scope: RunScope
  ) {
    let label = callLabels.next(name)
    var scope = scope
    scope.who = label
    callOwners[label] = label
    calls[name] = clock.callLater(after: .microseconds(delay), named: label, at: Place()) {
      [unowned self, scope] in
      _ = try self.call(.timer, label, at: mark) {
        try self.perform(actions, in: scope)
        return .none
      }
    }
  }

  func schedule(_ entry: TimelineEntry) {
    let who = "timeline \(entry.index)"
    let title =
      entry.actions.first.map { "\(who) (\($0.title)\(entry.actions.count > 1 ? ", …" : ""))" } ?? who
    let scope = RunScope(who: who)
    guard let at = entry.at else {
      return logged(who: who) {
        try standing(at: entry.mark, as: who) {
          observation.observe(.callEntered(kind: "timeline", name: title, input: nil))
          defer { observation.observe(.callLeft(kind: "timeline", name: title, .returned(Value.none))) }
          try perform(entry.actions, in: scope)
        }
      }
    }
    callOwners[title] = who
    let outerPlace = observation.place
    observation.place = place(of: entry.mark)
    defer { observation.place = outerPlace }
    clock.callLater(after: .microseconds(at), named: title, at: Place()) { [unowned self] in
      _ = try self.call(.timer, who, at: entry.mark) {
        try self.perform(entry.actions, in: scope)
        return .none
      }
    }
  }
}
