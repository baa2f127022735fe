/// One line of a `script` or an `async`.
package struct Line: Sendable {
  package indirect enum Kind: Sendable {
    case await(DeferredSource, into: String?)
    /// `await: {value: V}`, only in a `script`: V comes straight back.
    case awaitValue(Literal, into: String?)
    case set(String, to: Literal)
    case sleep(Pause)
    case returnValue(Literal)
    case raise(ErrorLiteral)
    /// `raise: again`, only inside `except`.
    case raiseAgain
    case action(Action)
    case repeated(Int, lines: [Line])
    case forEach(String, in: [Literal], lines: [Line])
    case attempt(Attempt)
    /// `async with`, only in an `async`: a lock or a semaphore is held while the lines run.
    case holding(Name, lines: [Line])
  }

  /// How long a `sleep` takes; a template that turns out to be no number raises TypeError.
  package enum Pause: Sendable {
    case fixed(Microseconds)
    case computed(Template)
  }

  package var kind: Kind
  package var mark: Mark
}

/// `try`, `except` and `finally`.
package struct Attempt: Sendable {
  /// One key of `except`, with the types that it lists.
  package struct Clause: Sendable {
    package var types: [Name]
    package var lines: [Line]
    package var mark: Mark
  }

  package var lines: [Line]
  /// In file order, which is the order in which they are tried.
  package var clauses: [Clause]
  package var finally: [Line]?
}
