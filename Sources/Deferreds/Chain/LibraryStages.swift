/// A stage of the library itself, which sees results of any type.
final class LibraryStage: Stage {
  private let stageKind: StageDescription.Kind
  private let sides: [Side]
  private let body: (Outcome) throws -> Outcome

  /// - Parameters:
  ///   - sides: for which of the two lines there is a handler; the other passes through.
  ///   - body: is given a value, an empty result or a Failure, and may give back any of these, or a
  ///     chain to wait for.
  init(
    _ kind: StageDescription.Kind, _ name: String, on sides: [Side] = [.callback, .errback],
    _ body: @escaping (Outcome) throws -> Outcome
  ) {
    stageKind = kind
    self.sides = sides
    self.body = body
    super.init(name, file: "", line: 0)
  }

  override func run(_ input: Outcome) -> Outcome {
    guard sides.contains(input.side) else { return input }
    do { return try body(input) } catch {
      if case .failure(let failure) = input { return .raised(Failure.of(error, from: failure)) }
      return .raised(Failure.of(error))
    }
  }

  override var kind: StageDescription.Kind { stageKind }
  override func name(of side: Side) -> String? { sides.contains(side) ? name : nil }
}

/// A stage that ties the chain it stands on, `inner`, to one that needs its result, `outer`.
class LinkStage: Stage {
  /// The outer chain, kept alive from here unless it owns the inner one.
  @exclusivity(unchecked) final var owned: Chain?
  /// The outer chain; nil once it is gone.
  @exclusivity(unchecked) final unowned(unsafe) var outer: Chain?
  /// The chain in whose list this stage stands; nil once that is gone, or has come to this stage.
  @exclusivity(unchecked) final unowned(unsafe) var inner: Chain?

  init(_ name: String, outer: Chain, inner: Chain, owning: Bool = true) {
    self.outer = outer
    self.inner = inner
    owned = owning ? outer : nil
    super.init(name, file: "", line: 0)
    inner.waiters += 1
  }

  override var link: LinkStage? { self }

  /// Whether the outer chain still needs what comes from the inner one.
  var isNeeded: Bool { true }

  /// Undoes the tie, because the inner chain has come here or is gone; returns the two chains.
  final func untie() -> (outer: Chain?, inner: Chain?) {
    let ends = (outer: outer, inner: inner)
    ends.inner?.waiters -= 1
    if let inner = ends.inner, let outer = ends.outer, !outer.heirs.isEmpty {
      outer.heirs.removeAll { $0 === inner }
    }
    inner = nil
    outer = nil
    owned = nil
    return ends
  }
}

/// Where a chain stops to give its result to another, which waits for it.
final class ResumeStage: LinkStage {
  /// The stage that would have resumed the same chain before, had an unpause not ended that wait.
  @exclusivity(unchecked) final unowned(unsafe) var earlier: ResumeStage?

  override var isResume: Bool { true }
  override var kind: StageDescription.Kind { .resumes(outer?.tag?.id ?? -1) }
  override func name(of side: Side) -> String? { nil }
}

/// Where a chain tells its result to a group, or to a generator that waits for it.
final class SlotStage: LinkStage {
  private let stageKind: StageDescription.Kind
  private let slot: Int
  private let body: Body

  /// Is given the two chains as well: either may have been replaced by its heir since.
  typealias Body = (Outcome, _ outer: Chain, _ inner: Chain) throws -> Outcome

  init(
    _ kind: StageDescription.Kind, _ name: String, outer: Chain, inner: Chain, slot: Int,
    _ body: @escaping Body
  ) {
    stageKind = kind
    self.slot = slot
    self.body = body
    super.init(name, outer: outer, inner: inner)
    outer.members?.pending[slot] = Unmanaged.passUnretained(self)
  }

  deinit { outer?.members?.pending[slot] = nil }

  override func run(_ input: Outcome) -> Outcome {
    let members = outer?.members
    members?.pending[slot] = nil
    let (outer, inner) = untie()
    guard let outer, let inner else { return input }
    members?.done[slot] = inner
    do { return try body(input, outer, inner) } catch {
      if case .failure(let failure) = input { return .raised(Failure.of(error, from: failure)) }
      return .raised(Failure.of(error))
    }
  }

  override var isNeeded: Bool { outer?.isCalled == false }
  override var kind: StageDescription.Kind { stageKind }
}

/// The chains whose results a group, or a generator, needs.
///
/// A member owns the group while it has a result to bring; afterwards the group owns the member.
final class Members {
  /// The stages that stand on members that have not come to them yet.
  var pending: [Unmanaged<SlotStage>?]
  var done: [Chain?]

  init(count: Int) {
    pending = Array(repeating: nil, count: count)
    done = Array(repeating: nil, count: count)
  }

  subscript(index: Int) -> Chain? {
    if let chain = done[index] { return chain }
    return pending[index]?._withUnsafeGuaranteedRef { $0.inner }
  }

  /// The group is gone: its members have nobody to tell any more.
  func release() {
    for stage in pending { stage?._withUnsafeGuaranteedRef { $0.outer = nil } }
  }
}
