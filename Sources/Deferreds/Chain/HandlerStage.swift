/// A stage with handlers of the program.
///
/// The class is not generic on purpose: methods of generic classes are called through tables that only
/// know the general form, which looks types up again and again. A closure that is made where the
/// types are known is compiled for them.
@usableFromInline
final class HandlerStage: Stage {
  /// For which lines it has a handler.
  @usableFromInline
  struct Sides: OptionSet {
    @usableFromInline let rawValue: UInt8
    @inlinable init(rawValue: UInt8) { self.rawValue = rawValue }
    @inlinable static var callback: Sides { Sides(rawValue: 1) }
    @inlinable static var errback: Sides { Sides(rawValue: 2) }
    @inlinable static var both: Sides { Sides(rawValue: 3) }
  }

  @usableFromInline
  struct Handlers {
    @usableFromInline let body: (Outcome) -> Outcome
    @usableFromInline let errbackName: String
    /// What its callback takes.
    @usableFromInline let inputType: Any.Type
    @usableFromInline let sides: Sides

    @inlinable
    init(
      _ body: @escaping (Outcome) -> Outcome, errbackName: String, taking type: Any.Type, sides: Sides
    ) {
      self.body = body
      self.errbackName = errbackName
      inputType = type
      self.sides = sides
    }
  }

  /// One property on purpose: where an object has several to free, the compiler counts references to it meanwhile.
  @usableFromInline let handlers: Handlers
  private var sides: Sides { handlers.sides }

  /// - Parameter body: is not called with a Failure unless there is an errback, nor with anything else
  ///   unless there is a callback.
  @inlinable
  init(
    _ name: String, errbackName: String, _ sides: Sides, taking type: Any.Type, file: String, line: Int,
    _ body: @escaping (Outcome) -> Outcome
  ) {
    handlers = Handlers(body, errbackName: errbackName, taking: type, sides: sides)
    super.init(name, file: file, line: line)
  }

  override var isOfTheProgram: Bool { true }

  override func run(_ input: Outcome) -> Outcome {
    if case .failure = input {
      return sides.contains(.errback) ? handlers.body(input) : input
    }
    return sides.contains(.callback) ? handlers.body(input) : input
  }

  /// Whether it has a callback for just this type.
  @inline(__always)
  func takes(_ bits: Bits) -> Bool {
    sides.contains(.callback) && bits.type == handlers.inputType
  }

  override func handles(_ side: Side) -> Bool { sides.contains(side == .callback ? .callback : .errback) }

  override func admitted(_ input: Outcome) -> Outcome {
    guard sides.contains(.callback) else { return input }
    // What nearly always comes: a look at the types would cost more than the handler.
    if case .bits(let bits) = input, takes(bits) { return input }
    func open<In>(_ type: In.Type) -> Outcome {
      switch input.admit(type) {
      case .value: input.side == .callback && !input.isEmpty ? input : .of(Moved())
      case .failure(let failure): .failure(failure)
      }
    }
    return _openExistential(handlers.inputType, do: open)
  }

  override func name(of side: Side) -> String? {
    switch side {
    case .callback: sides.contains(.callback) ? name : nil
    case .errback: sides.contains(.errback) ? handlers.errbackName : nil
    }
  }
}

extension Outcome {
  var isEmpty: Bool {
    switch self {
    case .value, .bits: false
    default: true
    }
  }

  /// What becomes of this outcome when `callback` is there for values and `errback` for Failures.
  @inlinable
  func handled<In>(
    _ callback: (In) throws -> Outcome, _ errback: (Failure) throws -> Outcome
  ) -> Outcome {
    switch admit(In.self) {
    case .value(let value):
      do { return try callback(value) } catch { return .raised(Failure.of(error)) }
    case .failure(let failure):
      do { return try errback(failure) } catch { return .raised(Failure.of(error, from: failure)) }
    }
  }

  /// What becomes of a value; a Failure, also one that stands for a value of the wrong type, passes.
  @inlinable
  func called<In>(_ callback: (In) throws -> Outcome) -> Outcome {
    switch admit(In.self) {
    case .value(let value):
      do { return try callback(value) } catch { return .raised(Failure.of(error)) }
    case .failure(let failure): return .failure(failure)
    }
  }

  /// What becomes of a Failure; anything else passes.
  @inlinable
  func caught(_ errback: (Failure) throws -> Outcome) -> Outcome {
    guard case .failure(let failure) = self else { return self }
    do { return try errback(failure) } catch { return .raised(Failure.of(error, from: failure)) }
  }
}

extension Deferred {
  @inlinable
  func adding<New>(
    _ sides: HandlerStage.Sides, _ name: String, _ errbackName: String, _ file: String, _ line: Int,
    _ body: @escaping (Outcome) -> Outcome
  ) -> Deferred<New> {
    chain.append(
      HandlerStage(
        name, errbackName: errbackName, sides, taking: Value.self, file: file, line: line, body))
    return Deferred<New>(chain: chain)
  }
}
