/// One side of a stage, or a function called elsewhere (`later`, `maybe`, `run_locked`, a loop's tick).
package struct Handler: Sendable {
  /// What calls a handler, which also decides its default name.
  package enum Kind: String, Sendable {
    case callback, errback, both
    case onTimeout = "on_timeout"
    case later, maybe, run, tick
  }

  /// What a handler does when it is called.
  package indirect enum Body: Sendable {
    case steps(HandlerSteps)
    /// One handler a call, the last repeating. The counter numbers the place in the file, from 0 up to
    /// `Scenario.counters`: it goes on wherever the place is used again, through an alias too.
    case each([Handler], counter: Int)
  }

  package var kind: Kind
  /// The name that the file gives, or nil: see `name(at:)`.
  package var givenName: String?
  package var body: Body
  package var mark: Mark

  /// What the handler's box is called.
  ///
  /// - Parameter index: the index of its stage among all stages of that Deferred, late ones included; not
  ///   looked at for a handler that is no part of a chain.
  package func name(at index: Int) -> String {
    if let givenName { return givenName }
    switch kind {
    case .callback, .errback, .both, .onTimeout: return "\(kind.rawValue) \(index)"
    case .later, .maybe, .run, .tick: return kind.rawValue
    }
  }
}

/// A handler's keys, in the order in which they act.
package struct HandlerSteps: Sendable {
  /// The types of `trap`, or nil without one.
  package var trap: [Name]?
  package var log: Template?
  package var actions: [Action]
  package var outcome: Outcome
}

/// How a handler ends.
package enum Outcome: Sendable {
  /// Says nothing, so returns none, which ends a Failure silently.
  case returnsNone
  case returnValue(Literal)
  case raise(ErrorLiteral)
  case await(DeferredSource)
  /// Returns what came in, a Failure included.
  case pass
  case returnFailure(ErrorLiteral)
}

/// One entry of a `chain` or of `stages`.
package struct Stage: Sendable {
  package enum Kind: Sendable {
    case callback(Handler)
    case errback(Handler)
    case callbacks(callback: Handler, errback: Handler)
    case both(Handler)
    case timeout(Microseconds, onTimeout: Handler?)
    case chainTo(DeferredSource)
  }

  package var kind: Kind
  package var mark: Mark
}
