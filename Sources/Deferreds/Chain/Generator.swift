/// Code that stops in the middle, gives a Deferred, and goes on with its result.
///
/// Twisted: a generator under `defer.inlineCallbacks`, a coroutine under `Deferred.fromCoroutine`. Swift's
/// own `async` functions need none of it (see ``Deferred/init(named:isolation:_:)``): this is for
/// interpreters, and for state machines written by hand.
public protocol GeneratorBody<Awaited, Output> {
  /// What it is given for what it waits for.
  associatedtype Awaited
  /// What it ends with.
  associatedtype Output

  /// Goes on from where it stopped.
  ///
  /// - Parameter sent: nil at the beginning; then the result of what the last step waited for, or the
  ///   plain value it gave.
  /// - Throws: what the code does not catch: it is over.
  mutating func resume(_ sent: Result<Awaited, Failure>?) throws -> GeneratorStep<Awaited, Output>
}

/// What generator code stops with.
public enum GeneratorStep<Awaited, Output> {
  /// Goes on with the chain's result.
  case wait(Deferred<Awaited>)
  /// Goes on at once with this very value.
  case plain(Awaited)
  /// It came to its end.
  case finished(Output)
}

/// How awaiting leaves a chain.
public enum GeneratorKind: Sendable {
  /// `inlineCallbacks`: the result is taken, the chain is left empty.
  case inline
  /// `fromCoroutine`: the result of a chain that has fired already stays where it is.
  case coroutine
}

extension Deferred {
  /// Runs generator code until it waits, and returns a chain that fires with its end.
  ///
  /// Cancelling the chain cancels what the code waits for, and then waits for what the code makes of
  /// it: it may catch the ``CancelledError``, go on, and fire later with its own value.
  ///
  /// - Parameters:
  ///   - kind: whether the result of a chain that is awaited is taken from it, or stays where it is.
  ///   - name: what tools call the code.
  ///   - body: the code; is given the results it asked for, one after the other.
  /// - Complexity: waiting for chains that have fired takes no stack.
  public static func generator<Body: GeneratorBody>(
    _ kind: GeneratorKind = .inline, named name: String = "generator", _ body: Body
  ) -> Deferred where Body.Output == Value {
    driving(kind, named: name, body) { $0.result(as: Body.Awaited.self) }
  }

  /// - Parameter receive: is given what comes from a chain that the code waited for.
  static func driving<Body: GeneratorBody>(
    _ kind: GeneratorKind, named name: String, _ body: Body,
    receive: @escaping (Outcome) -> Result<Body.Awaited, Failure>
  ) -> Deferred where Body.Output == Value {
    let origin: ChainOrigin = kind == .inline ? .generator : .coroutine
    let driver = GeneratorDriver<Body>(kind, named: name, body, receive)
    let deferred = Deferred(origin: origin) { try driver.cancel($0.chain) }
    let chain = deferred.chain
    chain.members = Members(count: 1)
    driver.target = chain
    driver.outer = chain.tag
    driver.tell { .generatorBegan($0, name: name) }
    try? driver.resume(with: nil)
    return deferred
  }
}

/// Twisted: `defer._inlineCallbacks` and the functions around it.
private final class GeneratorDriver<Body: GeneratorBody> {
  private let kind: GeneratorKind
  private let name: String
  private var body: Body
  private let receive: (Outcome) -> Result<Body.Awaited, Failure>
  /// The chain that fires at the end: the one the program holds, or after a cancel one that nobody names.
  ///
  /// It owns this driver by its canceller, and what we wait for owns it, so it lives while we can go on.
  unowned(unsafe) var target: Chain?
  /// The same chain after a cancel, while nothing that we wait for owns it.
  private var ownedTarget: Chain?
  /// What a watcher knows the program's chain by.
  var outer: ChainTag?
  private var isRunning = false
  private var hasWaited = false
  /// How often in a row it looked at a chain that was paused in mid-run.
  private var looks = 0

  init(
    _ kind: GeneratorKind, named name: String, _ body: Body,
    _ receive: @escaping (Outcome) -> Result<Body.Awaited, Failure>
  ) {
    self.kind = kind
    self.name = name
    self.body = body
    self.receive = receive
  }

  func tell(_ event: (ChainID) -> ChainEvent) {
    if let outer { outer.observe(event(outer.id)) }
  }

