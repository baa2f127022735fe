extension Telling {
  func ofTime(_ event: Event) -> String {
    switch event {
    case .clockAdvanced: return "The clock moves on to \(secondsText(world.time))."
    case .timerMade(let id, let due, _, _):
      return "\(timer(id).asBeginning) is set, due at \(secondsText(due))."
    case .timerBegan(let id): return "\(timer(id).asBeginning) is due."
    case .timerEnded(let id, let raised):
      guard let raised else { return "\(timer(id).asBeginning) is done." }
      return "\(failure(raised)) comes out of \(timer(id)): nothing there catches it."
    case .timerCancelled(let id): return "\(timer(id).asBeginning) is cancelled\(doer)."
    case .timerMoved(let id, let due):
      return "\(timer(id).asBeginning) is moved\(doer): now due at \(secondsText(due))."
    default: return ""
    }
  }

  func ofCall(_ kind: String, _ name: String, _ input: Outcome?) -> String {
    let with = input.map { " with \(outcome($0))" } ?? ""
    switch kind {
    case "timeline": return "\(name.asBeginning) begins."
    case "tick": return "\(name) calls its function\(with)."
    case "step": return "\(name) takes its next step."
    case "script", "async": return "\(name) runs on\(with)."
    case "maybe": return "maybeDeferred calls \(name)."
    default: return "\(name) is called\(with)."
    }
  }

  func ofCallEnd(_ kind: String, _ name: String, _ end: HandlerEnd) -> String {
    switch (kind, end) {
    case ("tick", .returned(.none)): return "\(name)'s function is done."
    case ("tick", _): return ofCallEnd("its function", "\(name)'s function", end)
    case ("step", .returned(let text)):
      return text.text == "done" ? "\(name) has come to its end." : "\(name) yields, until its next turn."
    default: break
    }
    let name = subject(name)
    return switch end {
    case .returned(.none): "\(name) is done."
    case .returned(let text): "\(name) returns \(value(text))."
    case .returnedDeferred(let id): "\(name) returns the Deferred \(self.name(id))."
    case .returnedFailure(let id): "\(name) returns a Failure, \(failure(id))."
    case .raised(let id): "\(name) raises \(failure(id))."
    }
  }

  func ofNote(_ kind: String, _ who: String, _ text: String) -> String {
    switch kind {
    // The text of a lesson is for reading: it is as long as it is.
    case "say": told(text).split(whereSeparator: \.isNewline).joined(separator: " ")
    case "error":
      "The log gets an error\(who.isEmpty ? "" : " from \(who)"): \(cut(text).withoutPeriod)."
    case "mark": "Mark: \(cut(text))"
    default: who.isEmpty ? "Logged: \(cut(text))" : "\(subject(who)) logs: \(cut(text))"
    }
  }
}
