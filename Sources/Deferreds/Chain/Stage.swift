/// One callback/errback pair of a chain, or what the library puts in its place.
///
/// A stage is an object, not a closure, so that a tool can look at a chain that waits: what each side
/// is called, where it was added. Stages form a list of their own: adding one costs one allocation.
@usableFromInline
class Stage {
  @exclusivity(unchecked) @usableFromInline final var next: Stage?
  @usableFromInline final let name: String
  @usableFromInline final let file: String
  @usableFromInline final let line: Int
  /// Counted from 0 over the whole life of the chain.
  @exclusivity(unchecked) final var index = 0

  @inlinable
  init(_ name: String, file: String, line: Int) {
    self.name = name
    self.file = file
    self.line = line
  }

  /// Gives back what `input` becomes. Runs user code: no access to a chain may be open.
  @usableFromInline func run(_ input: Outcome) -> Outcome { input }

  /// What a handler of this stage would see: `input`, or a Failure in place of a value it cannot take.
  @usableFromInline func admitted(_ input: Outcome) -> Outcome { input }

  /// Whether this is a ``ResumeStage``: asked once a stage, so it is not a dynamic cast.
  var isResume: Bool { false }
  /// The stage as one that ties its chain to another.
  var link: LinkStage? { nil }

  /// Whether this is a ``HandlerStage``.
  var isOfTheProgram: Bool { false }

  /// Whether a handler that exists leaves `input` as it is this time.
  func passes(_ input: Outcome) -> Bool { false }

  /// Is told when the chain on which this stage stands was replaced by its heir.
  func stands(on chain: Chain) {}

  func handles(_ side: Side) -> Bool { name(of: side) != nil }
  func name(of side: Side) -> String? { name }
  var kind: StageDescription.Kind { .handlers }

  final var description: StageDescription {
    StageDescription(
      kind: kind, callback: name(of: .callback), errback: name(of: .errback),
      place: Place(file: file, line: line))
  }
}

/// What a handler of an untyped world gives back.
public enum StageResult<New> {
  /// Goes on along the callback line.
  case value(New)
  /// A Failure that is returned, not raised: goes on along the errback line.
  case failure(Failure)
  /// The chain waits for this Deferred, or takes the result it has.
  case wait(Deferred<New>)

  @inlinable
  var outcome: Outcome {
    switch self {
    case .value(let value): .of(value)
    case .failure(let failure): .failure(failure)
    case .wait(let deferred): .chain(deferred.chain)
    }
  }
}
