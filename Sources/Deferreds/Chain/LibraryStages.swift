/// A stage of the library itself, which sees results of any type.
final class LibraryStage: Stage {
  private let stageKind: StageDescription.Kind
  private let body: (Outcome) throws -> Outcome

  /// - Parameter body: is given a value, an empty result or a Failure, and may give back any of these,
  ///   or a chain to wait for.
  init(_ kind: StageDescription.Kind, _ name: String, _ body: @escaping (Outcome) throws -> Outcome) {
    stageKind = kind
    self.body = body
    super.init(name, file: "", line: 0)
  }

  override func run(_ input: Outcome) -> Outcome {
    do { return try body(input) } catch {
      if case .failure(let failure) = input { return .raised(Failure.of(error, from: failure)) }
      return .raised(Failure.of(error))
    }
  }

  override var kind: StageDescription.Kind { stageKind }
}

/// Where a chain stops to give its result to another, which waits for it.
@usableFromInline
final class ResumeStage: Stage {
  /// The chain that waits, kept alive from here unless it owns the chain it waits for.
  @exclusivity(unchecked) var owned: Chain?
  /// The chain that waits; nil once it is gone.
  @exclusivity(unchecked) unowned(unsafe) var outer: Chain?
  /// The chain in whose list this stage stands; nil once that is gone.
  @exclusivity(unchecked) unowned(unsafe) var inner: Chain?

  init(outer: Chain, inner: Chain, owning: Bool) {
    self.outer = outer
    self.inner = inner
    owned = owning ? outer : nil
    super.init("resume", file: "", line: 0)
  }

  override var resume: ResumeStage? { self }
  override var kind: StageDescription.Kind { .resumes(outer?.tag?.id ?? -1) }
  override func name(of side: Side) -> String? { nil }
}
