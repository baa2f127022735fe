/// A Deferred as a scenario describes it: under `deferreds`, or inline where one is awaited.
package struct DeferredDeclaration: Sendable {
  /// Its key under `deferreds`, or an inline Deferred's `as`; nil for an inline one without.
  package var name: String?
  package var origin: Origin
  package var canceller: Canceller?
  package var chain: [Stage]
  package var mark: Mark
}

/// What runs when an unfired Deferred is cancelled.
package struct Canceller: Sendable {
  package var actions: [Action]
  package var mark: Mark
}

/// Where a Deferred comes from.
package indirect enum Origin: Sendable {
  /// `Deferred(canceller)`
  case plain
  case succeed(Literal)
  case fail(ErrorLiteral)
  case later(Microseconds, Handler)
  case maybe(Handler)
  case list(
    [DeferredSource], fireOnOneCallback: Bool, fireOnOneErrback: Bool, consumeErrors: Bool)
  case gather([DeferredSource], consumeErrors: Bool)
  case race([DeferredSource])
  case script([Line])
  case async([Line])
}

/// A Deferred that is used: by name, or made on the spot, anew each time.
package indirect enum DeferredSource: Sendable {
  case named(Name)
  case inline(DeferredDeclaration)

  package var mark: Mark {
    switch self {
    case .named(let name): name.mark
    case .inline(let declaration): declaration.mark
    }
  }
}
