import Traces

/// One Failure for each way to end, each in a Deferred called as it ends, half a second after the other.
enum FateScene {
  static let kinds = ["trapped", "swallowed", "unhandled", "became", "alive", "logged"]

  static func records(rounds: Int = 1) -> [Record] {
    var script = RecordScript()
    for round in 0..<rounds {
      for (index, kind) in kinds.enumerated() {
        script.at(Double(round * kinds.count + index) / 2) { run(kind, &$0) }
      }
    }
    return script.records
  }

  /// As a recording of a real program, or as a run of now.
  static func open(rounds: Int = 1, isRecording: Bool = false) -> ScriptedSource {
    let source = ScriptedSource(records(rounds: rounds), title: "All fates")
    if isRecording {
      source.recording = TraceHeader(program: "fates.py", clock: "monotonic")
    }
    return source
  }

  private static func run(_ kind: String, _ script: inout RecordScript) {
    if kind == "logged" {
      let lost = script.failure("TypeError", "lost")
      return script.say(.note(kind: "error", who: "app", text: "TypeError lost", lost))
    }
    let id = script.make(kind)
    script.stage(id, callback: "ask")
    if kind != "unhandled", kind != "alive" { script.stage(id, errback: "rescue") }
    script.fire(id, .text("1")) { script in
      var failure = 0
      script.handler(id, 0, .callback, .text("1")) { script in
        failure = script.failure("KeyError", kind, parents: ["LookupError", "Exception"])
        return .raised(failure)
      }
      let rest = end(kind, of: failure, in: id, &script)
      script.settle(id, rest)
    }
    if kind == "unhandled" {
      script.say(.collected(id))
      script.say(.unhandled(id, script.lastFailure))
    }
  }

  /// What the errback does, if there is one.
  private static func end(
    _ kind: String, of failure: FailureID, in id: DeferredID, _ script: inout RecordScript
  ) -> Outcome {
    guard kind != "unhandled", kind != "alive" else { return .failure(failure) }
    var rest = Outcome.text("none")
    script.handler(id, 1, .errback, .failure(failure)) { script in
      switch kind {
      case "trapped":
        script.say(.trapAsked(failure, types: ["KeyError"], matched: "KeyError"))
        return .returned(ValueText("2"))
      case "became":
        let next = script.failure("OSError", "worse", from: failure)
        rest = .failure(next)
        return .raised(next)
      default: return .returned(ValueText("none"))
      }
    }
    return rest
  }
}
