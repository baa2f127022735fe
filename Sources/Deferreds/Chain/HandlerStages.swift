/// A stage with a callback that returns a plain value: the one most programs are made of.
@usableFromInline
final class CallbackStage<In, Out>: Stage {
  @usableFromInline let body: (In) throws -> Out

  @inlinable
  init(_ name: String, file: String, line: Int, _ body: @escaping (In) throws -> Out) {
    self.body = body
    super.init(name, file: file, line: line)
  }

  @inlinable
  override func run(_ input: Outcome) -> Outcome {
    switch input.admit(In.self) {
    case .value(let value):
      do { return .value(try body(value)) } catch { return .raised(Failure.of(error)) }
    case .failure(let failure): return .failure(failure)
    }
  }

  override func admitted(_ input: Outcome) -> Outcome { input.admitted(In.self) }
  override func name(of side: Side) -> String? { side == .callback ? name : nil }
}

/// A stage with a callback that returns a Deferred.
@usableFromInline
final class ChainingStage<In, Out>: Stage {
  @usableFromInline let body: (In) throws -> Deferred<Out>

  @inlinable
  init(_ name: String, file: String, line: Int, _ body: @escaping (In) throws -> Deferred<Out>) {
    self.body = body
    super.init(name, file: file, line: line)
  }

  @inlinable
  override func run(_ input: Outcome) -> Outcome {
    switch input.admit(In.self) {
    case .value(let value):
      do { return .chain(try body(value).chain) } catch { return .raised(Failure.of(error)) }
    case .failure(let failure): return .failure(failure)
    }
  }

  override func admitted(_ input: Outcome) -> Outcome { input.admitted(In.self) }
  override func name(of side: Side) -> String? { side == .callback ? name : nil }
}

/// A stage with an errback that returns a plain value.
@usableFromInline
final class ErrbackStage<Value>: Stage {
  @usableFromInline let body: (Failure) throws -> Value

  @inlinable
  init(_ name: String, file: String, line: Int, _ body: @escaping (Failure) throws -> Value) {
    self.body = body
    super.init(name, file: file, line: line)
  }

  @inlinable
  override func run(_ input: Outcome) -> Outcome {
    guard case .failure(let failure) = input else { return input }
    do { return .value(try body(failure)) } catch { return .raised(Failure.of(error, from: failure)) }
  }

  override func name(of side: Side) -> String? { side == .errback ? name : nil }
}

/// A stage with any mix of handlers, each of which may return a value, a Failure or a Deferred.
@usableFromInline
final class GeneralStage<In, Out>: Stage {
  @usableFromInline let callback: ((In) throws -> StageResult<Out>)?
  @usableFromInline let errback: ((Failure) throws -> StageResult<Out>)?
  @usableFromInline let errbackName: String
  @usableFromInline let stageKind: StageDescription.Kind

  @inlinable
  init(
    _ name: String, errbackName: String? = nil, file: String, line: Int,
    kind: StageDescription.Kind = .handlers, callback: ((In) throws -> StageResult<Out>)?,
    errback: ((Failure) throws -> StageResult<Out>)?
  ) {
    self.callback = callback
    self.errback = errback
    self.errbackName = errbackName ?? name
    stageKind = kind
    super.init(name, file: file, line: line)
  }

  @inlinable
  override func run(_ input: Outcome) -> Outcome {
    if callback == nil {
      guard case .failure = input else { return input }
    }
    switch input.admit(In.self) {
    case .value(let value):
      guard let callback else { return input }
      do { return try callback(value).outcome } catch { return .raised(Failure.of(error)) }
    case .failure(let failure):
      guard let errback else { return .failure(failure) }
      do { return try errback(failure).outcome } catch { return .raised(Failure.of(error, from: failure)) }
    }
  }

  override func admitted(_ input: Outcome) -> Outcome {
    callback == nil ? input : input.admitted(In.self)
  }
  override var kind: StageDescription.Kind { stageKind }
  override func name(of side: Side) -> String? {
    switch side {
    case .callback: callback == nil ? nil : name
    case .errback: errback == nil ? nil : errbackName
    }
  }
}

extension Outcome {
  /// The outcome as a handler for `In` meets it: a value it cannot take has become a Failure.
  func admitted<In>(_ type: In.Type) -> Outcome {
    switch admit(type) {
    case .value(let value): .value(value)
    case .failure(let failure): .failure(failure)
    }
  }
}
