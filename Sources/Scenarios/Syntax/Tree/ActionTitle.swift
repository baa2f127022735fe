extension Action {
  /// The action in a word or two, as it is written: `fire poem`.
  package var title: String {
    switch kind {
    case .fire(let name, _): "fire \(name.text)"
    case .fail(let name, _): "fail \(name.text)"
    case .cancel(let name): "cancel \(name.text)"
    case .pause(let name): "pause \(name.text)"
    case .unpause(let name): "unpause \(name.text)"
    case .add(let name, _): "add to \(name.text)"
    case .chain(let name, let to): "chain \(name.text) to \(to.text)"
    case .start(let name, _): "start \(name.text)"
    case .stop(let name): "stop \(name.text)"
    case .reset(let name): "reset \(name.text)"
    case .pauseTask(let name): "pause \(name.text)"
    case .resumeTask(let name): "resume \(name.text)"
    case .whenDone(let name, _): "when \(name.text) is done"
    case .call(let name, _, _): "call \(name.text)"
    case .cancelCall(let name): "cancel \(name.text)"
    case .resetCall(let name, _): "reset \(name.text)"
    case .delayCall(let name, _): "delay \(name.text)"
    case .acquire(let name, _): "acquire \(name.text)"
    case .release(let name): "release \(name.text)"
    case .runLocked(let name, _, _): "run under \(name.text)"
    case .put(let name, _): "put into \(name.text)"
    case .get(let name, _): "get from \(name.text)"
    case .drop(let name): "drop \(name.text)"
    case .raise(let error): "raise \(error.type)"
    case .advance: "advance"
    case .log: "log"
    case .say: "say"
    }
  }
}