  /// Goes on until the code waits for a chain that has no result yet, or is over.
  ///
  /// - Throws: ``AlreadyCalledError`` if somebody else fired the chain that fires at the end.
  func resume(with first: Result<Body.Awaited, Failure>?) throws {
    var sent = first
    while true {
      if let sent { tell { .generatorResumed($0, sent.carried) } }
      let step: GeneratorStep<Body.Awaited, Body.Output>
      do { step = try body.resume(sent) } catch {
        var cause: Failure?
        if case .failure(let failure)? = sent { cause = failure }
        return try end(.failure(Failure.of(error, from: cause)))
      }
      switch step {
      case .finished(let value): return try end(.of(value))
      case .plain(let value):
        tell { .generatorYielded($0, on: nil) }
        sent = .success(value)
      case .wait(let deferred):
        tell { .generatorYielded($0, on: outer?.id(of: deferred.chain)) }
        guard let result = wait(for: deferred.chain) else { return }
        sent = result
      }
    }
  }

  private func end(_ outcome: Outcome) throws {
    tell { id in
      switch outcome {
      case .failure(let failure): .generatorEnded(id, .raised(failure))
      default: .generatorEnded(id, .returned(outcome.any ?? Moved()))
      }
    }
    guard let target else { return }
    defer { ownedTarget = nil }
    target.members = nil
    try target.fire(outcome)
  }

  /// Returns the result of a chain if it has one to give; otherwise goes on when it has.
  private func wait(for chain: Chain) -> Result<Body.Awaited, Failure>? {
    if kind == .coroutine, chain.isCalled, chain.pauses == 0 { return read(chain) }
    guard let target else { return nil }
    var isHere = true
    var result: Result<Body.Awaited, Failure>?
    let previous = target.members?.done[0]
    target.members?.done[0] = nil
    let slot = StageDescription.Kind.library(kind == .inline ? "inlineCallbacks" : "coroutine")
    chain.append(
      SlotStage(slot, name, outer: target, inner: chain, slot: 0) { input, outer, inner in
        self.target = outer
        let sent = self.receive(input)
        if isHere {
          result = sent
        } else if self.kind == .coroutine, inner.pauses != 0, case .success = sent {
          try self.lookAgain(at: inner)
        } else {
          self.looks = 0
          try Nesting.enter {
            // What we waited for owns it no longer.
            try withExtendedLifetime(outer) { try self.resume(with: sent) }
          } onError: {
            outer.tellCancellerError(Failure.of($0))
          }
        }
        return .empty
      })
    isHere = false
    if result == nil {
      hasWaited = true
      ownedTarget = nil
    } else {
      target.members?.done[0] = previous ?? nil
    }
    return result
  }

  /// Twisted looks again, finds the chain paused in mid-run, and waits for it once more. Where nothing takes
  /// the pause back it does so for ever; here the coroutine is told.
  private func lookAgain(at inner: Chain) throws {
    looks += 1
    guard looks > Self.mostLooks else {
      _ = wait(for: inner)
      return
    }
    looks = 0
    try resume(with: .failure(Failure(CircularWaitError(circle: [inner.displayName, inner.displayName]))))
  }

  private static var mostLooks: Int { 1000 }

  /// Reads a chain that has fired and leaves it as it is; its Failure counts as handled.
  private func read(_ chain: Chain) -> Result<Body.Awaited, Failure> {
    chain.countAsHandled()
    let outcome = chain.resultInPlace
    if let tag = chain.tag {
      tag.observe(.read(tag.id, tag.carried(outcome, in: chain), leavesEmpty: false))
    }
    return receive(outcome)
  }

  /// Twisted: `_addCancelCallbackToDeferred` and `_handleCancelInlineCallbacks`.
  func cancel(_ chain: Chain) throws {
    target = chain
    chain.prepend(
      LibraryStage(.library("cancel"), "cancel", on: [.errback]) { [self] input in
        let awaited = target?.members?[0]
        let replacement = Deferred<Body.Output>(origin: .other) { try self.cancel($0.chain) }
        move(to: replacement.chain)
        guard hasWaited, let awaited else { throw AssertionError() }
        try awaited.cancel()
        return .chain(replacement.chain)
      })
    try chain.fire(.failure(Failure(InternalCancelledError())))
  }

  /// Lets the end of the code fire another chain.
  private func move(to chain: Chain) {
    let members = target?.members
    target?.members = nil
    chain.members = members ?? Members(count: 1)
    if let stage = chain.members?.pending[0]?.takeUnretainedValue() {
      stage.outer = chain
      stage.owned = chain
    } else {
      // We run right now, or have run already: nothing is waited for that could own it.
      ownedTarget = chain
    }
    target = chain
  }
}

/// What runs through a generator's chain while it is being cancelled.
private struct InternalCancelledError: NamedError {
  var typeName: String { "_InternalInlineCallbacksCancelledError" }
}

extension Outcome {
  func result<Value>(as type: Value.Type) -> Result<Value, Failure> {
    switch admit(type) {
    case .value(let value): .success(value)
    case .failure(let failure): .failure(failure)
    }
  }
}

extension Result where Failure == Deferreds.Failure {
  var carried: Carried {
    switch self {
    case .success(let value): .value(value)
    case .failure(let failure): .failure(failure)
    }
  }
}
