/// Something a timeline entry, a handler, a canceller or a script does.
package struct Action: Sendable {
  package indirect enum Kind: Sendable {
    case fire(Name, with: Payload)
    case fail(Name, with: ErrorLiteral)
    case cancel(Name)
    case pause(Name)
    case unpause(Name)
    case add(Name, stages: [Stage])
    case chain(Name, to: Name)
    /// A loop (`every` then replaces its own, and may be negative, which raises), a task or a cooperator.
    case start(Name, every: Microseconds?)
    case stop(Name)
    case reset(Name)
    case pauseTask(Name)
    case resumeTask(Name)
    case whenDone(Name, result: NewDeferred)
    case call(Name, after: Microseconds, actions: [Action])
    case cancelCall(Name)
    case resetCall(Name, after: Microseconds)
    /// `by` may be negative: then it is due earlier.
    case delayCall(Name, by: Microseconds)
    case acquire(Name, result: NewDeferred)
    case release(Name)
    case runLocked(Name, Handler, result: NewDeferred)
    case put(Name, value: Literal)
    case get(Name, result: NewDeferred)
    case drop(Name)
    case raise(ErrorLiteral)
    case advance(Microseconds)
    case log(Template)
    case say(Template)
  }

  /// What `fire` hands over.
  package enum Payload: Sendable {
    case value(Literal)
    /// `with: {failure: E}`: a Failure object as the value.
    case failure(ErrorLiteral)
    /// `with: {deferred: D}`: a Deferred object as the value.
    case deferred(Name)
  }

  /// The name and the stages of a Deferred that an action gets back.
  package struct NewDeferred: Sendable {
    package var name: String?
    package var stages: [Stage]
  }

  package var kind: Kind
  package var mark: Mark
}

/// One entry of `timeline`.
package struct TimelineEntry: Sendable {
  /// Its number among all entries, from 0: it is called `timeline N`.
  package var index: Int
  /// When it runs; nil for there and then, at set-up.
  package var at: Microseconds?
  package var actions: [Action]
  package var mark: Mark
}
