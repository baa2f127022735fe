internal import Deferreds
internal import Traces

/// Whoever makes records of what is observed: what they say of values and Failures is the same for all.
protocol EventWriting: AnyObject {
  /// How values are written.
  var text: (Any) -> ValueText { get }
  var failures: FailureNumbers { get set }
  /// Adds a record; nil is none. `origin` is the line that did it, where the event tells.
  func append(_ event: Event?, origin: Deferreds.Place)
}

extension EventWriting {
  func number(_ failure: Failure) -> FailureID {
    // Nobody else's number may change meanwhile, nor may `failures` be open while a birth is written.
    var births: [(Event, Deferreds.Place)] = []
    let id = failures.number(failure) { births.append(($0, $1)) }
    for (event, origin) in births { append(event, origin: origin) }
    return id
  }

  func number(_ failure: Failure?) -> FailureID? {
    failure.map { number($0) }
  }

  func written(_ carried: Carried) -> Traces.Outcome {
    switch carried {
    case .value(let any): .value(text(any))
    case .failure(let failure): .failure(number(failure))
    case .deferred(let id): .deferred(id)
    }
  }

  func written(_ result: HandlerResult) -> HandlerEnd {
    switch result {
    case .returned(let any): .returned(text(any))
    case .returnedDeferred(let id): .returnedDeferred(id)
    case .returnedFailure(let failure): .returnedFailure(number(failure))
    case .raised(let failure): .raised(number(failure))
    }
  }

  func written(_ turn: Deferreds.SharedTurn) -> Traces.SharedTurn {
    switch turn {
    case .asked(let id): .asked(id)
    case .given(let id): .given(id)
    case .gaveUp(let id): .gaveUp(id)
    }
  }

  func written(_ side: Deferreds.Side) -> Traces.Side { side == .callback ? .callback : .errback }

  func written(_ kind: StageDescription.Kind) -> StageKind {
    switch kind {
    case .handlers: .handlers
    case .timeout(let time): .timeout(time)
    case .chainTo(let id): .chainTo(id)
    case .slot(let group, let index): .slot(group: group, index: index)
    case .resumes(let id): .resumes(id)
    case .library(let what): .library(what)
    }
  }
}
